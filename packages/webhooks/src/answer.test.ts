import { describe, expect, it } from '@jest/globals';
import { failureReason, judge } from './answer.js';

const status = (code: number, retryAfter?: string) =>
  judge({ kind: 'status', status: code, ...(retryAfter === undefined ? {} : { retryAfter }) }, 0);

describe('an answer', () => {
  it.each([200, 201, 202, 204, 299])('of %i means delivered', (code) => {
    expect(status(code)).toEqual({ kind: 'delivered' });
  });

  it('of 410 is the end', () => {
    expect(status(410)).toEqual({ kind: 'dead', reason: 'http-410' });
  });

  it.each([199, 301, 302, 307, 308, 400, 401, 404, 422])(
    'of %i is tried again, and says nothing about the host',
    (code) => {
      expect(status(code, '60')).toEqual({ kind: 'retry', reason: `http-${code}`, sick: false });
    },
  );

  it.each([500, 502, 504, 599])('of %i is tried again, and says that the host is sick', (code) => {
    expect(status(code, '60')).toEqual({ kind: 'retry', reason: `http-${code}`, sick: true });
  });

  it.each([429, 503])('of %i is heeded when it says for how long', (code) => {
    const reason = `http-${code}`;
    expect(status(code)).toEqual({ kind: 'retry', reason, sick: true });
    expect(status(code, '60')).toEqual({ kind: 'retry', reason, sick: true, retryAfterMs: 60_000 });
  });

  it('that did not come is tried again, but not at an address that must not be spoken to', () => {
    expect(judge({ kind: 'failed', reason: 'timeout' }, 0)).toEqual({
      kind: 'retry',
      reason: 'timeout',
      sick: true,
    });
    expect(judge({ kind: 'failed', reason: 'address-refused' }, 0)).toEqual({
      kind: 'dead',
      reason: 'address-refused',
    });
  });
});

describe('an error of the network', () => {
  it.each([
    ['ENOTFOUND', 'name-not-found'],
    ['EAI_AGAIN', 'name-lookup-failed'],
    ['ECONNREFUSED', 'connection-refused'],
    ['ECONNRESET', 'connection-lost'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ETIMEDOUT', 'timeout'],
    ['HPE_INVALID_CONSTANT', 'bad-answer'],
    ['HPE_HEADER_OVERFLOW', 'bad-answer'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-failed'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-failed'],
    ['CERT_HAS_EXPIRED', 'tls-failed'],
    ['EWHATEVER', 'failed'],
  ])('%s is %s, whatever else it says', (code, reason) => {
    expect(failureReason(Object.assign(new Error('connect to 10.0.0.1:80 as secret'), { code }))).toBe(
      reason,
    );
  });

  it('without a code is just failed', () => {
    expect([undefined, null, 'x', new Error('x')].map(failureReason)).toEqual(Array(4).fill('failed'));
  });
});
