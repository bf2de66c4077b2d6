import { describe, expect, it } from '@jest/globals';
import { ProtocolError } from '@pabal/wire';
import { readPrivateKey } from './private-key.js';

const KEY = 'abcdefghijklmnop';

describe('the private key of a PrivateKeyRes', () => {
  it.each([
    ['the Body itself', KEY, undefined],
    ['the only text of an object', { Result: 0, Whatever: KEY }, undefined],
    ['PrivateKey beside other texts', { Message: 'ok', PrivateKey: KEY }, undefined],
    ['Key beside other texts', { Message: 'ok', Key: KEY }, undefined],
    ['the field that is configured', { PrivateKey: 'not this one', SessionKey: KEY }, 'SessionKey'],
    ['the Body itself although a field is configured', KEY, 'SessionKey'],
  ])('is %s', (_name, body, field) => {
    expect(readPrivateKey(body, field)).toBe(KEY);
  });

  it.each([
    ['no Body', undefined, undefined],
    ['an empty text', '', undefined],
    ['a number', 5, undefined],
    ['a list', [KEY], undefined],
    ['an object without a text', { Result: 1 }, undefined],
    ['two texts that nobody named', { A: KEY, B: KEY }, undefined],
    ['another field than the configured one', { PrivateKey: KEY }, 'SessionKey'],
    ['a configured field that is no text', { SessionKey: 5, Key: KEY }, 'SessionKey'],
  ])('is missing from %s, which is told without its content', (_name, body, field) => {
    expect(() => readPrivateKey(body, field)).toThrow(
      new ProtocolError('no-private-key', 'PrivateKeyRes.Body'),
    );
  });
});
