import { describe, expect, it } from '@jest/globals';
import { createLogger, type Logger, type LogLevel } from './logger.js';

function capture(level: LogLevel = 'info'): { log: Logger; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line)) };
  return { log: createLogger({ level, name: 'sender', destination }), lines };
}

describe('createLogger', () => {
  it('writes JSON lines with an ISO time, the level by name and the role', () => {
    const { log, lines } = capture();
    log.info({ gateway: 'smtnt' }, 'session.ready');
    expect(lines).toMatchObject([{ level: 'info', name: 'sender', gateway: 'smtnt', msg: 'session.ready' }]);
    expect(lines[0]?.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('keeps silent below its level', () => {
    const { log, lines } = capture('warn');
    log.info({}, 'a');
    log.warn({}, 'b');
    expect(lines.map(({ msg }) => msg)).toEqual(['b']);
  });

  it('carries the context of a child into every line, redacted alike', () => {
    const { log, lines } = capture();
    const child = log.child({ gateway: 'smtnt', password: 'hunter2' });
    child.child({ message: { text: 'hello' } }).info({}, 'a');
    expect(lines).toMatchObject([
      { gateway: 'smtnt', password: '[redacted]', message: { text: '[redacted]' } },
    ]);
  });

  it('redacts secrets, texts and numbers, at the top and inside objects', () => {
    const { log, lines } = capture();
    const message = { to: '01012345678', from: '02-1234-5678', text: '비밀', subject: '제목', userData: 'u' };
    const config = { crypto: { key: 'abcd', iv: 'efgh' }, password: 'hunter2' };
    log.info({ message, config, ...message }, 'slip');
    const printed = JSON.stringify(lines);
    for (const secret of ['01012345678', '1234-5678', '비밀', '제목', 'hunter2', 'abcd', 'efgh', '"u"']) {
      expect(printed).not.toContain(secret);
    }
  });

  it('leaves the states of a session and masked numbers readable', () => {
    const { log, lines } = capture();
    log.info({ from: 'loggingIn', to: 'ready', recipient: '010****5678', reason: 'x' }, 'session.changed');
    expect(lines).toMatchObject([{ from: 'loggingIn', to: 'ready', recipient: '010****5678' }]);
  });

  it('writes an error with its stack and its cause', () => {
    const { log, lines } = capture();
    log.error({ err: new Error('lost', { cause: new Error('reset') }) }, 'redis.lost');
    expect(lines).toMatchObject([
      { err: { type: 'Error', message: 'lost: reset', stack: expect.any(String) } },
    ]);
  });
});
