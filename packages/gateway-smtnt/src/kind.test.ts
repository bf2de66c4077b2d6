import { describe, expect, it } from '@jest/globals';
import { FieldError } from '@pabal/wire';
import { createSmtntKind } from './kind.js';
import { codecOf, prepareSubmit, sessionPolicy } from './line.js';
import { config } from './testing/config.js';
import { message } from './testing/message.js';
import { takeFrames } from './testing/wire.js';

const kind = createSmtntKind();

describe('the gateway kind', () => {
  it('has one agent for each account', () => {
    const accounts = [
      { bindId: 'a', password: '1' },
      { bindId: 'b', password: '2' },
    ];
    const two = config({ bindId: undefined, password: undefined, accounts });
    expect(kind.agents('smtnt', two)).toEqual([
      { gateway: 'smtnt', account: 'a', agent: 'a' },
      { gateway: 'smtnt', account: 'b', agent: 'b' },
    ]);
  });

  it('carries SMS and LMS, with reports on the same line', () => {
    expect(kind.channels(config())).toEqual(['sms', 'lms']);
    expect(kind.reportsOn).toBe('sendLine');
    expect(kind.openReportLine).toBeUndefined();
  });

  it('waits 72 h for a report until a login says otherwise, or as long as it is told', () => {
    expect(kind.reportDeadlineMs(config(), 'sms')).toBe(72 * 3_600_000);
    expect(kind.reportDeadlineMs(config({ reportDeadline: '2h' }), 'sms')).toBe(2 * 3_600_000);
    const bySms = config({ reportDeadline: { sms: '3h' } });
    expect([kind.reportDeadlineMs(bySms, 'sms'), kind.reportDeadlineMs(bySms, 'lms')]).toEqual([
      3 * 3_600_000,
      72 * 3_600_000,
    ]);
  });

  it('finds no problem with a good message', () => {
    expect(kind.problems(message({}), config())).toEqual([]);
  });

  it('tells what the message breaks, and what only its fields on the wire break', () => {
    expect(kind.problems(message({ text: 'a'.repeat(91) }), config())).toMatchObject([
      { field: 'text', rule: 'too-long', limit: 90, actual: 91 },
    ]);
    expect(kind.problems(message({ userData: 'a\ud83d' }), config())).toMatchObject([
      { field: 'userData', rule: 'unmappable' },
    ]);
  });

  it('prepares exactly what it finds no problem with', () => {
    const codec = codecOf(config());
    const { bytes, frame, ...rest } = prepareSubmit(config(), codec, message({}), '12345678901234567890');
    expect(rest).toEqual({ channel: 'sms', wireId: '12345678901234567890', recipient: '01012345678' });
    expect(bytes).toBe(frame.length);
    expect(takeFrames(Buffer.from(frame)).frames).toMatchObject([
      { method: 'MsgSendReq', body: { UserMsgId: '12345678901234567890', ResellerCode: '' } },
    ]);
    expect(() => prepareSubmit(config(), codec, message({ text: 'a'.repeat(91) }), '1')).toThrow(FieldError);
    expect(() => prepareSubmit(config(), codec, message({ text: 'a'.repeat(91) }), '1')).toThrow(
      'text: too-long allows 90, found 91',
    );
  });

  it('pings and gives up before the 30 s of silence that the server allows', () => {
    const { keepAlive, backoff } = sessionPolicy(config());
    expect(keepAlive.afterMs + keepAlive.answerMs).toBeLessThan(30_000);
    expect([backoff.refused.minMs, backoff.keepAliveLostMs]).toEqual([30_200, 30_200]);
  });
});
