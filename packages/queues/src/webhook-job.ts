import { type ResultV1, resultV1, type WebhookPart } from '@pabal/message';
import { z } from 'zod';

/** What stands in the queue `webhooks`: a result, where it goes, and what became of it so far. */
export interface WebhookJob {
  readonly v: 1;
  readonly webhook: WebhookPart;
  readonly result: ResultV1;
  /** Deliveries that were tried and failed. */
  readonly failures: number;
  /** Why the last of them failed: a status or a class of error, never the receiver's words. */
  readonly reason?: string;
  /** Epoch ms of the next try, where one failed. */
  readonly nextAt?: number;
  /** Epoch ms of the last replay: the time in which it is tried counts from here; absent: from when the job was made. */
  readonly since?: number;
}

const webhookJob = z.looseObject({
  v: z.literal(1),
  webhook: z.looseObject({ name: z.string(), url: z.string().optional() }),
  result: resultV1,
  failures: z.int().min(0),
  reason: z.string().optional(),
  nextAt: z.number().optional(),
  since: z.number().optional(),
});

/** Tells a webhook's job from what anybody else may have put into its queue. */
export function isWebhookJob(data: unknown): data is WebhookJob {
  return webhookJob.safeParse(data).success;
}
