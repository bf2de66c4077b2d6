import { describe, expect, it } from '@jest/globals';
import { isReasonCode } from '@pabal/message';
import { bindAckCode, bindAckCodes } from './bind-ack-codes.js';
import { deliverAckCode, deliverAckCodes } from './deliver-ack-codes.js';
import { kakaoCodes } from './kakao-codes.js';
import { reportCode, reportCodes } from './report-codes.js';

/** The names of appendix 1 in its order, typed from it; codes follow by it without a gap. */
const KAKAO_NAMES = `
E_JSON_PARSE E_NO_JSONBODY E_NO_VALUE_JSON E_INVALID_SNDKEY E_NO_SNDKEY E_DEL_SNDKEY E_BLOCK_SNDKEY E_DEL_KAKAOCH
E_DELRDY_KAKAOCH E_BLOCK_KAKAOCH E_MBLOCK_KAKAOCH E_CLOSE_KAKAOCH E_NO_TMPLT E_MATCH_TMPLT_MSG E_MATCH_TMPLT_BTN
E_MATCH_TMPLT_TITLE E_EXCEED_TITLE_LEN E_NOFRND_SNDMSG E_FAILED_SNDMSG E_NO_MSG E_DUP_SERIAL E_EMPTY_MSG
E_EXCEED_MSG_LEN E_NOT_SNDMSG E_MSG_SEENINFO E_INVALID_SNDTIME E_NO_MSG_GROUP E_INVALID_IMGMSG E_NO_RESPONSE
E_EXCEED_VAL_LEN E_INVALID_EXTRA E_UNKNOWN_MSGSTAT E_INVALID_PARAM E_SYSERR_SNDMSG E_KKF_INVALID_SNDTIME
E_KKF_INVALID_IMG E_KKF_IMG_FORMAT E_MSGTYPE_TMPLT E_MATCH_TMPLT_HDR E_EXCEED_HDR_LEN E_MATCH_TMPLT_ITEMH
E_ITEMH_TITLE_LEN E_ITEMH_DSC_LEN E_MATCH_TMPLT_ITEML E_ITEML_DSC_LEN E_MATCH_TMPLT_ITEMS E_ITEMS_DSC_LEN
E_ITEMS_DSC_FORMAT`
  .trim()
  .split(/\s+/);

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
    expect(bindAckCodes.map((row) => row.name).join(' ')).toBe(
      'E_OK E_UNKNOWN_ID E_INVALID_PWD E_DENY E_FORMAT_ERR E_REJECT_IP E_REJECT_MULTI',
    );
    expect(bindAckCodes.filter((row) => row.accepted).map((row) => row.code)).toEqual(['0']);
    expect(bindAckCodes.map(({ reason, advice }) => `${reason} ${advice}`)).toEqual([
      'undefined giveUp',
      'gateway-refused alert',
      'gateway-refused alert',
      'gateway-refused alert',
      'gateway-format alert',
      'gateway-refused alert',
      'gateway-refused wait',
    ]);
    // A login offers no message to anybody.
    expect(new Set(bindAckCodes.map((row) => row.certainty))).toEqual(new Set(['notDelivered']));
  });

  it('hold the twelve DELIVER_ACK codes', () => {
    const codes = deliverAckCodes.map((row) => row.code).join(' ');
    expect(codes).toBe('0 1 3 7 12 15 16 17 28 29 30 31');
    expect(deliverAckCodes.flatMap((row) => row.names).join(' ')).toBe(
      'E_OK E_SYS_ERR E_FORMAT_ERR E_CONTENT_ERR E_INVALID_PHONE E_INSUFFICIENT E_TPS_ERROR E_MMS_FILE_ERROR ' +
        'E_DUP_KEY E_DUP_PHONE E_NO_AUTH E_FORMAT_DESTINE E_DESTINE_TRAN E_DESTINE_BLOCK',
    );
  });

  it('hold the twenty-one REPORT codes under their twenty-two names', () => {
    const codes = reportCodes.map((row) => row.code).join(' ');
    expect(codes).toBe('6 7 8 9 10 11 12 13 14 17 20 21 22 25 26 28 29 30 31 32 40');
    // The appendix prints E_TIMEOUT behind 14, although its code is 11 again.
    expect(reportCodes.flatMap((row) => row.names).join(' ')).toBe(
      'E_SENT E_INVALIDDST E_POWEROFF E_HIDDEN E_TERM_FILL E_ETC E_TIMEOUT E_OVERFLOW E_PORTED_OUT E_ETC E_DUP_DEST ' +
        'E_UNKNOWN E_NO_DESTIN E_NO_DESTIN E_DELETEADMIN E_NOSUPPORTDEVICE E_NO_AUTH E_FORMAT_DESTINE E_DESTINE_TRAN ' +
        'E_DESTINE_BLOCK E_REJECT_DESTINE E_SPAM',
    );
    expect(reportCodes.flatMap((row) => row.names)).toHaveLength(22);
  });

  it("hold Kakao's forty-eight codes from 100 to 147 in the order of the appendix", () => {
    expect(kakaoCodes).toHaveLength(48);
    expect(kakaoCodes.map((row) => `${row.code} ${row.names.join(' ')}`)).toEqual(
      KAKAO_NAMES.map((name, index) => `${100 + index} ${name}`),
    );
  });

  it('say of every code why, in both languages', () => {
    for (const row of [...bindAckCodes, ...deliverAckCodes, ...reportCodes, ...kakaoCodes]) {
      expect(row).toMatchObject({
        ko: expect.stringMatching(/[가-힣]/),
        en: expect.stringMatching(/^[A-Z]/),
      });
      if (row !== bindAckCode('0')) expect(isReasonCode(row.reason ?? '')).toBe(true);
    }
  });

  it("are Kakao's in acks and reports of Kakao's types, and of no others", () => {
    for (const type of ['KKO', 'KKT', 'KKM', 'KFT', 'KFI', 'KFW']) {
      expect(deliverAckCode('118', type)).toMatchObject({ verdict: 'refused', reason: 'kakao-not-user' });
      expect(reportCode('118', type)).toMatchObject({ certainty: 'notDelivered', reason: 'kakao-not-user' });
    }
    for (const type of ['SMS', 'LMS', 'MMS', '']) {
      expect(deliverAckCode('118', type).reason).toBe('unknown-code');
      expect(reportCode('118', type).reason).toBe('unknown-code');
    }
    expect(reportCode('118').reason).toBe('kakao-not-user');
    expect(reportCode('6', 'KKT').certainty).toBe('delivered');
  });

  it('leave open what Kakao cannot confirm, and whatever a repeat may repeat', () => {
    const open = kakaoCodes.filter((row) => row.certainty === 'uncertain').map((row) => row.code);
    expect(open).toEqual(['120', '123', '124', '128', '131', '133']);
    expect(kakaoCodes.some((row) => row.certainty === 'delivered')).toBe(false);
  });

  it("take Kakao's repeated serial number as a duplicate, and its hours as a limit that passes", () => {
    const duplicates = kakaoCodes.filter((row) => deliverAckCode(row.code, 'KKT').verdict === 'duplicate');
    expect(duplicates.map((row) => row.code)).toEqual(['120']);
    const waiting = kakaoCodes.filter((row) => row.advice === 'wait').map((row) => row.code);
    expect(waiting).toEqual(['125', '134']);
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
