import { describe, expect, it } from '@jest/globals';
import type { Staged } from '@pabal/session';
import { FieldError } from '@pabal/wire';
import { codecsOf } from './codecs.js';
import { createSmtntKind } from './kind.js';
import { prepareSubmit, sessionPolicy } from './line.js';
import { config, IV } from './testing/config.js';
import { message } from './testing/message.js';
import { takeFrames } from './testing/wire.js';
import { StagedUploads } from './uploads.js';

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

  it('carries every channel, with reports on the same line', () => {
    expect(kind.channels(config())).toEqual(['sms', 'lms', 'mms', 'alimtalk', 'friendtalk', 'rcs']);
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
    const codecs = codecsOf(config());
    const {
      bytes,
      frame = new Uint8Array(),
      packet,
      ...rest
    } = prepareSubmit(config(), codecs, message({}), '12345678901234567890');
    expect(packet.method).toBe('MsgSendReq');
    expect(rest).toEqual({ channel: 'sms', wireId: '12345678901234567890', recipient: '01012345678' });
    expect(bytes).toBe(frame.length);
    expect(takeFrames(Buffer.from(frame)).frames).toMatchObject([
      { method: 'MsgSendReq', body: { UserMsgId: '12345678901234567890', ResellerCode: '' } },
    ]);
    expect(() => prepareSubmit(config(), codecs, message({ text: 'a'.repeat(91) }), '1')).toThrow(FieldError);
    expect(() => prepareSubmit(config(), codecs, message({ text: 'a'.repeat(91) }), '1')).toThrow(
      'text: too-long allows 90, found 91',
    );
  });

  it('judges the files of a message where they are given', () => {
    const mms = message({ channel: 'mms', files: ['f1'] });
    const file = { id: 'f1', bytes: new Uint8Array(10), width: 1025, height: 768 };
    expect(kind.problems(mms, config())).toEqual([]);
    expect(kind.problems(mms, config(), [file])).toMatchObject([
      { field: 'files.0', rule: 'image-size', limit: '1024x768', actual: '1025x768' },
    ]);
  });

  it('prepares no message whose files nobody brought to the server', () => {
    const mms = message({ channel: 'mms', files: ['f1'] });
    const file = { id: 'f1', bytes: new Uint8Array(10), width: 1, height: 1 };
    const prepare = (staged?: Staged) =>
      prepareSubmit(config(), codecsOf(config()), mms, '1', { files: [file], ...(staged && { staged }) });
    expect(() => prepare()).toThrow('not staged on this line');
    expect(() => prepare({ fresh: () => true })).toThrow('not staged on this line');
    expect(() => prepare(new StagedUploads([], () => true))).toThrow('not staged on this line');
    expect(prepare(new StagedUploads(['a.jpg'], () => true)).packet.body).toMatchObject({
      FileCount: 1,
      FileType1: 'IMG',
      FileName1: 'a.jpg',
    });
  });

  it('leaves the encryption to the login that carries the message, where its key is not known before', () => {
    const encrypted = config({ crypto: { iv: IV, mode: 'encrypted' } });
    const submit = prepareSubmit(encrypted, codecsOf(encrypted), message({}), '1');
    expect(submit.frame).toBeUndefined();
    expect(submit.bytes).toBeGreaterThan(400);
  });

  it('pings and gives up before the 30 s of silence that the server allows', () => {
    const { keepAlive, backoff } = sessionPolicy(config());
    expect(keepAlive.afterMs + keepAlive.answerMs).toBeLessThan(30_000);
    expect([backoff.refused.minMs, backoff.keepAliveLostMs]).toEqual([30_200, 30_200]);
  });
});
