export type { RedisSource } from './candidates.js';
export { type ClusterOptions, type PrivateCluster, startPrivateCluster } from './cluster.js';
export { RedisStartFailed, RedisUnavailable } from './errors.js';
export {
  type FindOptions,
  findRedis,
  type LocalRedis,
  type StartOptions,
  startPrivateRedis,
} from './find.js';
export { freePort } from './port.js';
export type { PrivateRedis, PrivateRedisOptions } from './private-redis.js';
export { type PrivateSentinel, type SentinelOptions, startSentinel } from './sentinel.js';
export type { ServerSettings } from './server-arguments.js';
