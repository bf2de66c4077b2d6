import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { MAX_BATCH_MESSAGES, parseBatch, problemOfMember } from './batch.js';
import { toJsonSchema } from './json-schema.js';

const message = { id: 'a', channel: 'sms', to: '01012345678', from: '15881234', text: '안내' };

function refusalOf(input: unknown): [string, string][] {
  const parsed = parseBatch(input);
  if (parsed.ok) throw new Error('it was taken');
  return parsed.problems.map(({ field, rule }) => [field, rule]);
}

describe('a batch', () => {
  it('holds its members as they came, also those that are no messages', () => {
    const messages = [message, { text: 7 }, null, 'x'];
    expect(parseBatch({ v: 1, messages })).toEqual({ ok: true, messages });
  });

  it('takes as many members as it may have, and one', () => {
    expect(parseBatch({ messages: Array.from({ length: MAX_BATCH_MESSAGES }, () => message) }).ok).toBe(true);
    expect(parseBatch({ v: 1, messages: [message] }).ok).toBe(true);
  });

  it('is refused with one member too many, saying the limit and how many there are', () => {
    const parsed = parseBatch({ v: 1, messages: Array.from({ length: 1_001 }, () => message) });
    expect(parsed).toMatchObject({
      ok: false,
      problems: [{ field: 'messages', rule: 'too-long', limit: 1_000, actual: 1_001 }],
    });
  });

  it.each<[string, unknown, [string, string][]]>([
    ['without members', { v: 1, messages: [] }, [['messages', 'too-short']]],
    ['without messages', { v: 1 }, [['messages', 'required']]],
    ['with messages of another type', { v: 1, messages: 'x' }, [['messages', 'type']]],
    ['of another version', { v: 2, messages: [message] }, [['v', 'one-of']]],
    ['with an unknown field', { v: 1, messages: [message], route: 'x' }, [['route', 'unknown-field']]],
    ['that is a list', [message], [['message', 'type']]],
    ['that is null', null, [['message', 'type']]],
  ])('is none %s', (_name, input, problems) => {
    expect(refusalOf(input)).toEqual(problems);
  });
});

describe('the problem of a member', () => {
  it('names the member’s place before the field, and alone for the whole member', () => {
    const problem = { field: 'kakao.buttons.0', rule: 'required', message: 'is required' };
    expect(problemOfMember(17, problem).field).toBe('messages.17.kakao.buttons.0');
    expect(problemOfMember(0, { ...problem, field: 'message' }).field).toBe('messages.0');
    expect(problemOfMember(17, problem)).toMatchObject({ rule: 'required', message: 'is required' });
  });
});

describe('the JSON Schema of a batch', () => {
  const schema = z.fromJSONSchema(toJsonSchema().batch as Parameters<typeof z.fromJSONSchema>[0]);

  it('takes messages, and refuses none, too many, and what is no message', () => {
    const taken = (messages: unknown[]) => schema.safeParse({ v: 1, messages }).success;
    expect(taken([message, message])).toBe(true);
    expect(taken([])).toBe(false);
    expect(taken(Array.from({ length: 1_001 }, () => message))).toBe(false);
    expect(taken([{ ...message, to: 7 }])).toBe(false);
  });
});
