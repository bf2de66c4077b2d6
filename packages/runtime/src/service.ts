import type { Clock } from '@pabal/session';
import type { Logger } from './logger.js';
import { OrderedShutdown } from './shutdown.js';
import { stopOnSignals } from './signals.js';

/** As much of `process` as a service needs. */
export interface ServiceHost {
  on(event: string, listener: (error: unknown) => void): unknown;
  exit(code: number): void;
}

export interface ServiceOptions {
  readonly host: ServiceHost;
  readonly clock: Clock;
  readonly log: Logger;
  /** For the whole shutdown, ms. */
  readonly deadlineMs: number;
  /** Stops, too, when the channel to the process that started this one closes: a tree leaves no orphans. */
  readonly stopWithParent?: boolean;
  /** Starts the work and adds the steps that end it, in their order. */
  readonly start: (shutdown: OrderedShutdown) => Promise<void>;
}

/**
 * Runs a service until it is told to stop. Answers the exit code: 0 when every step of the shutdown ended well, else 1.
 * Rejects with what the start threw, after the steps added until then. An error that nobody caught ends the process at
 * once, with code 1: what it left half done is for those who take over, not for a process in an unknown state.
 */
export async function runService(options: ServiceOptions): Promise<number> {
  const { host, clock, log, deadlineMs } = options;
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    host.on(event, (error) => {
      log.fatal({ err: error }, 'process.uncaught');
      host.exit(1);
    });
  }
  const shutdown = new OrderedShutdown({
    clock,
    deadlineMs,
    onStep: (step, outcome, ms) =>
      log[outcome === 'done' ? 'debug' : 'warn']({ step, outcome, ms: Math.round(ms) }, 'shutdown.step'),
  });
  let over = false;
  const ended = new Promise<number>((resolve) => {
    const onFailure = (error: unknown) => log.error({ err: error }, 'shutdown.failed');
    stopOnSignals(shutdown, {
      source: host,
      exit: resolve,
      onSignal: (signal, meaning) => log.info({ signal, meaning }, 'process.signal'),
      onFailure,
    });
    if (!options.stopWithParent) return;
    host.on('disconnect', () => {
      if (over) return; // a process that has ended closes the channel itself
      log.warn({}, 'process.parentGone');
      shutdown.run().then(
        () => resolve(0),
        (error: unknown) => {
          onFailure(error);
          resolve(1);
        },
      );
    });
  });
  try {
    await options.start(shutdown);
  } catch (error) {
    if (shutdown.started) return ended; // told to stop while starting: that is why it failed
    await shutdown.run().catch((failure: unknown) => log.error({ err: failure }, 'shutdown.failed'));
    over = true;
    throw error;
  }
  log.info({ pid: process.pid }, 'process.started');
  const code = await ended;
  over = true;
  log.info({ code }, 'process.stopped');
  return code;
}
