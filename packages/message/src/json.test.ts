import { describe, expect, it } from '@jest/globals';
import { jsonExcess } from './json.js';
import { parseMessage } from './parse-message.js';

const bounds = { depth: 3, values: 4, characters: 10 };
const sms = { id: 'a', channel: 'sms', to: '01012345678', from: '15881234', text: 'x' };

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

describe('jsonExcess', () => {
  it.each<[unknown, string | undefined]>([
    [nested(3), undefined],
    [nested(4), 'too-deep'],
    [[1, 2, 3, 4], undefined],
    [[1, 2, 3, 4, 5], 'too-many'],
    [{ abcde: 'fghij' }, undefined],
    [{ abcdef: 'fghij' }, 'too-long'],
    ['12345678901', 'too-long'],
    [[Number.POSITIVE_INFINITY], 'type'],
    [1n, 'type'],
    [[null, true, undefined, 1.5], undefined],
  ])('finds in %p: %p', (value, rule) => {
    expect(jsonExcess(value, bounds)?.rule).toBe(rule);
  });

  it('shows every string and name within the bounds, and none beyond', () => {
    const seen: string[] = [];
    jsonExcess({ a: ['b', 'x'.repeat(10)] }, bounds, (text) => seen.push(text));
    expect(seen.join('').length).toBeLessThanOrEqual(11);
    expect(seen).toContain('a');
  });

  it('ends on a circle and on a hundred thousand levels', () => {
    const circle: unknown[] = [];
    circle.push(circle);
    expect(jsonExcess(circle, bounds)?.rule).toBe('too-deep');
    expect(jsonExcess(nested(100_000), bounds)?.rule).toBe('too-deep');
  });
});

describe('the door', () => {
  it('refuses what is too deep or too large by its field, and never throws', () => {
    const refused = (more: object) => {
      const parsed = parseMessage({ ...sms, ...more });
      return parsed.ok ? [] : parsed.problems.map(({ field, rule, limit }) => [field, rule, limit]);
    };
    expect(refused({ kakao: nested(100_000) })).toEqual([['kakao', 'too-deep', 16]]);
    expect(refused({ fallback: Array.from({ length: 4001 }, () => 1) })).toEqual([
      ['fallback', 'too-many', 4000],
    ]);
    expect(refused({ userData: 'x'.repeat(1_000_001) })).toEqual([['userData', 'too-long', 1_000_000]]);
  });

  it('lists fifty problems and the number of all', () => {
    const unknown = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`field${index}`, 1]));
    const parsed = parseMessage({ ...sms, ...unknown });
    if (parsed.ok) throw new Error('unknown fields passed');
    expect(parsed.problems).toHaveLength(51);
    expect(parsed.problems[50]).toMatchObject({ field: 'message', rule: 'too-many', limit: 50, actual: 60 });
  });
});
