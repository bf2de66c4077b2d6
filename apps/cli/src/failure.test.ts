import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { MessageRefused, RedisUnavailable } from '@pabal/client';
import { RedisUnreachable } from '@pabal/queues';
import { ConfigError } from '@pabal/runtime';
import { CliFailure, problemLine, tell, UsageError } from './failure.js';

describe('what is said of a failure', () => {
  it('is every mistake of a configuration, with exit code 2', () => {
    const error = new ConfigError('my.yaml', [
      { path: 'gateways', message: 'is required' },
      { path: 'board.port', message: 'is too large' },
    ]);
    expect(tell(error)).toEqual({
      lines: ['my.yaml has 2 mistakes', '  gateways: is required', '  board.port: is too large'],
      exit: 2,
    });
  });

  it('is every rule that a message breaks', () => {
    const error = new MessageRefused([{ field: 'to', rule: 'required', message: 'to is required' }]);
    expect(tell(error)).toEqual({ lines: ['to is required'], exit: 1 });
  });

  it('says what to do when there is no Redis', () => {
    const { lines, exit } = tell(new RedisUnreachable('Redis at 127.0.0.1:1 did not answer within 5 ms'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('Start Redis, or set redis.url');
    expect(exit).toBe(1);
  });

  it('asks for the password when Redis is there and refuses the login', () => {
    const cause = new Error('NOAUTH Authentication required.');
    const { lines } = tell(
      new RedisUnreachable('Redis at 127.0.0.1:1 refuses the login (NOAUTH)', { cause }),
    );
    expect(lines).toEqual([
      'Redis at 127.0.0.1:1 refuses the login (NOAUTH). Set redis.password (and redis.username, if it has users) in the configuration.',
    ]);
  });

  it('says nothing to a reader that is gone, and that is no failure', () => {
    expect(tell(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))).toEqual({ lines: [], exit: 0 });
  });

  it('names the address that the board cannot have, and the options to change', async () => {
    const first = createServer();
    await new Promise<void>((resolve) => first.listen(0, '127.0.0.1', resolve));
    const address = first.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const second = createServer();
    const error = await new Promise<Error>((resolve) => {
      second.on('error', resolve).listen(address.port, '127.0.0.1');
    });
    first.close();
    const said = `127.0.0.1:${address.port} cannot be listened on (EADDRINUSE). Set host and port of board or api; 0 takes a free port.`;
    expect(tell(error)).toEqual({ lines: [said], exit: 1 });
  });

  it.each([
    [new UsageError('what?'), 2],
    [new CliFailure('no'), 1],
    [new RedisUnavailable('gone'), 1],
  ])('is one plain line for %s', (error, exit) => {
    expect(tell(error)).toEqual({ lines: [error.message], exit });
  });

  it('shows where a mistake of ours happened', () => {
    expect(tell(new TypeError('undefined is not a function')).lines[0]).toContain('failure.test');
  });
});

describe('a problem', () => {
  it.each([
    [{ field: 'to', rule: 'r', message: 'to is required' }, 'to is required'],
    [
      { field: 'route', rule: 'r', message: 'no such route', limit: 'default' },
      'route: no such route (limit default)',
    ],
    [
      { field: 'to', rule: 'r', message: 'to must have 11 digits', limit: 11, actual: 9 },
      'to must have 11 digits (given 9)',
    ],
    [
      { field: 'text', rule: 'r', message: 'text has characters that CP949 lacks', limit: 'cp949' },
      'text has characters that CP949 lacks',
    ],
  ])('is read with the sizes that its message does not name', (problem, line) => {
    expect(problemLine(problem)).toBe(line);
  });
});
