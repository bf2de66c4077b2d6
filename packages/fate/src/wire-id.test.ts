import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deriveWireId, payloadHash, type WireIdSeed } from './wire-id.js';

const seed: WireIdSeed = {
  messageId: 'order-1',
  step: 0,
  attempt: 1,
  gateway: 'hellovision',
  account: 'demo',
  salt: 0,
};

// Python: int.from_bytes(hashlib.sha256('\n'.join(parts).encode()).digest()[:10], 'big') % 10**20, to 20 digits.
describe('deriveWireId', () => {
  it.each<[string, Partial<WireIdSeed>, string]>([
    ['the first attempt', {}, '34452646317354021861'],
    ['the next salt', { salt: 1 }, '16389165606792037936'],
    ['the next attempt', { attempt: 2 }, '63671751074414679972'],
    ['the next step', { step: 1 }, '86791903186266689742'],
    ['another gateway', { gateway: 'smtnt', account: 'test001' }, '25653222296575014466'],
    ['one that begins with zeros', { messageId: 'm172' }, '00481829537464616538'],
  ])('gives %s its own', (_name, change, wireId) => {
    expect(deriveWireId({ ...seed, ...change })).toBe(wireId);
  });

  it('gives 20 digits, whatever it is derived from', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(), (messageId, attempt, salt) => {
        expect(deriveWireId({ ...seed, messageId, attempt, salt })).toMatch(/^\d{20}$/);
      }),
    );
  });
});

// Python: base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())[:12]
describe('payloadHash', () => {
  it.each([
    ['{"text":"x"}', '_NHM7Ajbb3io'],
    ['0', 'X-zrZv_IbzjZ'],
    ['한글', 'vYf5u2i2fS-h'],
    ['', '47DEQpj8HBSa'],
  ])('of %j is 72 bits of its SHA-256', (text, hash) => {
    expect(payloadHash(text)).toBe(hash);
  });
});
