import type { Store } from './store.js';

/** What all workers remember together for a while, for one gateway. It may forget at any time. */
export interface SharedMemory {
  recall(key: string): Promise<string | undefined>;
  remember(key: string, value: string, forMs: number): Promise<void>;
  forget(key: string): Promise<void>;
}

/**
 * The memory that the workers of a fleet share in Redis. It fails softly, since all that depends on it can be done
 * again: while Redis is away nothing is known, and nothing is kept.
 */
export function sharedMemory(store: Store, gateway: string): SharedMemory {
  const { redis, keys } = store;
  return {
    async recall(key) {
      const value = await redis.get(keys.memory(gateway, key)).catch(() => null);
      return value ?? undefined;
    },
    async remember(key, value, forMs) {
      await redis.set(keys.memory(gateway, key), value, 'PX', forMs).catch(() => undefined);
    },
    async forget(key) {
      await redis.del(keys.memory(gateway, key)).catch(() => undefined);
    },
  };
}
