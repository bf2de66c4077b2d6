import { describe, expect, it } from '@jest/globals';
import { deliveryHeaders, signatureOf } from './sign.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const ZEROS = `whsec_${'A'.repeat(32)}`;

describe('the signature of a delivery', () => {
  it('is that of Standard Webhooks for its own example', () => {
    const example = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: 1_614_265_330,
      body: '{"test": 2432232314}',
    };
    expect(signatureOf(example, [SECRET])).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  // By hand: Python's hmac over the bytes of `r-1.1764000000.{"한글":1}`.
  it('is over the bytes of UTF-8, once for each secret, the present one first', () => {
    const signed = { id: 'r-1', timestamp: 1_764_000_000, body: '{"한글":1}' };
    expect(signatureOf(signed, [SECRET, ZEROS])).toBe(
      'v1,wZ9EhtP21fGSHmYi5vMrkmFUX1crMsRG9zIclaYHfBA= v1,uALAA2NyM0otH0U/GgnJ833+Kg8fworTCskhidqXBOk=',
    );
    expect(deliveryHeaders(signed, [SECRET])).toMatchObject({
      'content-type': 'application/json',
      'content-length': '12',
      'webhook-id': 'r-1',
      'webhook-timestamp': '1764000000',
      'webhook-signature': 'v1,wZ9EhtP21fGSHmYi5vMrkmFUX1crMsRG9zIclaYHfBA=',
    });
  });
});
