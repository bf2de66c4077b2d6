import { GATEWAY_KINDS } from '@pabal/fleet';
import { createLogger, loadConfig, runService } from '@pabal/runtime';
import { systemClock } from '@pabal/session';
import { startBoard } from './board.js';

/** Answers under way and connections; ms. */
const CLOSING_MS = 5_000;

export interface BoardArguments {
  /** The configuration file; default `PABAL_CONFIG`, else `./pabal.config.yaml`. */
  readonly config?: string;
  /** Stop when the process that started this one goes; for process trees. */
  readonly withParent?: boolean;
}

/**
 * The board: a web page that shows the queues of the fleet, masked and without a way to change them. Runs until SIGTERM
 * or SIGINT and answers the exit code. Logs JSON lines to standard output.
 * @throws ConfigError with every mistake of the configuration
 */
export async function runBoard({ config: path, withParent = false }: BoardArguments = {}): Promise<number> {
  const config = loadConfig({
    env: process.env,
    kinds: GATEWAY_KINDS,
    ...(path === undefined ? {} : { path }),
  });
  const log = createLogger({ level: config.logging.level, name: 'board' });
  return runService({
    host: process,
    clock: systemClock,
    log,
    deadlineMs: CLOSING_MS,
    stopWithParent: withParent,
    start: async (shutdown) => {
      const board = await startBoard({ config, log });
      shutdown.add('close board', () => board.close());
    },
  });
}
