import { type ResultV1, resultV1 } from '@pabal/message';
import { type JobEnd, Puller, RESULTS_QUEUE, type RedisConnection, type RemovalAnswer } from '@pabal/queues';

/** Gets one result. Once it has resolved the result is gone from its queue; rejecting brings it again later. */
export type ResultHandler = (result: ResultV1) => Promise<void> | void;

export interface ResultsOptions {
  /** `results` (default), or `results-<name>` for messages with `replyTo: <name>`. */
  readonly queue?: string;
  /** Results handled at once; default 10. */
  readonly concurrency?: number;
  /** Told when a handler failed (the result comes again), when a job is no result (it stays among the failed ones), and of trouble with Redis (which is waited out). */
  readonly onError?: (error: Error, resultId: string | undefined) => void;
}

/** A running consumer of results. */
export interface ResultsHandle {
  /** Takes no more, lets the handlers under way finish. */
  close(): Promise<void>;
}

/** What became of the wish to take one result out of its queue. */
export interface AcknowledgeAnswer {
  readonly kind:
    | 'acknowledged'
    /** A consumer has it in hand: it takes it, or puts it back. */
    | 'held'
    /** It was acknowledged or consumed before, or is not there yet. */
    | 'notFound';
}

export const ACKNOWLEDGE_ANSWERS = {
  removed: 'acknowledged',
  held: 'held',
  missing: 'notFound',
} as const satisfies Record<RemovalAnswer, AcknowledgeAnswer['kind']>;

const DEFAULT_CONCURRENCY = 10;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 300_000;
const NO_RESULT = 'not a result of version 1';

/** How long a result whose handler failed waits before it comes again, ms: 1 s, doubled each time, at most 5 min. */
export function resultRetryMs(starts: number): number {
  return Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(Math.max(0, starts - 1), 20));
}

/** A queue that results come to; refuses any other name. */
export function resultsQueueName(queue: string = RESULTS_QUEUE): string {
  if (queue === RESULTS_QUEUE || /^results-[a-z0-9-]{1,40}$/.test(queue)) return queue;
  throw new RangeError('a results queue is called results or results-<name>');
}

/** Reads a job of a results queue; undefined when it is none of ours. */
export function readResult(data: unknown): ResultV1 | undefined {
  return resultV1.safeParse(data).success ? (data as ResultV1) : undefined;
}

/** Handles one result: done, or again after a while, or (no result at all) kept among the failed ones. */
export async function handleResult(
  data: unknown,
  handler: ResultHandler,
): Promise<{ readonly kind: 'done' } | { readonly kind: 'failed'; readonly why: string }> {
  const result = readResult(data);
  if (!result) return { kind: 'failed', why: NO_RESULT };
  await handler(result);
  return { kind: 'done' };
}

/** Consumes results until closed. */
export function consumeResults(
  handler: ResultHandler,
  options: ResultsOptions,
  { connection, prefix }: { readonly connection: RedisConnection; readonly prefix: string },
): ResultsHandle {
  const { concurrency = DEFAULT_CONCURRENCY, onError = () => {} } = options;
  const puller = new Puller({
    queue: resultsQueueName(options.queue),
    prefix,
    connection,
    concurrency,
    name: `results@${process.pid}`,
    onError: (error) => onError(error, undefined),
    handle: async (job): Promise<JobEnd> => {
      try {
        const end = await handleResult(job.data, handler);
        if (end.kind === 'failed') onError(new Error(end.why), job.id);
        return end;
      } catch (error) {
        onError(error instanceof Error ? error : new Error(String(error)), job.id);
        return { kind: 'delayed', until: Date.now() + resultRetryMs(job.starts ?? 1) };
      }
    },
  });
  return { close: () => puller.close() };
}
