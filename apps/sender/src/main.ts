import { bootMember, GATEWAY_KINDS, Sender } from '@pabal/fleet';
import { createLogger, loadConfig, runService } from '@pabal/runtime';
import { systemClock } from '@pabal/session';

/** Beyond what the lines may take to drain: releasing leases, last results, closing connections; ms. */
const CLOSING_MS = 5_000;

export interface SenderArguments {
  /** The configuration file; default `PABAL_CONFIG`, else `./pabal.config.yaml`. */
  readonly config?: string;
  /** Stop when the process that started this one goes; for process trees. */
  readonly withParent?: boolean;
}

/**
 * The sender role: owns agents' SEND sessions and sends what waits in the queues. Runs until SIGTERM or SIGINT and
 * answers the exit code. Logs JSON lines to standard output.
 * @throws ConfigError with every mistake of the configuration
 */
export async function runSender({ config: path, withParent = false }: SenderArguments = {}): Promise<number> {
  const config = loadConfig({
    env: process.env,
    kinds: GATEWAY_KINDS,
    ...(path === undefined ? {} : { path }),
  });
  const log = createLogger({ level: config.logging.level, name: 'sender' });
  return runService({
    host: process,
    clock: systemClock,
    log,
    deadlineMs: config.fleet.drainLimit + CLOSING_MS,
    stopWithParent: withParent,
    start: async (shutdown) => {
      const booted = await bootMember(config, 'sender', log);
      const role = new Sender({ member: booted.member, workers: booted.workers() });
      shutdown.add('stop sender', () => role.stop());
      shutdown.add('close connections', () => booted.close());
      role.start();
    },
  });
}
