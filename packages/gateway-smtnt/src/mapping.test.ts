import { describe, expect, it } from '@jest/globals';
import type { MessageV1 } from '@pabal/message';
import { FieldError } from '@pabal/wire';
import { CARRIED, contentProblems, problemOf, toMsgSendReq } from './mapping.js';
import { config } from './testing/config.js';
import { message } from './testing/message.js';

const body = (change: Partial<MessageV1>, own: object = {}, names: readonly string[] = []) =>
  toMsgSendReq(message(change), '12345678901234567890', config(own), names);
const rules = (change: Partial<MessageV1>) =>
  contentProblems(message(change)).map(({ field, rule, limit, actual }) => [field, rule, limit, actual]);

describe('a message on the wire (SMTNT 3.3.6)', () => {
  it('of an SMS has the fields of the table, empty where unused', () => {
    expect(body({})).toEqual({
      UserMsgId: '12345678901234567890',
      UserMsgSubId: '',
      MsgType: 4,
      PhoneNo: '01012345678',
      CallbackNo: '15666639',
      TranId: '',
      Subject: '',
      Message: '주문이 접수되었습니다',
      KakaoAdFlag: '',
      KakaoNationCode: '',
      KakaoSenderKey: '',
      KakaoTemplateCode: '',
      KakaoTimeout: 0,
      KakaoButton: '',
      FileCount: 0,
      FileType1: '',
      FileName1: '',
      FileType2: '',
      FileName2: '',
      FileType3: '',
      FileName3: '',
      UserData: '',
      ResellerCode: '',
    });
  });

  it('of an LMS has type 6 and its subject', () => {
    const lms = body({ channel: 'lms', subject: '예약 안내' });
    expect(lms).toMatchObject({ MsgType: 6, Subject: '예약 안내', FileCount: 0 });
  });

  it('carries the values that are the user’s own', () => {
    const own = { userData: 'order-7', reseller: '123456789', smtnt: { tranId: 't', userMsgSubId: 's' } };
    expect(body(own)).toMatchObject({
      UserData: 'order-7',
      ResellerCode: '123456789',
      TranId: 't',
      UserMsgSubId: 's',
    });
  });

  it('has the reseller code of the configuration where the message names none', () => {
    const own = { reseller: '987654321' };
    expect(body({}, own).ResellerCode).toBe('987654321');
    expect(body({ reseller: '123456789' }, own).ResellerCode).toBe('123456789');
  });

  it('carries every channel', () => {
    expect(CARRIED).toEqual(['sms', 'lms', 'mms', 'alimtalk', 'friendtalk', 'rcs']);
  });
});

describe('what the gateway cannot carry', () => {
  it('is nothing of a good message, up to the last byte', () => {
    expect(rules({ text: '가'.repeat(45) })).toEqual([]);
    expect(rules({ channel: 'lms', text: '뷁'.repeat(1000), subject: '가'.repeat(25) })).toEqual([]);
  });

  it.each([
    ['no text', { channel: 'lms', text: '' }, ['text', 'required', undefined, undefined]],
    ['an SMS of 91 bytes', { text: `${'가'.repeat(45)}a` }, ['text', 'too-long', 90, 91]],
    ['an LMS of 2001', { channel: 'lms', text: 'a'.repeat(2001) }, ['text', 'too-long', 2000, 2001]],
    ['a subject of 51', { channel: 'lms', subject: `${'가'.repeat(25)}a` }, ['subject', 'too-long', 50, 51]],
    ['an emoji', { text: 'a😀' }, ['text', 'unmappable', 'cp949', 'U+1F600']],
    ['a number abroad', { to: '14155552671' }, ['to', 'not-korean', undefined, undefined]],
    ['a URL callback', { urlCallback: true }, ['urlCallback', 'not-for-gateway', undefined, undefined]],
  ] as const)('is %s', (_name, change, problem) => {
    expect(rules(change)).toEqual([problem]);
  });

  it.each([
    ['KakaoButton', 'kakao.buttons'],
    ['kakaoQuick', 'kakao.quickReplies'],
    ['rcsButton', 'rcs.buttons'],
    ['UserMsgSubId', 'smtnt.userMsgSubId'],
    ['FileName1', 'FileName1'],
  ])('is told of %s as %s', (field, named) => {
    expect(problemOf(new FieldError(field, 'max-bytes', 1, 2)).field).toBe(named);
  });

  it('is told in the message’s own field names, without content', () => {
    const problem = problemOf(new FieldError('UserData', 'max-bytes', 1000, 1200));
    expect(problem).toEqual({
      field: 'userData',
      rule: 'max-bytes',
      message: "userData must fit the gateway's field: max-bytes allows 1000, it has 1200",
      limit: 1000,
      actual: 1200,
    });
  });
});
