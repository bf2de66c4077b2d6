import { describe, expect, it } from '@jest/globals';
import { serverArguments } from './server-arguments.js';

/** The value that a server takes for an option: the last one given. */
function setting(args: readonly string[], name: string): string | undefined {
  const at = args.lastIndexOf(`--${name}`);
  return at === -1 ? undefined : args[at + 1];
}

describe('serverArguments', () => {
  it('asks for a server that loses no acknowledged write and evicts nothing', () => {
    const args = serverArguments();
    expect(setting(args, 'appendonly')).toBe('yes');
    expect(setting(args, 'appendfsync')).toBe('always');
    expect(setting(args, 'save')).toBe('');
    expect(setting(args, 'maxmemory-policy')).toBe('noeviction');
  });

  it('stamps the append-only file only when asked, since Redis 6 does not know the option', () => {
    expect(setting(serverArguments(), 'aof-timestamp-enabled')).toBeUndefined();
    expect(setting(serverArguments({ aofTimestamps: true }), 'aof-timestamp-enabled')).toBe('yes');
  });

  it("lets the caller's arguments win", () => {
    const args = serverArguments({ args: ['--appendfsync', 'everysec'] });
    expect(setting(args, 'appendfsync')).toBe('everysec');
  });
});
