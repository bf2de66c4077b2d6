import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '@pabal/session';
import { createLogger } from './logger.js';
import { runService, type ServiceOptions } from './service.js';

class Host extends EventEmitter {
  readonly exits: number[] = [];
  exit(code: number): void {
    this.exits.push(code);
  }
}

function service(start: ServiceOptions['start'], more: Partial<ServiceOptions> = {}) {
  const host = new Host();
  const lines: string[] = [];
  const log = createLogger({
    level: 'debug',
    name: 'test',
    destination: { write: (line) => void lines.push(line) },
  });
  const code = runService({ host, clock: new FakeClock(), log, deadlineMs: 1_000, start, ...more });
  return { host, code, lines };
}

describe('a service', () => {
  it('runs its shutdown steps in order on SIGTERM and ends with 0', async () => {
    const order: string[] = [];
    const { host, code } = service(async (shutdown) => {
      shutdown.add('role', () => void order.push('role'));
      shutdown.add('close', () => void order.push('close'));
    });
    host.emit('SIGTERM');
    expect(await code).toBe(0);
    expect(order).toEqual(['role', 'close']);
  });

  it('ends with 1 and says why when a step failed', async () => {
    const { host, code, lines } = service(async (shutdown) => {
      shutdown.add('role', () => Promise.reject(new Error('stuck')));
    });
    host.emit('SIGINT');
    expect(await code).toBe(1);
    expect(lines.join('')).toContain('shutdown.failed');
  });

  it('stops when its parent goes, if it was started to', async () => {
    const order: string[] = [];
    const { host, code } = service(async (shutdown) => shutdown.add('role', () => void order.push('role')), {
      stopWithParent: true,
    });
    host.emit('disconnect');
    expect(await code).toBe(0);
    expect(order).toEqual(['role']);
  });

  it('says nothing of its parent when the channel closes after the end', async () => {
    const { host, code, lines } = service(async () => {}, { stopWithParent: true });
    host.emit('SIGTERM');
    await code;
    host.emit('disconnect');
    expect(lines.join('')).not.toContain('process.parentGone');
  });

  it('says nothing of its parent either when it could not start', async () => {
    const { host, code, lines } = service(() => Promise.reject(new Error('no Redis')), {
      stopWithParent: true,
    });
    await expect(code).rejects.toThrow('no Redis');
    host.emit('disconnect');
    expect(lines.join('')).not.toContain('process.parentGone');
  });

  it('undoes what it had started and hands on the error when the start fails', async () => {
    const order: string[] = [];
    const { code } = service(async (shutdown) => {
      shutdown.add('close', () => void order.push('close'));
      throw new Error('no Redis');
    });
    await expect(code).rejects.toThrow('no Redis');
    expect(order).toEqual(['close']);
  });

  it('logs an error that nobody caught and exits at once', async () => {
    const { host, code, lines } = service(async () => {});
    host.emit('uncaughtException', new Error('a mistake of ours'));
    expect(host.exits).toEqual([1]);
    expect(lines.join('')).toContain('process.uncaught');
    host.emit('SIGTERM');
    await code;
  });
});
