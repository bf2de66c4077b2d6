import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '@pabal/session';
import { OrderedShutdown } from './shutdown.js';
import { stopOnSignals } from './signals.js';

/** Lets every promise that can go on do so. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

function create() {
  const clock = new FakeClock();
  const ran: string[] = [];
  const steps: string[] = [];
  const shutdown = new OrderedShutdown({
    clock,
    deadlineMs: 10_000,
    graceMs: 100,
    onStep: (step, outcome, ms) => void steps.push(`${step} ${outcome} ${ms}`),
  });
  return { clock, ran, steps, shutdown };
}

const forever = () => new Promise<void>(() => {});

describe('OrderedShutdown', () => {
  it('runs its steps in order, each after the one before has ended', async () => {
    const { clock, ran, steps, shutdown } = create();
    shutdown.add('pull', () => new Promise<void>((resolve) => void clock.after(50, resolve)));
    shutdown.add('drain', () => void ran.push('drain'));
    const done = shutdown.run();
    await settle();
    expect(ran).toEqual([]);
    clock.advance(50);
    await done;
    expect(ran).toEqual(['drain']);
    expect(steps).toEqual(['pull done 50', 'drain done 0']);
  });

  it('leaves no timer behind', async () => {
    const { clock, shutdown } = create();
    shutdown.add('a', () => {});
    await shutdown.run();
    expect(clock.armed).toBe(0);
  });

  it('runs every step although some fail, and tells of all failures together', async () => {
    const { ran, steps, shutdown } = create();
    shutdown.add('throws', () => {
      throw new Error('one');
    });
    shutdown.add('rejects', () => Promise.reject(new Error('two')));
    shutdown.add('last', () => void ran.push('last'));
    const error = await shutdown.run().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AggregateError);
    expect((error as AggregateError).errors).toMatchObject([
      { code: 'shutdown-step', message: 'shutdown step throws failed', cause: { message: 'one' } },
      { code: 'shutdown-step', message: 'shutdown step rejects failed', cause: { message: 'two' } },
    ]);
    expect(ran).toEqual(['last']);
    expect(steps).toEqual(['throws failed 0', 'rejects failed 0', 'last done 0']);
  });

  it('aborts a step at the deadline, waits the grace, and goes on to the next', async () => {
    const { clock, ran, steps, shutdown } = create();
    const aborted: boolean[] = [];
    shutdown.add('stuck', (signal) => {
      signal.addEventListener('abort', () => aborted.push(true));
      return forever();
    });
    shutdown.add('next', () => void ran.push('next'));
    const done = shutdown.run().catch((reason: unknown) => reason);
    clock.advance(9_999);
    await settle();
    expect(aborted).toEqual([]);
    clock.advance(1);
    await settle();
    expect(aborted).toEqual([true]);
    expect(ran).toEqual([]);
    clock.advance(100);
    expect(await done).toMatchObject({ errors: [{ code: 'shutdown-timeout' }] });
    expect(ran).toEqual(['next']);
    expect(steps).toEqual(['stuck timeout 10100', 'next done 0']);
    expect(clock.armed).toBe(0);
  });

  it('gives a step that heeds the signal the time to end well', async () => {
    const { clock, steps, shutdown } = create();
    shutdown.add(
      'drain',
      (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
    );
    const done = shutdown.run();
    clock.advance(10_000);
    await done;
    expect(steps).toEqual(['drain done 10000']);
  });

  it('runs once, however often it is asked', async () => {
    const { ran, shutdown } = create();
    shutdown.add('a', () => void ran.push('a'));
    expect(shutdown.started).toBe(false);
    const first = shutdown.run();
    expect(shutdown.run()).toBe(first);
    expect(shutdown.started).toBe(true);
    await first;
    expect(ran).toEqual(['a']);
  });
});

describe('stopOnSignals', () => {
  function withSignals() {
    const created = create();
    const listeners = new Map<string, () => void>();
    const codes: number[] = [];
    const signals: string[] = [];
    const failures: unknown[] = [];
    stopOnSignals(created.shutdown, {
      source: { on: (signal, listener) => listeners.set(signal, listener) },
      exit: (code) => void codes.push(code),
      onSignal: (signal, meaning) => void signals.push(`${signal} ${meaning}`),
      onFailure: (error) => void failures.push(error),
    });
    const raise = async (signal: string) => {
      listeners.get(signal)?.();
      await settle();
    };
    return { ...created, codes, signals, failures, raise };
  }

  it('exits 0 after a shutdown without failures', async () => {
    const { ran, codes, raise, shutdown } = withSignals();
    shutdown.add('a', () => void ran.push('a'));
    await raise('SIGTERM');
    expect(ran).toEqual(['a']);
    expect(codes).toEqual([0]);
  });

  it('forces on the second signal: stuck steps get the grace, then exit 1', async () => {
    const { clock, ran, codes, signals, failures, raise, shutdown } = withSignals();
    shutdown.add('stuck', forever);
    shutdown.add('flush', () => void ran.push('flush'));
    await raise('SIGTERM');
    await raise('SIGINT');
    clock.advance(100);
    await settle();
    expect(signals).toEqual(['SIGTERM stop', 'SIGINT force']);
    expect(ran).toEqual(['flush']);
    expect(codes).toEqual([1]);
    expect(failures).toMatchObject([{ errors: [{ code: 'shutdown-timeout' }] }]);
  });
});
