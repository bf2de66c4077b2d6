import { describe, expect, it } from '@jest/globals';
import { sessionCookie, sessionToken } from './cookie.js';

describe('the session cookie', () => {
  it('is out of reach for scripts and other sites', () => {
    expect(sessionCookie('abc', false)).toBe('pabal_board=abc; Path=/; HttpOnly; SameSite=Strict');
  });

  it('travels over encrypted connections alone where there is one', () => {
    expect(sessionCookie('abc', true)).toMatch(/; Secure$/);
  });

  it('is taken away at the end', () => {
    expect(sessionCookie(undefined, false)).toContain('pabal_board=; Max-Age=0;');
  });

  it('is found among others', () => {
    expect(sessionToken('a=1; pabal_board=abc; b=2')).toBe('abc');
    expect(sessionToken('xpabal_board=abc')).toBeUndefined();
    expect(sessionToken('pabal_board=')).toBeUndefined();
    expect(sessionToken(undefined)).toBeUndefined();
  });
});
