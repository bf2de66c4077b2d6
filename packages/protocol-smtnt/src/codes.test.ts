import { describe, expect, it } from '@jest/globals';
import { DOUBLE_LOGIN, loginCode, loginCodes } from './login-codes.js';
import { ackMeaning, sendCode, sendCodes, unrecognisedCode } from './send-codes.js';

const numbers = (table: object) => Object.keys(table).map(Number);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Typed from the table of SMTNT 3.4, where the scan left a letter in doubt by the word that Korean has. */
const printedSendCodes: readonly (readonly [number, string])[] = [
  [0, '성공'],
  [1, 'API 버전오류'],
  [2, '인증실패'],
  [3, 'BIND 미수행'],
  [4, '호스팅 시스템 내부오류'],
  [5, '메시지 형식 오류'],
  [6, '유효기간 만료'],
  [7, '결번'],
  [8, '단말기 Power Off'],
  [9, '음영'],
  [10, '전송건수 초과'],
  [11, '전송속도 초과'],
  [12, '번호이동'],
  [13, 'NPDB 불일치'],
  [14, '호 처리 실패'],
  [15, '단말기 전송 실패'],
  [16, '파일이 없음'],
  [17, '키사 스팸 차단'],
  [18, '전달 메시지 없음'],
  [19, '입력 데이터 오류'],
  [20, '메시지 저장개수 초과'],
  [21, '잘못된 파라메터'],
  [22, '발신 프로필 키가 유효하지 않음'],
  [23, '발신 프로필을 찾을 수 없음'],
  [24, '삭제된 발신프로필'],
  [25, '차단 상태의 발신프로필'],
  [26, '차단 상태의 옐로아이디'],
  [27, '닫힘 상태의 옐로아이디'],
  [28, '삭제 상태의 옐로아이디'],
  [29, '메시지 전송 실패'],
  [30, '템플릿 일치 확인 시 오류'],
  [31, '메시지 수신확인 안됨'],
  [32, '내부 시스템 오류'],
  [33, '전화번호 오류'],
  [35, '메시지 길이 제한 오류'],
  [36, '템플릿을 찾을 수 없음'],
  [37, '메시지에 포함된 이미지를 전송할 수 없음'],
  [38, '메시지 버튼이 템플릿과 일치하지 않음'],
  [39, '특부가사업자 재판매사코드 미입력'],
  [315, '세칙 미준수'],
  [316, '발신번호 미등록'],
  [317, '발신번호 변작으로 등록된 발신번호'],
  [318, '번호도용문자 차단서비스에 가입된 번호'],
  [320, '중복발송 에러'],
  [800, '발송메시지에 허용 되지 않은 문구가 포함됨'],
  [900, '대량전송 동보갯수 초과'],
  [901, '발송 가능시간이 아님'],
  [902, '로그인 상태가 아님'],
  [903, '발송속도 초과'],
  [904, '월 제한건수 초과'],
  [905, '일 제한건수 초과'],
  [906, '보유 금액 부족'],
  [907, '시스템 과부하'],
  [908, '특정필드가 허용된 길이를 초과함'],
  [909, '첨부파일 파일갯수 오류'],
  [910, '첨부파일 크기 오류'],
  [911, '수신데이터 오류입니다.'],
  [997, '자체 스팸 차단'],
  [998, '분배정보 없음'],
  [999, '기타 오류'],
];

/** Typed from the table of SMTNT 3.3.3.1. */
const printedLoginCodes: readonly (readonly [number, string])[] = [
  [0, '성공'],
  [1, '시스템 오류'],
  [2, '중복 접속'],
  [3, '허용된 아이피가 아님'],
  [4, '사용자 아이디 오류'],
  [5, '사용자 암호 오류'],
  [6, '사용이 중지된 아이디'],
  [7, '버전 오류'],
  [901, '발송가능 시간이 아님'],
  [902, '로그인 상태가 아님'],
  [903, '발송속도 초과'],
  [904, '월 발송건수 부족'],
  [905, '일일 발송건수 부족'],
  [906, '보유금액 부족(선불)'],
  [908, '특정필드가 길이 초과'],
  [909, '첨부파일 갯수 오류'],
  [910, '첨부파일 크기 오류'],
  [911, '수신데이터 오류'],
  [913, 'DB오류'],
  [999, '기타오류'],
];

const words = (table: Readonly<Record<number, { readonly ko: string }>>) =>
  Object.entries(table).map(([code, { ko }]) => [Number(code), ko]);

describe('the send result codes (SMTNT 3.4)', () => {
  it('are the sixty of the table, in its words, without the missing 34 and 319', () => {
    expect(words(sendCodes)).toEqual(printedSendCodes);
    expect(printedSendCodes).toHaveLength(60);
  });

  it('call one delivered and five uncertain; after all others the recipient got nothing', () => {
    const by = (certainty: string) =>
      numbers(sendCodes).filter((code) => sendCode(code).certainty === certainty);
    expect(by('delivered')).toEqual([0]);
    expect(by('uncertain')).toEqual([4, 31, 32, 320, 999]);
    expect(by('notDelivered')).toHaveLength(54);
  });

  it('have words in both languages, each its own where the table has its own', () => {
    for (const { ko, en } of Object.values(sendCodes)) {
      expect(ko).toMatch(/[가-힣]/);
      expect(en).toMatch(/^[A-Za-z ]+$/);
    }
  });

  it.each([34, 319, 321, 913, 1000, -1])('give nothing to rely on for %p, which no table has', (code) => {
    expect(sendCode(code)).toBe(unrecognisedCode);
    expect(unrecognisedCode).toMatchObject({ certainty: 'uncertain', reason: 'unknown-code' });
  });

  it.each([
    [0, 'accepted'],
    [320, 'duplicate'],
    [11, 'throttled'],
    [903, 'throttled'],
    [901, 'outsideHours'],
    [3, 'notLoggedIn'],
    [902, 'notLoggedIn'],
    [7, 'refused'],
    [316, 'refused'],
    [4711, 'refused'],
  ])('mean as an answer: %p %s', (code, meaning) => {
    expect(ackMeaning(code)).toBe(meaning);
  });

  it.each([
    [7, 'dead-number', 'giveUp'],
    [8, 'handset-off', 'retry'],
    [17, 'spam-blocked', 'giveUp'],
    [39, 'reseller-code-missing', 'alert'],
    [316, 'sender-not-registered', 'alert'],
    [903, 'over-rate', 'wait'],
    [906, 'insufficient-credit', 'alert'],
  ])('have for %p the reason %s and the advice %s', (code, reason, advice) => {
    expect(sendCode(code)).toMatchObject({ reason, advice, certainty: 'notDelivered' });
  });
});

describe('the login result codes (SMTNT 3.3.3.1)', () => {
  it('are the twenty of the table, in its words', () => {
    expect(words(loginCodes)).toEqual(printedLoginCodes);
    expect(printedLoginCodes).toHaveLength(20);
  });

  it('have words in both languages, a reason and an advice; none says that anybody got a message', () => {
    for (const [code, { en, certainty, reason, advice, passes }] of Object.entries(loginCodes)) {
      expect(en).toMatch(/^[a-z ]+$/);
      expect(certainty).toBe('notDelivered');
      expect(reason === undefined).toBe(code === '0');
      expect(advice === 'alert').toBe(!passes);
    }
  });

  it.each([
    [1, 'gateway-error', 'retry'],
    [2, 'gateway-refused', 'wait'],
    [5, 'gateway-refused', 'alert'],
    [901, 'outside-hours', 'wait'],
    [906, 'insufficient-credit', 'alert'],
    [77, 'unknown-code', 'alert'],
  ])('have for %p the reason %s and the advice %s', (code, reason, advice) => {
    expect(loginCode(code)).toMatchObject({ reason, advice });
  });

  it('tell a second login, which passes, from a wrong password, which stays', () => {
    expect(DOUBLE_LOGIN).toBe(2);
    expect(loginCode(DOUBLE_LOGIN)).toMatchObject({ en: 'already logged in', passes: true });
    expect(loginCode(5)).toMatchObject({ en: 'wrong password', passes: false });
  });

  it('mean other things than the send codes of the same number', () => {
    for (const code of range(1, 7)) expect(loginCode(code).ko).not.toBe(sendCode(code).ko);
  });

  it('hold a code that no table has for a refusal that may pass', () => {
    expect(loginCode(77)).toMatchObject({ en: 'not in the specification', passes: true });
  });
});
