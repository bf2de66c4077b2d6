import type { FileError } from '@pabal/files';
import type { MessageV1, Problem } from '@pabal/message';
import type { SendManyReport } from './send-many-report.js';
import type { WebhookRefused } from './webhook.js';

/** A message that the fleet would not take. Nothing was enqueued. */
export class MessageRefused extends Error {
  readonly code = 'invalid-message';
  override readonly name = 'MessageRefused';
  /** Every rule that it breaks; never its content. */
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ field, message }) => `${field}: ${message}`).join('; '));
    this.problems = problems;
  }
}

/** What was under way when sending stopped. */
export interface Interrupted {
  /** Messages that may or may not be in their queue. Sending them again as they are is safe: repeats fold by their ids. */
  readonly pending: readonly MessageV1[];
  /** What `sendMany` had done before. */
  readonly report?: SendManyReport;
}

const NOTHING_PENDING: Interrupted = { pending: [] };

/** Redis did not take the command in time; it may have been carried out all the same. */
export class RedisUnavailable extends Error {
  readonly code = 'redis-unavailable';
  override readonly name = 'RedisUnavailable';
  readonly interrupted: Interrupted;

  constructor(why: string, options: ErrorOptions & { interrupted?: Interrupted } = {}) {
    super(`Redis is not available: ${why}`, options);
    this.interrupted = options.interrupted ?? NOTHING_PENDING;
  }
}

/** Redis is nearly full: new messages are refused, so that claims, reports and results can go on. */
export class MemoryGuardClosed extends Error {
  readonly code = 'out-of-memory-guard';
  override readonly name = 'MemoryGuardClosed';
  /** Share of maxmemory in use, 0 to 1. */
  readonly usedShare: number;
  readonly interrupted: Interrupted;

  constructor(usedShare: number, interrupted: Interrupted = NOTHING_PENDING) {
    super(`Redis uses ${Math.round(usedShare * 100)}% of its memory: new messages are refused above 80%`);
    this.usedShare = usedShare;
    this.interrupted = interrupted;
  }
}

/** Nobody knows a message of this id: no queue holds it, and it has no record (any longer). */
export class MessageNotFound extends Error {
  readonly code = 'not-found';
  override readonly name = 'MessageNotFound';

  constructor() {
    super('no queue holds a message of this id, and it has no record');
  }
}

/** Sending many stopped for a reason of the caller's own: its signal, its input, or one of its functions. */
export class SendingStopped extends Error {
  /** `sending-failed`: `cause` is what the input or a function threw. */
  readonly code: 'sending-aborted' | 'sending-failed';
  override readonly name = 'SendingStopped';
  readonly interrupted: Interrupted;

  constructor(code: SendingStopped['code'], interrupted: Interrupted, options: ErrorOptions) {
    const how =
      code === 'sending-aborted' ? 'was aborted' : 'failed in the input or a function of the caller';
    super(
      `sending many ${how}: ${interrupted.report?.totals.accepted ?? 0} messages were taken before`,
      options,
    );
    this.code = code;
    this.interrupted = interrupted;
  }
}

/** Another message has this id: an outbox takes each id for one message only. */
export class MessageConflict extends Error {
  readonly code = 'id-conflict';
  override readonly name = 'MessageConflict';
  readonly ids: readonly string[];

  constructor(ids: readonly string[]) {
    super(`other messages are in the outbox under ${ids.length} of these ids`);
    this.ids = ids;
  }
}

/** Every error that the client makes; its `code` is stable. */
export type PabalError =
  | FileError
  | MemoryGuardClosed
  | MessageConflict
  | MessageNotFound
  | MessageRefused
  | RedisUnavailable
  | SendingStopped
  | WebhookRefused;

const NAMES: ReadonlySet<string> = new Set<PabalError['name']>([
  'FileError',
  'MemoryGuardClosed',
  'MessageConflict',
  'MessageNotFound',
  'MessageRefused',
  'RedisUnavailable',
  'SendingStopped',
  'WebhookRefused',
]);

/**
 * Whether an error is one of the client's. Unlike `instanceof` it also knows those of another copy of the client, such as
 * the required one beside the imported one.
 */
export function isPabalError(error: unknown): error is PabalError {
  return error instanceof Error && NAMES.has(error.name) && 'code' in error && typeof error.code === 'string';
}
