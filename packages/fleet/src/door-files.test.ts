import { describe, expect, it } from '@jest/globals';
import type { Problem } from '@pabal/message';
import { judgeFiles, withoutFiles } from './door-files.js';
import { testEntry, testFile } from './testing/entries.js';

const files = [testFile('a', 10), testFile('b', 900)];
const admitted = testEntry({ channel: 'mms', files }).admitted;
const problem: Problem = { field: 'files.1', rule: 'too-large', message: 'files.1 is too large' };
const limits: Record<string, number> = { alpha: 500, beta: 1_000 };
const rules = (allowed = limits) => ({
  gatewayProblems: (gateway: string, _message: unknown, given: readonly { bytes: Uint8Array }[] = []) =>
    given.some(({ bytes }) => bytes.length > (allowed[gateway] ?? 0)) ? [problem] : [],
});

describe('the door, once the files are there', () => {
  it('leaves out the gateways that do not take them, also as a second choice', () => {
    expect(judgeFiles(admitted, files, rules())).toMatchObject({
      kind: 'admitted',
      gateways: ['beta'],
      alternatives: ['beta'],
    });
  });

  it('refuses what no gateway takes, with every reason', () => {
    expect(judgeFiles(admitted, files, rules({ alpha: 1, beta: 1 }))).toEqual({
      kind: 'refused',
      id: 'm',
      payloadHash: 'hash',
      step: 0,
      enqueuedAt: 0,
      meta: '',
      reason: 'invalid-message',
      problems: [problem, problem],
    });
  });

  it('names each file that is not stored by its place', () => {
    const refused = withoutFiles(admitted, [1]);
    expect(refused).toMatchObject({
      reason: 'file-error',
      problems: [{ field: 'files.1', rule: 'unknown-file' }],
    });
  });

  it('lets the next step follow where files are gone, and where a later step is not taken', () => {
    const next = {
      step: 1,
      channel: 'sms',
      onUnknown: 'stop',
      job: 'send-default-sms:m1-m',
      payload: '{}',
    } as const;
    const first = { ...admitted, next };
    expect(withoutFiles(first, [0])).toMatchObject({ step: 0, next });
    // Its own mistake, which the door would have told before had the files been there.
    expect(judgeFiles(first, files, rules({ alpha: 1, beta: 1 }))).not.toHaveProperty('next');
    const later = { ...admitted, step: 1, next: { ...next, step: 2 } };
    expect(judgeFiles(later, files, rules({ alpha: 1, beta: 1 }))).toMatchObject({
      step: 1,
      next: { step: 2 },
    });
  });
});
