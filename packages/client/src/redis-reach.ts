import { isConnectionError, type Store } from '@pabal/fate';
import type { RedisConnection } from '@pabal/queues';
import { RedisUnavailable } from './errors.js';

/** Runs operations on Redis within their time, and says plainly when Redis is the reason that one failed. */
export class RedisReach {
  readonly #redis: Pick<RedisConnection, 'status'>;
  readonly #store: Pick<Store, 'state'>;
  readonly #timeoutMs: number;

  constructor(redis: Pick<RedisConnection, 'status'>, store: Pick<Store, 'state'>, timeoutMs: number) {
    this.#redis = redis;
    this.#store = store;
    this.#timeoutMs = timeoutMs;
  }

  /** @throws RedisUnavailable without a connection */
  assertReady(): void {
    if (this.#redis.status !== 'ready' || this.#store.state !== 'open') {
      throw new RedisUnavailable('there is no connection');
    }
  }

  /** @throws RedisUnavailable the operation may have been carried out all the same */
  async run<T>(operation: () => Promise<T>): Promise<T> {
    this.assertReady();
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      const late = () => reject(new RedisUnavailable(`no answer within ${this.#timeoutMs} ms`));
      timer = setTimeout(late, this.#timeoutMs);
    });
    try {
      return await Promise.race([operation(), limit]);
    } catch (error) {
      if (isConnectionError(error) || (error instanceof Error && error.message === 'Command timed out')) {
        throw new RedisUnavailable('the connection was lost', { cause: error });
      }
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}
