import { describe, expect, it } from '@jest/globals';
import { signWebhook, verifyWebhook, WebhookRefused, type WebhookRequest } from './webhook.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OTHER = `whsec_${'A'.repeat(32)}`;
const now = 1_764_000_000_000;
const body = JSON.stringify({ v: 1, id: 'order-1', status: 'delivered', ref: '주문 1' });

function request(change: Partial<WebhookRequest> = {}): WebhookRequest {
  return {
    headers: signWebhook({ id: 'r-order-1', body, secret: SECRET, now }),
    body,
    secret: SECRET,
    now,
    ...change,
  };
}

function refusal(change: Partial<WebhookRequest>): string | undefined {
  try {
    verifyWebhook(request(change));
    return undefined;
  } catch (error) {
    if (error instanceof WebhookRefused) return error.code;
    throw error;
  }
}

describe('a delivery', () => {
  it('that is signed and of now gives its result', () => {
    expect(verifyWebhook(request())).toEqual({
      id: 'r-order-1',
      sentAt: new Date(now),
      result: { v: 1, id: 'order-1', status: 'delivered', ref: '주문 1' },
    });
  });

  it('is verified as Standard Webhooks does it, by its own example', () => {
    const example = {
      headers: {
        'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        'webhook-timestamp': '1614265330',
        'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
      },
      body: '{"test": 2432232314}',
      now: 1_614_265_330_000,
    };
    // The signature holds; the body of the example is another thing than a result.
    expect(refusal(example)).toBe('bad-body');
    expect(refusal({ ...example, body: '{"test": 2432232315}' })).toBe('bad-signature');
  });

  it('may come as text or bytes, with headers of Node, of Fetch, or in any case', () => {
    const { headers } = request();
    expect(refusal({ body: new TextEncoder().encode(body) })).toBeUndefined();
    expect(refusal({ headers: new Headers(headers as Record<string, string>) })).toBeUndefined();
    const upper = Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value] as const);
    expect(refusal({ headers: Object.fromEntries(upper) })).toBeUndefined();
  });

  it('is verified while a secret changes, on either side', () => {
    expect(refusal({ secret: [OTHER, SECRET] })).toBeUndefined();
    const [first, second] = [OTHER, SECRET].map(
      (secret) => signWebhook({ id: 'r-order-1', body, secret, now })['webhook-signature'],
    );
    const headers = { ...signWebhook({ id: 'r-order-1', body, secret: OTHER, now }) };
    headers['webhook-signature'] = `v1a,unknown v2,later ${first} ${second}`;
    expect(refusal({ headers })).toBeUndefined();
  });

  it.each<[string, Partial<WebhookRequest>, string]>([
    ['another body', { body: body.replace('delivered', 'failed') }, 'bad-signature'],
    ['another secret', { secret: OTHER }, 'bad-signature'],
    ['no secret', { secret: [] }, 'bad-signature'],
    ['a secret without its beginning', { secret: SECRET.slice(6) }, 'bad-secret'],
    ['a time 301 s ago', { now: now + 301_000 }, 'stale'],
    ['a time 301 s ahead', { now: now - 301_000 }, 'stale'],
    ['a time beyond a narrower tolerance', { now: now + 11_000, toleranceSeconds: 10 }, 'stale'],
    ['no headers', { headers: {} }, 'missing-header'],
    ['a header twice', { headers: { ...request().headers, 'webhook-id': ['a', 'b'] } }, 'missing-header'],
    ['another id', { headers: { ...request().headers, 'webhook-id': 'r-order-2' } }, 'bad-signature'],
    [
      'another time',
      { headers: { ...request().headers, 'webhook-timestamp': '1764000001' } },
      'bad-signature',
    ],
    [
      'a time that is none',
      { headers: { ...request().headers, 'webhook-timestamp': '17e8' } },
      'bad-timestamp',
    ],
    [
      'a signature that is none',
      { headers: { ...request().headers, 'webhook-signature': 'v1,AAAA v1' } },
      'bad-signature',
    ],
  ])('with %s is refused', (_name, change, code) => {
    expect(refusal(change)).toBe(code);
  });

  it('at the edge of the tolerance passes', () => {
    expect(refusal({ now: now + 300_000 })).toBeUndefined();
    expect(refusal({ now: now - 300_000 })).toBeUndefined();
  });

  it.each(['not json', '[]', 'null', '{"v":2}', ''])(
    'that is signed but no result is refused: %j',
    (other) => {
      const headers = signWebhook({ id: 'x', body: other, secret: SECRET, now });
      expect(refusal({ headers, body: other })).toBe('bad-body');
    },
  );

  it('that is refused is not quoted', () => {
    const planted = 'planted 01012345678';
    const headers = { ...request().headers, 'webhook-id': planted };
    try {
      verifyWebhook(request({ headers, body: planted }));
      throw new Error('it passed');
    } catch (error) {
      expect(String(error)).not.toContain('planted');
    }
  });
});
