import type { MessageV1 } from '@pabal/message';
import { z } from 'zod';

/** A job as a sender takes it. `data` is whatever a producer put there: not to be trusted. */
export interface PulledJob {
  readonly queue: string;
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
  /** BullMQ's lock token: a claim checks that it still holds. */
  readonly token: string;
  /** Epoch ms by the producer's clock. */
  readonly enqueuedAt: number;
  /** How often somebody began to work on it, this time included; absent where it is only looked at. */
  readonly starts?: number;
  /** Present when `data` is one member of a batch: its place there, from 0. The job is that of the whole batch. */
  readonly member?: number;
}

/** A message and the route it takes. */
export interface Enqueue {
  readonly message: MessageV1;
  readonly route: string;
  /** Epoch ms, where it was enqueued before in another job: what counts from then goes on. */
  readonly enqueuedAt?: number;
}

/** How the work on a job ended. */
export type JobEnd =
  /** Nothing is left to do in this queue: the job goes. */
  | { readonly kind: 'done' }
  /** Another job carries the message from here on: this one goes, unless the message was put back into it meanwhile. */
  | { readonly kind: 'moved' }
  /** Refused at the door: kept among the failed ones with its reason (fields and rules, never content). */
  | { readonly kind: 'failed'; readonly why: string; readonly data?: object }
  /** Not before this time (epoch ms, local clock). `data`, where it is given, is what it holds from now on. */
  | { readonly kind: 'delayed'; readonly until: number; readonly data?: object }
  /** Back to the head of its class, for whoever can take it. */
  | { readonly kind: 'handBack' }
  /** Somebody else has it: leave it alone. */
  | { readonly kind: 'lost' };

/**
 * What stands in the internal `to-…` queues, and of a fallback step in any: a message that was checked before, with what it
 * needs to keep.
 */
export interface GatewayJob {
  readonly v: 1;
  readonly message: MessageV1;
  /** Epoch ms; the first enqueueing, not this one. */
  readonly enqueuedAt: number;
  /** Route that it came by: where it may go when it is certainly not delivered here. */
  readonly route: string;
  /** True once the message may have been written: it must have a record, else it was settled long ago. */
  readonly uncertain: boolean;
  /** Present when `message` is a later step of the chain, and the steps after it: which one, from 1. */
  readonly step?: number;
  /** With `step`: the hash of the whole message as it was enqueued. */
  readonly payloadHash?: string;
}

const MAX_STEP = 5;

const gatewayJob = z.looseObject({
  v: z.literal(1),
  message: z.looseObject({ id: z.string() }),
  enqueuedAt: z.number(),
  route: z.string(),
  uncertain: z.boolean(),
  step: z.int().min(1).max(MAX_STEP).optional(),
  payloadHash: z.string().optional(),
});

/** Tells an internal job from what a raw client may have put into an internal queue. */
export function isGatewayJob(data: unknown): data is GatewayJob {
  const { success, data: job } = gatewayJob.safeParse(data);
  return success && (job.step === undefined) === (job.payloadHash === undefined);
}
