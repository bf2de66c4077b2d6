import { describe, expect, it } from '@jest/globals';
import { bindAckCodes, deliverAckCode, deliverAckCodes, reportCode, reportCodes } from './result-codes.js';

describe('result codes', () => {
  it('name the seven BIND_ACK results, one of them without a code', () => {
    expect(bindAckCodes.map((row) => row.code ?? row.name)).toEqual([
      '0',
      '1',
      'E_INVALID_PWD',
      '2',
      '3',
      '4',
      '5',
    ]);
    expect(bindAckCodes.filter((row) => row.accepted).map((row) => row.code)).toEqual(['0']);
  });

  it('hold the twelve DELIVER_ACK codes', () => {
    const codes = deliverAckCodes.map((row) => row.code).join(' ');
    expect(codes).toBe('0 1 3 7 12 15 16 17 28 29 30 31');
  });

  it('hold the twenty-one REPORT codes under their twenty-two names', () => {
    const codes = reportCodes.map((row) => row.code).join(' ');
    expect(codes).toBe('6 7 8 9 10 11 12 13 14 17 20 21 22 25 26 28 29 30 31 32 40');
    expect(reportCodes.flatMap((row) => row.names)).toHaveLength(22);
  });

  it('call only 6 delivered, and leave open what may have been delivered', () => {
    const withCertainty = (certainty: string) =>
      reportCodes.filter((row) => row.certainty === certainty).map((row) => row.code);
    expect(withCertainty('delivered')).toEqual(['6']);
    expect(withCertainty('uncertain')).toEqual(['11', '20']);
  });

  it('take exactly one DELIVER_ACK code as accepted, one as a duplicate and one as a throttle', () => {
    const withVerdict = (verdict: string) =>
      deliverAckCodes.filter((row) => row.verdict === verdict).map((row) => row.code);
    expect([withVerdict('accepted'), withVerdict('duplicate'), withVerdict('throttled')]).toEqual([
      ['0'],
      ['17'],
      ['15'],
    ]);
    const refused = deliverAckCodes.filter((row) => row.verdict === 'refused');
    expect(new Set(refused.map((row) => row.certainty))).toEqual(new Set(['notDelivered']));
  });

  it.each(['', '2', '06', '999', ' 6'])(
    'keep an unlisted code %j verbatim and decide nothing by it',
    (code) => {
      expect(reportCode(code)).toMatchObject({
        code,
        names: [],
        certainty: 'uncertain',
        reason: 'unknown-code',
      });
      expect(deliverAckCode(code)).toMatchObject({
        code,
        names: [],
        verdict: 'refused',
        certainty: 'uncertain',
        reason: 'unknown-code',
      });
    },
  );
});
