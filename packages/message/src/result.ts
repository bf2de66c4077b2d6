import { z } from 'zod';
import { CHANNELS, type Channel } from './channel.js';
import type { Problem } from './problem.js';
import { REASONS, type ReasonCode } from './reasons.js';

export const RESULT_STATUSES = ['delivered', 'failed', 'expired', 'cancelled', 'unknown'] as const;

/** `unknown`: it may or may not have reached the recipient, and nobody will ever say. */
export type ResultStatus = (typeof RESULT_STATUSES)[number];

/** One submit to one gateway, as a result lists it. Times are ISO 8601. */
export interface ResultAttempt {
  readonly channel: Channel;
  readonly gateway: string;
  readonly wireId: string;
  /** Verbatim code of the last answer or report of this attempt. */
  readonly gatewayCode?: string;
  readonly reason?: ReasonCode;
  /** When it was first written, or may have been. */
  readonly at: string;
  readonly acceptedAt?: string;
  readonly reportedAt?: string;
}

/** The one final result of a message. Times are ISO 8601. */
export interface ResultV1 {
  readonly v: 1;
  /** The message's id; of an unreadable job, the job's. */
  readonly id: string;
  readonly ref?: string;
  readonly status: ResultStatus;
  readonly reason: {
    readonly code: ReasonCode;
    readonly message: { readonly ko: string; readonly en: string };
  };
  readonly retryable: boolean;
  /** The channel that got through, else the last one tried. */
  readonly channel: Channel;
  readonly gateway?: string;
  /** Verbatim. */
  readonly gatewayCode?: string;
  /** SKT, KTF, LGT, …, verbatim. */
  readonly carrier?: string;
  readonly attempts: readonly ResultAttempt[];
  readonly times: {
    readonly enqueued?: string;
    readonly sent?: string;
    readonly accepted?: string;
    readonly delivered?: string;
    readonly reported?: string;
  };
  readonly userData?: string;
  /** Of `invalid-message` and `unsupported-channel`: every rule that was broken. */
  readonly problems?: readonly Problem[];
}

const time = z.iso.datetime({ offset: true });
const reasonCode = z.enum(Object.keys(REASONS) as [ReasonCode, ...ReasonCode[]]);
const size = z.union([z.number(), z.string()]);

/** Result v1, as it stands in a results queue. */
export const resultV1 = z.strictObject({
  v: z.literal(1),
  id: z.string().min(1).max(200),
  ref: z.string().optional(),
  status: z.enum(RESULT_STATUSES),
  reason: z.strictObject({ code: reasonCode, message: z.strictObject({ ko: z.string(), en: z.string() }) }),
  retryable: z.boolean(),
  channel: z.enum(CHANNELS),
  gateway: z.string().optional(),
  gatewayCode: z.string().optional(),
  carrier: z.string().optional(),
  attempts: z.array(
    z.strictObject({
      channel: z.enum(CHANNELS),
      gateway: z.string(),
      wireId: z.string(),
      gatewayCode: z.string().optional(),
      reason: reasonCode.optional(),
      at: time,
      acceptedAt: time.optional(),
      reportedAt: time.optional(),
    }),
  ),
  times: z.strictObject({
    enqueued: time.optional(),
    sent: time.optional(),
    accepted: time.optional(),
    delivered: time.optional(),
    reported: time.optional(),
  }),
  userData: z.string().optional(),
  problems: z
    .array(
      z.strictObject({
        field: z.string(),
        rule: z.string(),
        message: z.string(),
        limit: size.optional(),
        actual: size.optional(),
      }),
    )
    .optional(),
});
