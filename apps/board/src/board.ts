import { connectRedis, type RedisConnection, redisReady } from '@pabal/queues';
import { ConfigError, isLoopback, type Logger, type PabalConfig } from '@pabal/runtime';
import { type Clock, systemClock } from '@pabal/session';
import { bullBoardPlugin } from './bull-board.js';
import { isPasswordHash, passwordCheck } from './password.js';
import { boardQueueNames, openQueues, type QueueConfig } from './queues.js';
import { makeServer } from './server.js';

/** How long a starting board waits for Redis before it says that there is none. */
const REDIS_LIMIT_MS = 15_000;
const PING_LIMIT_MS = 1_000;

/** As much of a configuration as a board needs. */
export type BoardConfig = QueueConfig & Pick<PabalConfig, 'board' | 'redis'>;

export interface BoardOptions {
  readonly config: BoardConfig;
  readonly log: Logger;
  /** A connection of role `producer` that stays its owner's. Default: one of its own, from the configuration. */
  readonly connection?: RedisConnection;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/** A board that answers. */
export interface RunningBoard {
  /** `http://127.0.0.1:8081`, with the port that it got. */
  readonly url: string;
  /** Stops answering, then lets go of Redis. */
  close(): Promise<void>;
}

/** Why a board of this configuration must not be opened; each as the configuration's other mistakes are told. */
function refuse({ host, password, passwordHash }: PabalConfig['board']): void {
  const mistakes = [];
  if (password === undefined && passwordHash === undefined && !isLoopback(host)) {
    mistakes.push({ path: 'board.password', message: 'is required unless board.host is a loopback address' });
  }
  if (passwordHash !== undefined && !isPasswordHash(passwordHash)) {
    mistakes.push({
      path: 'board.passwordHash',
      message: 'must be $scrypt$ln=15,r=8,p=1$<salt>$<hash>, as hashPassword makes it',
    });
  }
  if (mistakes.length > 0) throw new ConfigError('the configuration', mistakes);
}

async function ping(connection: RedisConnection, clock: Clock): Promise<void> {
  let cancel = () => {};
  const late = new Promise<never>((_resolve, reject) => {
    cancel = clock.after(PING_LIMIT_MS, () => reject(new Error('Redis did not answer in time')));
  });
  try {
    await Promise.race([connection.ping(), late]);
  } finally {
    cancel();
  }
}

/**
 * Opens a board over every queue of the fleet. Queues of a route, gateway or reply queue that is configured later appear
 * with the next start.
 * @throws ConfigError where it would be open to others without a password, or the password's hash is none
 */
export async function startBoard({
  config,
  log,
  connection: given,
  clock = systemClock,
}: BoardOptions): Promise<RunningBoard> {
  const { board, redis } = config;
  refuse(board);
  const connection = given ?? connectRedis(redis, 'producer');
  const onError = (error: Error) => log.debug({ error: error.message }, 'redis.error');
  connection.on('error', onError);
  const release = () => {
    connection.off('error', onError);
    if (given === undefined) connection.disconnect();
  };
  let queues: ReturnType<typeof openQueues> = [];
  const closeQueues = async () => {
    await Promise.allSettled(queues.map((queue) => queue.close()));
    release();
  };
  try {
    await redisReady(connection, REDIS_LIMIT_MS);
    queues = openQueues(boardQueueNames(config), connection, redis.prefix);
    const check = passwordCheck(board);
    if (check === undefined) {
      log.warn(
        { host: board.host, note: 'no password is configured: only this machine may look' },
        'board.open',
      );
    }
    const app = makeServer({
      check,
      board: bullBoardPlugin({
        queues,
        withLogout: check !== undefined,
        onError: (error) => log.warn({ error: error.name }, 'board.failed'),
      }),
      ping: () => ping(connection, clock),
      clock,
      log,
    });
    const url = await app.listen({ host: board.host, port: board.port });
    log.info({ url, queues: queues.length }, 'board.listening');
    return {
      url,
      close: async () => {
        await app.close();
        await closeQueues();
      },
    };
  } catch (error) {
    await closeQueues();
    throw error;
  }
}
