import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { mistakesOf, plainWords } from './zod-mistakes.js';

const schema = z.strictObject({
  port: z.int().min(1).max(65_535).optional(),
  host: z.string().min(1).max(6).optional(),
  nodes: z.array(z.string()).min(1).max(2).optional(),
  policy: z.enum(['balance', 'failover']).optional(),
  mode: z.literal('plain').optional(),
  tls: z.boolean().optional(),
  crypto: z.strictObject({}).optional(),
  reseller: z
    .string()
    .regex(/^\d{9}$/, 'must be 9 digits')
    .optional(),
});

function mistakes(input: unknown): string[] {
  const parsed = schema.safeParse(input, { error: plainWords });
  if (parsed.success) return [];
  return mistakesOf(parsed.error, [], input).map(({ path, message }) => `${path}: ${message}`);
}

describe('a mistake that a schema has no words of its own for', () => {
  it.each([
    [{ port: 70_000 }, 'port: must be at most 65535'],
    [{ port: 0 }, 'port: must be at least 1'],
    [{ port: 1.5 }, 'port: must be a whole number'],
    [{ port: 'many' }, 'port: must be a number'],
    [{ host: '' }, 'host: must have at least 1 character'],
    [{ host: 'seven77' }, 'host: must have at most 6 characters'],
    [{ host: 7 }, 'host: must be text'],
    [{ nodes: [] }, 'nodes: must have at least 1 entry'],
    [{ nodes: ['a', 'b', 'c'] }, 'nodes: must have at most 2 entries'],
    [{ nodes: 'a' }, 'nodes: must be a list'],
    [{ policy: 'random' }, 'policy: must be one of balance, failover'],
    [{ mode: 'secret' }, 'mode: must be plain'],
    [{ tls: 'maybe' }, 'tls: must be true or false'],
    [{ crypto: 'none' }, 'crypto: must be a block of options'],
  ])('is told plainly: %j', (input, said) => {
    expect(mistakes(input)).toEqual([said]);
  });

  it('does not replace the words that a schema has', () => {
    expect(mistakes({ reseller: '12' })).toEqual(['reseller: must be 9 digits']);
  });
});
