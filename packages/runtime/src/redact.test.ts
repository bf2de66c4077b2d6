import { describe, expect, it } from '@jest/globals';
import { redact } from './redact.js';

describe('redact', () => {
  it('gives the same object back where there is nothing to hide', () => {
    const fields = { gateway: 'smtnt', from: 'ready', list: [{ a: 1 }] };
    expect(redact(fields)).toBe(fields);
  });

  it('changes a copy, never what it was given', () => {
    const fields = { a: { password: 'x' } };
    expect(redact(fields)).toEqual({ a: { password: '[redacted]' } });
    expect(fields).toEqual({ a: { password: 'x' } });
  });

  it.each([
    [{ to: '01012345678' }],
    [{ to: '010-1234-5678' }],
    [{ from: 1_012_345_678 }],
    [{ to: 'sms to 01012345678' }],
    [{ key: 'k' }],
    [{ text: 'hello' }],
  ])('hides %j', (fields) => {
    expect(Object.values(redact(fields))).toEqual(['[redacted]']);
  });

  it.each([
    [{ to: 'ready' }],
    [{ from: '010****5678' }],
    [{ to: undefined }],
    [{ wireId: '12345678901234567890' }],
  ])('leaves %j', (fields) => {
    expect(redact(fields)).toBe(fields);
  });

  it('walks lists and objects, and prints nothing that lies deeper than it looks', () => {
    expect(redact({ list: [{ text: 'x' }, 1] })).toEqual({ list: [{ text: '[redacted]' }, 1] });
    expect(redact({ a: { b: { c: { d: { text: 'x' } } } } })).toEqual({
      a: { b: { c: { d: '[redacted]' } } },
    });
  });

  it('leaves errors to the serializer', () => {
    const error = new Error('lost');
    expect(redact({ err: error }).err).toBe(error);
  });

  it('ends on an object that holds itself', () => {
    const loop: { self?: unknown } = {};
    loop.self = loop;
    expect(JSON.stringify(redact(loop))).toBe('{"self":{"self":{"self":{"self":"[redacted]"}}}}');
  });
});
