import { describe, expect, it } from '@jest/globals';
import { outboxSchema, outboxTableName, quoted } from './postgres-schema.js';

describe('the table of an outbox', () => {
  it.each(['pabal_outbox', 'shop.outbox', '_a', 'a'.repeat(48)])('may be called %s', (table) => {
    expect(outboxTableName(table)).toBe(table);
  });

  it.each(['', 'Outbox', 'a.b.c', 'a"b', 'a;b', '1a', 'a'.repeat(49), `${'a'.repeat(40)}.${'b'.repeat(40)}`])(
    'may not be called %j',
    (table) => {
      expect(() => outboxSchema(table)).toThrow(RangeError);
    },
  );

  it('is quoted part by part, and its indexes are named after it', () => {
    expect(quoted('shop.user')).toBe('"shop"."user"');
    const schema = outboxSchema('shop.user');
    expect(schema).toContain('CREATE TABLE IF NOT EXISTS "shop"."user" (');
    expect(schema).toContain('CREATE INDEX IF NOT EXISTS "user_due" ON "shop"."user"');
  });
});
