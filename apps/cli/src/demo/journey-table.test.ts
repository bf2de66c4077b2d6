import { describe, expect, it } from '@jest/globals';
import { displayWidth } from '../table.js';
import { journeyTable } from './journey-table.js';
import { delivered, demoMessage, journey, submit } from './testing/journeys.js';

const FAILED = {
  ...delivered('b', 'smtnt', 'x'),
  status: 'failed',
  reason: { code: 'invalid-message', message: { ko: '', en: '' } },
  problems: [{ field: 'text', rule: 'too-long', message: 'text must be at most 90 bytes, it has 92' }],
} as const;

describe('the table of journeys', () => {
  it('shows one line a message: number masked, digits hidden, codes and times of both answers', () => {
    const message = demoMessage('a', { urgent: true, text: '인증번호 123456' });
    const submits = [submit('smtnt', 'wire-a', { type: '4' })];
    expect(journeyTable([journey('a', { message, submits })], 150)).toEqual([
      'id  channel  to           message          gateway  type  ack      report    result',
      'a   sms !    010****1234  인증번호 ******  smtnt    4     0, 2 ms  0, 1.5 s  delivered (SKT)',
    ]);
  });

  it('shows a message that never reached a gateway, with the rule that it breaks', () => {
    const [, row] = journeyTable([journey('b', { submits: [], results: [FAILED] })], 150);
    expect(row).toMatch(/ - +- +- +- +failed invalid-message: text must be at most 90 bytes, it has 92$/);
  });

  it('says that a message was offered elsewhere before, how often, and what was refused', () => {
    const refused = submit('hellovision', '1', {
      verdict: 'refused',
      code: '29',
      reportedAt: 0,
      ackedAt: 1_000.2,
    });
    const [, row] = journeyTable(
      [journey('a', { submits: [submit('smtnt', '0', { at: 1 }), refused, refused] })],
      150,
    );
    expect(row).toContain('→ hellovision  SMS   refused 29 × 2  -');
  });

  it('cries out where there is not exactly one result', () => {
    const result = delivered('a', 'smtnt', '1');
    const [, none, two] = journeyTable(
      [journey('a', { results: [] }), journey('a', { results: [result, result] })],
      150,
    );
    expect(none).toMatch(/ 0 RESULTS$/);
    expect(two).toMatch(/ 2 RESULTS$/);
  });

  it('cuts texts so that usual lines fit the terminal', () => {
    const message = demoMessage('a', { text: '가나다라마바사아자차카타파하'.repeat(4) });
    const lines = journeyTable([journey('a', { message }), journey('b', { results: [FAILED] })], 110);
    expect(displayWidth(lines[1] ?? '')).toBeLessThanOrEqual(110);
  });
});
