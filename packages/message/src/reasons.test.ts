import { describe, expect, it } from '@jest/globals';
import { isReasonCode, REASONS, reasonOf } from './reasons.js';

describe('REASONS', () => {
  it('are kebab-case codes with a Korean and an English text each', () => {
    for (const [code, { ko, en }] of Object.entries(REASONS)) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(ko).toMatch(/[가-힣]/);
      expect(en).toMatch(/^[A-Z][\x20-\x7e]+[^.]$/);
    }
  });

  it('say no text twice, so that a customer can tell them apart', () => {
    const texts = Object.values(REASONS);
    expect(new Set(texts.map(({ en }) => en)).size).toBe(texts.length);
    expect(new Set(texts.map(({ ko }) => ko)).size).toBe(texts.length);
  });

  it('never call retryable what may have arrived', () => {
    for (const code of [
      'delivered',
      'no-report',
      'unknown-code',
      'duplicate',
      'kakao-unconfirmed',
    ] as const) {
      expect(REASONS[code].retryable).toBe(false);
    }
  });

  it('are known by their own codes alone', () => {
    expect(isReasonCode('dead-number')).toBe(true);
    expect(isReasonCode('toString')).toBe(false);
  });

  it('stand in a result as code and texts', () => {
    expect(reasonOf('no-coverage')).toEqual({
      code: 'no-coverage',
      message: { ko: '음영 지역', en: 'The handset is out of coverage' },
    });
  });
});
