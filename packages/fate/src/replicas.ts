import type { Redis } from 'ioredis';
import { StoreUnavailable } from './store-unavailable.js';

/** How long what was written may take to reach its replicas, ms. */
const REPLICA_LIMIT_MS = 1_000;

/**
 * Resolves once so many replicas hold everything that was written over this connection before.
 * @throws StoreUnavailable when fewer confirm it in time: it is written, but not as durably as it is to be
 */
export async function waitForReplicas(redis: Redis, count = 1): Promise<void> {
  const holding = await redis.wait(count, REPLICA_LIMIT_MS);
  if (holding < count) throw new StoreUnavailable(`${holding} of ${count} replicas confirmed the step`);
}
