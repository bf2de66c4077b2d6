import { createHash } from 'node:crypto';

/**
 * Every key of the fate in Redis. All of them, and BullMQ's, start with the fleet's prefix; for Redis Cluster the
 * prefix carries a hash tag (`{pabal}`), so that one Lua step may touch any of them.
 */
export interface FateKeys {
  readonly prefix: string;
  /** Hash: the record of one message, later its tombstone. */
  record(id: string): string;
  /** String: the message id behind a wire id. Wire ids are unique within one account of one gateway. */
  wire(gateway: string, account: string, wireId: string): string;
  /** Sorted set: settled messages whose result is not yet known to be in its queue, by the time of settling. */
  readonly outbox: string;
  /** Sorted set: messages whose next step is not yet known to be in its queue, by the time at which the step before it ended. */
  readonly nextSteps: string;
  /** Sorted set: unsettled messages of a gateway by the report-path time at which they end `unknown`. */
  deadlines(gateway: string): string;
  /** Hash: the report path's clock of a gateway. */
  path(gateway: string): string;
  /** String with expiry: somebody sees this agent's report path up. */
  pathUp(gateway: string, account: string, agent: string): string;
  /** Sorted set: tombstones whose job still stands in a queue, by the time to look again. */
  readonly graves: string;
  /** Sorted set: reports whose wire id nobody knows, by the time they came. */
  readonly parked: string;
  /** String with expiry: who owns a resource. */
  lease(resource: string): string;
  /** String: the last fencing number given out for a resource. */
  leaseEpoch(resource: string): string;
  /** String with expiry: the last owner let go by itself, so a successor need not wait. */
  leaseReleased(resource: string): string;
  /** Hash with expiry: session names of a resource to the time (epoch ms) before which nobody may log them in. */
  rests(resource: string): string;
  /** String: the run of Redis that was last met, and since when. */
  readonly run: string;
  /** String, JSON: what the fleet tells producers about itself. */
  readonly catalogue: string;
  /** Sorted set: live processes of a role, by their last sign of life. */
  members(role: string): string;
  /** String with expiry, JSON: a gateway that is, or was just now, closed for new messages. */
  circuit(gateway: string): string;
  /** String with expiry: what a gateway is believed to remember, such as an image. */
  memory(gateway: string, key: string): string;
  /** Hash: what a recipient opted out of, opt-out number or `*` to the time. A key's name is no place for a number. */
  optOut(recipient: string): string;
  /** Sorted set with expiry: wire ids of an account's messages to a recipient in the last seconds, by the time of their claim. */
  recipientBurst(gateway: string, account: string, recipient: string): string;
  /** Sorted set: all opt-outs, `<recipient>/<opt-out number>`, by their time. */
  readonly optOuts: string;
  /** Hash: the batch that a message waits in, message id to `<queue>:<job id>`. */
  readonly batched: string;
  /** The lock that BullMQ holds on an active job. */
  jobLock(queue: string, jobId: string): string;
  job(queue: string, jobId: string): string;
  /** BullMQ's deduplication key of a queue. */
  deduplication(queue: string, id: string): string;
}

/** The key names under a prefix. */
export function fateKeys(prefix: string): FateKeys {
  return {
    prefix,
    record: (id) => `${prefix}:m:${id}`,
    wire: (gateway, account, wireId) => `${prefix}:w:${gateway}/${account}:${wireId}`,
    outbox: `${prefix}:outbox`,
    nextSteps: `${prefix}:next-steps`,
    deadlines: (gateway) => `${prefix}:deadlines:${gateway}`,
    path: (gateway) => `${prefix}:path:${gateway}`,
    pathUp: (gateway, account, agent) => `${prefix}:path-up:${gateway}/${account}/${agent}`,
    graves: `${prefix}:graves`,
    parked: `${prefix}:parked`,
    lease: (resource) => `${prefix}:lease:${resource}`,
    leaseEpoch: (resource) => `${prefix}:lease-epoch:${resource}`,
    leaseReleased: (resource) => `${prefix}:lease-released:${resource}`,
    rests: (resource) => `${prefix}:rests:${resource}`,
    run: `${prefix}:run`,
    catalogue: `${prefix}:catalogue`,
    members: (role) => `${prefix}:members:${role}`,
    circuit: (gateway) => `${prefix}:circuit:${gateway}`,
    memory: (gateway, key) => `${prefix}:memory:${gateway}:${key}`,
    optOut: (recipient) => `${prefix}:opt-out:${shortHash(recipient)}`,
    recipientBurst: (gateway, account, recipient) =>
      `${prefix}:burst:${gateway}/${account}:${shortHash(recipient)}`,
    optOuts: `${prefix}:opt-outs`,
    batched: `${prefix}:batched`,
    jobLock: (queue, jobId) => `${prefix}:${queue}:${jobId}:lock`,
    job: (queue, jobId) => `${prefix}:${queue}:${jobId}`,
    deduplication: (queue, id) => `${prefix}:${queue}:de:${id}`,
  };
}

/** 96 bits in base64url: enough to tell any two recipients apart. */
function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
