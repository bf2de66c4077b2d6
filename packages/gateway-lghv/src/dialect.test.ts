import { describe, expect, it } from '@jest/globals';
import {
  bindAck,
  deliverAck,
  encodeFrame,
  encodeLinkCheck,
  encodeReportAck,
  linkAck,
  report,
  reportAll,
} from '@pabal/protocol-lghv';
import type { Inbound } from '@pabal/session';
import { fromHex, ProtocolError, toHex } from '@pabal/wire';
import { aesCipher } from './cipher.js';
import { LghvDialect, rereadReport } from './dialect.js';
import { configOf } from './testing/values.js';

function connection(lineType: 'S' | 'R' = 'S', change: object = {}) {
  let damaged = 0;
  const dialect = new LghvDialect({
    lineType,
    agentId: 'S1',
    config: configOf(change),
    cipher: aesCipher('0123456789abcdef', 'fedcba9876543210'),
    onDamagedTail: () => {
      damaged++;
    },
  });
  return { ...dialect, codec: dialect.connect(), damaged: () => damaged };
}

const received = (bytes: Uint8Array, change: object = {}): Inbound[] => [
  ...connection('S', change).codec.receive(bytes),
];
const bound = (result: string) =>
  encodeFrame('BIND_ACK', bindAck, { result, tpsSms: 100, tpsLms: 50, tpsMms: 10, tpsKko: 0, tpsKkf: 0 });
const reported = {
  result: '6',
  deliverType: 'SMS',
  rtnType: 'SMS',
  msgId: '42',
  deliverTime: '20251122103000',
  netId: 'SKT',
};

describe('the LGHV dialect', () => {
  it('logs in by BIND for its own direction and agent', () => {
    const hex = toHex(connection('R', { report: 'A' }).codec.login());
    expect(hex.slice(0, 20)).toBe('623130300000feff3052');
    expect(hex).toContain('5331');
    // REPORT stands behind 1 + 1 + 20 + 6 + 50 bytes.
    expect(hex.slice(2 * 86, 2 * 87)).toBe('41');
    expect(toHex(connection('R').codec.login()).slice(2 * 86, 2 * 87)).toBe('4d');
    const encrypted = toHex(connection('S', { bindEncode: '1' }).codec.login());
    expect(encrypted.slice(16, 20)).toBe('3153');
    expect(encrypted).not.toContain('707731323334');
  });

  it('takes BIND_ACK 0 as a grant and any other as a refusal', () => {
    expect(received(bound('0'))).toEqual([
      { kind: 'loginAccepted', grants: { sms: 100, lms: 50, mms: 10, kko: 0, kkf: 0 } },
    ]);
    expect(received(bound('5'))).toEqual([{ kind: 'loginRefused', code: '5', alreadyConnected: true }]);
    expect(received(bound('2'))).toEqual([{ kind: 'loginRefused', code: '2', alreadyConnected: false }]);
    expect(received(bound(''))).toEqual([{ kind: 'loginRefused', code: '', alreadyConnected: false }]);
  });

  it('names the submit that an ack answers', () => {
    const values = { result: '0', deliverType: 'SMS', msgId: '00042', msgMsec: 0, destAddr: '' };
    expect(received(encodeFrame('DELIVER_ACK', deliverAck, values))).toEqual([
      { kind: 'ack', wireId: '00042', outcome: { kind: 'accepted', code: '0' } },
    ]);
  });

  it.each([
    ['necessary', encodeFrame('REPORT', report, reported)],
    [
      'all',
      encodeFrame('REPORT', reportAll, {
        ...reported,
        userId: 'demo',
        sid: 'S1',
        destAddr: '01012345678',
        billId: '',
      }),
    ],
  ])('answers a report of %s fields with its MSG_ID', (_which, frame) => {
    const [inbound] = received(frame);
    if (inbound?.kind !== 'notice') throw new Error(inbound?.kind);
    expect(inbound.notice).toMatchObject({
      kind: 'report',
      report: { wireId: '42', certainty: 'delivered' },
    });
    expect(toHex(inbound.answer())).toBe(toHex(encodeReportAck('42')));
  });

  it('keeps a report that does not parse raw, answers its MSG_ID byte for byte, and goes on', () => {
    const frame = encodeFrame('REPORT', report, reported);
    frame.set(fromHex('ff414200'), 8 + 13);
    const [inbound, next] = received(new Uint8Array([...frame, ...encodeFrame('REPORT', report, reported)]));
    if (inbound?.kind !== 'notice') throw new Error(inbound?.kind);
    expect(inbound.notice).toEqual({
      kind: 'unparsedReport',
      raw: Buffer.from(frame.subarray(8)).toString('base64'),
      problem: 'field-not-digits: msgId',
    });
    expect(toHex(inbound.answer())).toBe(
      `523332000000feff3000000000ff4142${'00'.repeat(17)}${'00'.repeat(7)}`,
    );
    expect(next).toMatchObject({ kind: 'notice', notice: { kind: 'report' } });
  });

  it('reads a report that was kept raw once more', () => {
    const body = encodeFrame('REPORT', report, reported).slice(8);
    expect(rereadReport(body, configOf({}))).toMatchObject({
      kind: 'report',
      report: { wireId: '42', code: '6', certainty: 'delivered' },
    });
    body.set(fromHex('414243'), 13); // letters in MSG_ID
    expect(rereadReport(body, configOf({}))).toBeUndefined();
    expect(rereadReport(new Uint8Array(60), configOf({}))).toBeUndefined();
  });

  it('pings with its direction, knows the answer, and answers a ping of the gateway', () => {
    expect(toHex(connection('R').codec.ping())).toBe('6c3100000000feff52');
    expect(received(encodeFrame('LINK_ACK', linkAck, { result: '0' }))).toEqual([{ kind: 'pong' }]);
    expect(received(encodeFrame('LINK_ACK', linkAck, { result: '9' }))).toEqual([
      { kind: 'ignored', what: 'LINK_ACK with an error' },
    ]);
    const [reply] = received(encodeLinkCheck('S'));
    expect(reply?.kind === 'reply' && toHex(reply.bytes)).toBe('4c3500000000feff3000000000');
  });

  it('ignores packets that mean nothing to a client, by name', () => {
    expect(received(encodeReportAck('42'))).toEqual([{ kind: 'ignored', what: 'reportAck' }]);
    expect(received(fromHex('78 31000000 00feff 00'))).toEqual([{ kind: 'ignored', what: 'MSGTYPE x' }]);
  });

  it('tells of a damaged tail and reads on, or ends the connection where the option says so', () => {
    const damaged = fromHex('4c 35000000 003f3f 3000000000');
    const lenient = connection();
    expect([...lenient.codec.receive(damaged)]).toEqual([
      { kind: 'ignored', what: 'damaged header tail' },
      { kind: 'pong' },
    ]);
    expect(lenient.damaged()).toBe(1);
    expect(() => received(damaged, { strictTail: true })).toThrow(new ProtocolError('bad-tail'));
  });

  it('ends the connection on garbage and on an answer that is none', () => {
    expect(() => received(fromHex('ffffffffffffffff'))).toThrow(ProtocolError);
    expect(() => received(fromHex('42 31000000 00feff 30'))).toThrow(
      expect.objectContaining({ reason: 'body-too-short' }),
    );
  });
});
