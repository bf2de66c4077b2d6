export { type RemovalAnswer, removeWaiting } from './acknowledge.js';
export type { Batch, BatchPlan } from './batches.js';
export { planBatches } from './batches.js';
export type { MessageQueue } from './catalogue.js';
export {
  EVENTS_QUEUE,
  gatewayQueue,
  isUrgent,
  JOB,
  JOB_PRIORITY,
  LOCK_DURATION_MS,
  messageJobId,
  messageQueues,
  queueName,
  RESULTS_QUEUE,
  RETENTION,
  resultJobId,
  resultQueue,
  sendQueue,
  stepQueue,
  WEBHOOKS_QUEUE,
} from './catalogue.js';
export type { ConnectionRole, RedisConnection, RedisLocation, TlsLocation } from './connection.js';
export { connectRedis, prefixAt } from './connection.js';
export { RedisMismatch, RedisUnreachable, redisReady } from './connection-ready.js';
export type { ConnectionOptions } from './connection-redis.js';
export type { NodeAddress } from './connection-slot-owner.js';
export type { FleetCatalogue } from './fleet-catalogue.js';
export { parseCatalogue, queuesOfCatalogue } from './fleet-catalogue.js';
export type { Enqueue, GatewayJob, JobEnd, PulledJob } from './jobs.js';
export { isGatewayJob } from './jobs.js';
export type { QueueDepth, StandingJob } from './look.js';
export { findInBatch, findMessageJobs, queueDepths } from './look.js';
export { type LeaveAnswer, leaveMoved } from './moved.js';
export type { Destination, ProducerOptions } from './producer.js';
export { messageJobOptions, Producer } from './producer.js';
export type { PullerOptions } from './puller.js';
export { Puller } from './puller.js';
export type { TakenJob, TakeOptions } from './take.js';
export { takeJobs } from './take.js';
export type { WebhookJob } from './webhook-job.js';
export { isWebhookJob } from './webhook-job.js';
