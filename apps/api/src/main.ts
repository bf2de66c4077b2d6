import { GATEWAY_KINDS } from '@pabal/fleet';
import { createLogger, loadConfig, runService } from '@pabal/runtime';
import { systemClock } from '@pabal/session';
import { startApi } from './api.js';

/** Requests under way, and connections; ms. */
const CLOSING_MS = 10_000;

export interface ApiArguments {
  /** The configuration file; default `PABAL_CONFIG`, else `./pabal.config.yaml`. */
  readonly config?: string;
  /** Stop when the process that started this one goes; for process trees. */
  readonly withParent?: boolean;
}

/**
 * The HTTP API as a process. Runs until SIGTERM or SIGINT and answers the exit code. Logs JSON lines to standard output.
 * @throws ConfigError with every mistake of the configuration
 */
export async function runApi({ config: path, withParent = false }: ApiArguments = {}): Promise<number> {
  const config = loadConfig({
    env: process.env,
    kinds: GATEWAY_KINDS,
    ...(path === undefined ? {} : { path }),
  });
  const log = createLogger({ level: config.logging.level, name: 'api', gathered: true });
  return runService({
    host: process,
    clock: systemClock,
    log,
    deadlineMs: CLOSING_MS,
    stopWithParent: withParent,
    start: async (shutdown) => {
      const api = await startApi({ config, log });
      shutdown.add('close api', (signal) => api.close(signal));
    },
  });
}
