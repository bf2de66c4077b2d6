import { describe, expect, it } from '@jest/globals';
import { findExecutable, isRecentEnough, parseVersion } from './executable.js';

describe('parseVersion', () => {
  it('reads what Redis and Valkey print', () => {
    expect(parseVersion('Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=1')).toBe(
      '7.0.15',
    );
    expect(parseVersion('Valkey server v=8.1.1 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64')).toBe('8.1.1');
  });

  it('is empty for anything else', () => {
    expect(parseVersion('')).toBe('');
    expect(parseVersion('command not found')).toBe('');
  });
});

describe('isRecentEnough', () => {
  it.each(['6.2', '6.2.14', '7.0.15', '10.0'])('takes %s', (version) => {
    expect(isRecentEnough(version)).toBe(true);
  });

  it.each(['6.0.16', '5.0.7', '', 'nonsense'])('refuses "%s"', (version) => {
    expect(isRecentEnough(version)).toBe(false);
  });
});

describe('findExecutable', () => {
  it('finds nothing where PATH is empty or leads nowhere', async () => {
    expect(await findExecutable('redis-server', {})).toBeUndefined();
    expect(await findExecutable('redis-server', { PATH: '/nowhere::/nor/here' })).toBeUndefined();
  });
});
