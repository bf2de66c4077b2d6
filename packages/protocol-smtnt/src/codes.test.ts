import { describe, expect, it } from '@jest/globals';
import { DOUBLE_LOGIN, loginCode, loginCodes } from './login-codes.js';
import { ackMeaning, sendCode, sendCodes, unrecognisedCode } from './send-codes.js';

const numbers = (table: object) => Object.keys(table).map(Number);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('the send result codes (SMTNT 3.4)', () => {
  it('are the sixty of the table, without the missing 34 and 319', () => {
    const printed = [...range(0, 33), ...range(35, 39), ...range(315, 318), 320, 800, ...range(900, 911)];
    expect(numbers(sendCodes)).toEqual([...printed, 997, 998, 999]);
    expect(numbers(sendCodes)).toHaveLength(60);
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
  it('are the twenty of the table', () => {
    expect(numbers(loginCodes)).toEqual([...range(0, 7), ...range(901, 906), ...range(908, 911), 913, 999]);
    expect(numbers(loginCodes)).toHaveLength(20);
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
