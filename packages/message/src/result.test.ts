import { describe, expect, it } from '@jest/globals';
import { toJsonSchema } from './json-schema.js';
import { reasonOf } from './reasons.js';
import { type ResultV1, resultV1 } from './result.js';

const at = '2026-12-01T00:00:00.000Z';

const result: ResultV1 = {
  v: 1,
  id: 'order-1',
  ref: 'r',
  status: 'failed',
  reason: reasonOf('handset-off'),
  retryable: true,
  channel: 'sms',
  gateway: 'hellovision',
  gatewayCode: '8',
  carrier: 'SKT',
  attempts: [
    {
      channel: 'sms',
      gateway: 'hellovision',
      wireId: '12345678901234567890',
      at,
      acceptedAt: at,
      gatewayCode: '8',
    },
  ],
  times: { enqueued: at, sent: at, accepted: at, reported: at },
  userData: 'u',
};

describe('resultV1', () => {
  it('takes a full result and a bare one', () => {
    expect(resultV1.parse(result)).toEqual(result);
    const bare: ResultV1 = {
      v: 1,
      id: 'x',
      status: 'failed',
      reason: reasonOf('invalid-message'),
      retryable: false,
      channel: 'sms',
      attempts: [],
      times: {},
      problems: [{ field: 'to', rule: 'digits', message: 'to must be digits only' }],
    };
    expect(resultV1.parse(bare)).toEqual(bare);
  });

  it.each<[string, object]>([
    ['an unknown status', { status: 'sent' }],
    ['an unknown reason', { reason: { code: 'bad-luck', message: { ko: '가', en: 'a' } } }],
    ['an unknown field', { stauts: 'failed' }],
    ['a time without offset', { times: { sent: '2026-12-01T00:00:00' } }],
    ['another version', { v: 2 }],
  ])('refuses %s', (_name, change) => {
    expect(resultV1.safeParse({ ...result, ...change }).success).toBe(false);
  });
});

describe('toJsonSchema', () => {
  it('describes both documents: a message closed to unknown fields, a result open to those of later versions', () => {
    const { message, result: described } = toJsonSchema();
    expect(message).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: ['id', 'to', 'from', 'channel'],
      properties: { to: { pattern: '^\\+?[0-9]+$' }, priority: { enum: ['urgent', 'normal', 'bulk'] } },
    });
    expect(described).toMatchObject({ type: 'object', required: expect.arrayContaining(['id', 'status']) });
    expect(JSON.stringify(described)).not.toContain('additionalProperties');
    expect(JSON.parse(JSON.stringify(message))).toEqual(message);
  });
});
