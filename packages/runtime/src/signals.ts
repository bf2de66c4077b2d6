import type { OrderedShutdown } from './shutdown.js';

const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** As much of `process` as this needs. */
export interface SignalSource {
  on(signal: (typeof STOP_SIGNALS)[number], listener: () => void): unknown;
}

export interface StopOptions {
  readonly source: SignalSource;
  /** Ends the process: 0 when every step ended well, else 1. */
  readonly exit: (code: 0 | 1) => void;
  /** Told about each signal before it is acted upon, and about what failed. */
  readonly onSignal?: (signal: string, meaning: 'stop' | 'force') => void;
  readonly onFailure?: (error: unknown) => void;
}

/** The first SIGTERM or SIGINT starts the shutdown, every further one forces it. */
export function stopOnSignals(shutdown: OrderedShutdown, options: StopOptions): void {
  const { source, exit, onSignal, onFailure } = options;
  for (const signal of STOP_SIGNALS) {
    source.on(signal, () => {
      onSignal?.(signal, shutdown.started ? 'force' : 'stop');
      if (shutdown.started) {
        shutdown.force();
        return;
      }
      shutdown.run().then(
        () => exit(0),
        (error: unknown) => {
          onFailure?.(error);
          exit(1);
        },
      );
    });
  }
}
