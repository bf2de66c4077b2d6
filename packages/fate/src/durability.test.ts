import { describe, expect, it } from '@jest/globals';
import { type Durability, judgeDurability, type RedisSettings } from './durability.js';

const good: RedisSettings = {
  version: '7.0.15',
  appendOnly: true,
  appendFsync: 'always',
  evictionPolicy: 'noeviction',
  replicas: 1,
};

const judge = (wanted: Durability, change: Partial<RedisSettings> = {}) =>
  judgeDurability(wanted, { ...good, ...change });

describe('judgeDurability', () => {
  it.each<[Durability, Partial<RedisSettings>, boolean, RegExp]>([
    ['fsync', {}, false, /loses nothing/],
    ['fsync', { appendFsync: 'everysec' }, true, /may lose the last second/],
    ['fsync', { appendFsync: 'no' }, true, /appendfsync no/],
    ['fsync', { appendOnly: false }, true, /since its last snapshot/],
    ['replica', {}, false, /a failover loses only what no replica has/],
    ['replica', { replicas: 0 }, true, /no replica connected/],
    [
      'memory',
      { appendOnly: false, appendFsync: 'no', replicas: 0 },
      false,
      /may lose what it had not yet written/,
    ],
  ])('%s with %j says in its first line what may be lost', (wanted, change, blocking, text) => {
    const findings = judge(wanted, change);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toEqual({ blocking, text: expect.stringMatching(text) });
  });

  it('says of a Redis that tells nothing that it is not known to keep its promise', () => {
    const { appendFsync: _, ...silent } = good;
    expect(judgeDurability('fsync', silent)).toEqual([
      { blocking: true, text: expect.stringContaining('appendfsync unknown') },
    ]);
  });

  it.each<[Durability, boolean]>([
    ['fsync', true],
    ['memory', true],
    ['replica', false],
  ])('where another server may take over, %s says what a failover loses: %s', (wanted, said) => {
    const findings = judgeDurability(wanted, good, true);
    expect(findings.some(({ text }) => text.includes('a failover loses what the replica had not yet'))).toBe(
      said,
    );
  });

  it.each(['allkeys-lru', 'volatile-ttl'])('objects to the eviction policy %s', (evictionPolicy) => {
    expect(judge('memory', { evictionPolicy })).toContainEqual({
      blocking: true,
      text: expect.stringContaining(evictionPolicy),
    });
  });

  it.each([
    ['5.0.7', true],
    ['6.0.16', true],
    ['6.2.0', false],
    ['7.0.15', false],
    ['10.1.0', false],
    ['unknown', false],
  ])('of version %s: too old is %s', (version, tooOld) => {
    expect(judge('fsync', { version }).some(({ text }) => text.includes('older than 6.2'))).toBe(tooOld);
  });
});
