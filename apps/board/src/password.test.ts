import { describe, expect, it } from '@jest/globals';
import { hashPassword, isPasswordHash, passwordCheck } from './password.js';

/** RFC 7914 section 12: P="pleaseletmein", S="SodiumChloride", N=16384, r=8, p=1, dkLen=64. */
const RFC_7914 =
  '$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw';

describe('the check of a password', () => {
  it('lets the right name with the right password in, and nobody else', async () => {
    const check = passwordCheck({ user: 'pabal', password: 'open sesame' });
    expect(await check?.('pabal', 'open sesame')).toBe(true);
    expect(await check?.('pabal', 'open sesam')).toBe(false);
    expect(await check?.('pabal', '')).toBe(false);
    expect(await check?.('other', 'open sesame')).toBe(false);
  });

  it('is not there when no password is configured', () => {
    expect(passwordCheck({ user: 'pabal' })).toBeUndefined();
  });

  it('takes a hash of the published test vector', async () => {
    const check = passwordCheck({ user: 'pabal', passwordHash: RFC_7914 });
    expect(await check?.('pabal', 'pleaseletmein')).toBe(true);
    expect(await check?.('pabal', 'pleaseletmeout')).toBe(false);
    expect(await check?.('other', 'pleaseletmein')).toBe(false);
  });

  it('takes what hashPassword makes, with another salt each time', async () => {
    const [one, two] = await Promise.all([hashPassword('비밀'), hashPassword('비밀')]);
    expect(one).not.toBe(two);
    expect(await passwordCheck({ user: 'u', passwordHash: one })?.('u', '비밀')).toBe(true);
  });

  it('lets nobody in by a hash that is none', async () => {
    expect(await passwordCheck({ user: 'u', passwordHash: 'secret' })?.('u', 'secret')).toBe(false);
  });
});

describe('isPasswordHash', () => {
  it.each([
    ['plain text', 'secret'],
    ['another scheme', RFC_7914.replace('scrypt', 'argon2')],
    ['a cost that is no protection', RFC_7914.replace('ln=14', 'ln=4')],
    ['a cost that would stop the board', RFC_7914.replace('ln=14', 'ln=30')],
    ['a salt of three bytes', RFC_7914.replace('U29kaXVtQ2hsb3JpZGU', 'U29k')],
    ['a hash cut short', RFC_7914.slice(0, 50)],
  ])('refuses %s', (_what, written) => {
    expect(isPasswordHash(written)).toBe(false);
  });

  it('takes the format as it is documented', () => {
    expect(isPasswordHash(RFC_7914)).toBe(true);
  });
});
