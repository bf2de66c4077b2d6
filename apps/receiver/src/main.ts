import { bootMember, GATEWAY_KINDS, Receiver } from '@pabal/fleet';
import { createLogger, loadConfig, runService } from '@pabal/runtime';
import { systemClock } from '@pabal/session';

/** Beyond what the lines may take to drain: releasing leases, last results, closing connections; ms. */
const CLOSING_MS = 5_000;

export interface ReceiverArguments {
  /** The configuration file; default `PABAL_CONFIG`, else `./pabal.config.yaml`. */
  readonly config?: string;
  /** Stop when the process that started this one goes; for process trees. */
  readonly withParent?: boolean;
}

/**
 * The receiver role: owns the report sessions, settles by reports, and sweeps for the whole fleet. Runs until SIGTERM or SIGINT and
 * answers the exit code. Logs JSON lines to standard output.
 * @throws ConfigError with every mistake of the configuration
 */
export async function runReceiver({
  config: path,
  withParent = false,
}: ReceiverArguments = {}): Promise<number> {
  const config = loadConfig({
    env: process.env,
    kinds: GATEWAY_KINDS,
    ...(path === undefined ? {} : { path }),
  });
  const log = createLogger({ level: config.logging.level, name: 'receiver' });
  return runService({
    host: process,
    clock: systemClock,
    log,
    deadlineMs: config.fleet.drainLimit + CLOSING_MS,
    stopWithParent: withParent,
    start: async (shutdown) => {
      const booted = await bootMember(config, 'receiver', log);
      const role = new Receiver(booted.member);
      shutdown.add('stop receiver', () => role.stop());
      shutdown.add('close connections', () => booted.close());
      role.start();
    },
  });
}
