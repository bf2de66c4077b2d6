import { describe, expect, it } from '@jest/globals';
import { keyProblems, withKeyDefaults } from './key-defaults.js';

const message = { to: '01012345678' };

describe('a message of a key', () => {
  it('without a destination stays as it is', () => {
    expect(withKeyDefaults(message, {}, 0, undefined)).toEqual(message);
  });

  it('gets the reply queue or the webhook of its key, unless it names one', () => {
    expect(withKeyDefaults(message, { replyTo: 'shop' }, 0, undefined)).toEqual({
      ...message,
      replyTo: 'shop',
    });
    expect(withKeyDefaults(message, { webhook: 'shop' }, 0, undefined)).toEqual({
      ...message,
      webhook: { name: 'shop' },
    });
    const given = { ...message, replyTo: 'other' };
    expect(withKeyDefaults(given, { replyTo: 'shop' }, 0, undefined)).toEqual(given);
  });

  it('may name the URL alone: the key names the webhook', () => {
    const given = { ...message, webhook: { url: 'https://a.example/r' } };
    expect(withKeyDefaults(given, { webhook: 'shop' }, 0, undefined)).toEqual({
      ...message,
      webhook: { url: 'https://a.example/r', name: 'shop' },
    });
  });

  it('gets an id by its place where the request makes ids, and keeps its own', () => {
    const makeId = (place: number) => `made-${place}`;
    expect(withKeyDefaults(message, {}, 3, makeId)).toEqual({ ...message, id: 'made-3' });
    expect(withKeyDefaults({ ...message, id: 'mine' }, {}, 3, makeId)).toEqual({ ...message, id: 'mine' });
  });

  it.each([undefined, null, 5, 'text', [message]])('that is %j is left to be refused', (given) => {
    expect(withKeyDefaults(given, { replyTo: 'shop' }, 0, () => 'x')).toBe(given);
    expect(keyProblems(given, { replyTo: 'shop' })).toEqual([]);
  });
});

describe('a key with a destination of its own', () => {
  it.each([
    [{ replyTo: 'shop' }, { replyTo: 'other' }, 'replyTo'],
    [{ replyTo: 'shop' }, { webhook: { name: 'shop' } }, 'webhook.name'],
    [{ webhook: 'shop' }, { webhook: { name: 'other' } }, 'webhook.name'],
    [{ webhook: 'shop' }, { replyTo: 'shop' }, 'replyTo'],
  ])('%j sends no result elsewhere: %j', (key, given, field) => {
    expect(keyProblems({ ...message, ...given }, key)).toMatchObject([{ field, rule: 'other-destination' }]);
  });

  it('may say its own destination', () => {
    expect(keyProblems({ replyTo: 'shop' }, { replyTo: 'shop' })).toEqual([]);
    expect(keyProblems({ webhook: { name: 'shop', url: 'https://a' } }, { webhook: 'shop' })).toEqual([]);
  });
});
