import type { MessageV1, ParsedMessage, Problem } from '@pabal/message';
import { MemoryGuardClosed, RedisUnavailable, SendingStopped } from './errors.js';
import { ReportKeeper, type SendManyReport, type SendManyTotals } from './send-many-report.js';

/** How far the sending is. */
export interface SendManyProgress extends SendManyTotals {
  /** What it waits for at present: that fewer messages wait in the queues, or that Redis has room. */
  readonly waitingFor?: 'queues' | 'memory';
}

export interface SendManyOptions {
  /** Default `default`. */
  readonly route?: string;
  /** Messages a round trip; default 1,000. */
  readonly chunk?: number;
  /** Told after every chunk, and when a wait begins. */
  readonly onProgress?: (progress: SendManyProgress) => void;
  /**
   * Told what became of each chunk, in order, and waited for. With it the report of the whole holds only its totals: an
   * input of millions takes the memory of one chunk.
   */
  readonly onChunk?: (chunk: SendManyReport) => void | Promise<void>;
  /** Stops between two items or in a wait, with {@link SendingStopped}. An input that waits must heed it by itself. */
  readonly signal?: AbortSignal;
  /** Waits while more messages than this wait in the queues of the route or in batches, so that a campaign does not fill Redis. */
  readonly maxWaiting?: number;
  /** Waits while Redis is nearly full, instead of failing with {@link MemoryGuardClosed}. */
  readonly waitForMemory?: boolean;
}

/** What sending in chunks needs. */
export interface ChunkDeps {
  readonly check: (item: unknown) => Promise<ParsedMessage>;
  /** Why each message of a chunk lacks a file; empty for one that does not. */
  readonly keepFiles: (messages: readonly MessageV1[]) => Promise<readonly (readonly Problem[])[]>;
  /**
   * Enqueues a chunk whole, and says of which messages another one stands under their id; rejects with one of the two errors
   * that mean "try again".
   */
  readonly enqueue: (messages: readonly MessageV1[]) => Promise<readonly (readonly Problem[])[]>;
  /** Messages that wait at present. */
  readonly waiting: () => Promise<number>;
  /** Lets time pass; rejects when the signal is aborted. */
  readonly pause: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

interface Standing {
  readonly index: number;
  readonly message: MessageV1;
}

const DEFAULT_CHUNK = 1_000;
/** How often it is looked whether a wait is over. */
const LOOK_MS = 500;

/**
 * Checks and enqueues items in chunks; a bad one does not keep the others from being sent. The next item is asked for once
 * the chunk before it is stored. Whatever stops the sending carries the report so far and the messages that were under way.
 */
export async function sendChunks(
  items: Iterable<unknown> | AsyncIterable<unknown>,
  options: SendManyOptions,
  deps: ChunkDeps,
): Promise<SendManyReport> {
  const { chunk = DEFAULT_CHUNK, onProgress, onChunk, signal } = options;
  const keeper = new ReportKeeper(onChunk === undefined);
  let standing: Standing[] = [];
  const flush = async () => {
    standing = await withFiles(standing, keeper, deps);
    if (standing.length > 0) standing = await enqueuePatiently(standing, options, keeper, deps);
    for (const { index, message } of standing) keeper.accept(index, message.id);
    standing = [];
    onProgress?.(keeper.totals);
    await onChunk?.(keeper.takeChunk());
  };
  try {
    let index = 0;
    for await (const item of items) {
      signal?.throwIfAborted();
      const parsed = await deps.check(item);
      if (parsed.ok) standing.push({ index, message: parsed.message });
      else keeper.refuse(index, parsed.problems);
      index++;
      if (standing.length >= chunk) await flush();
    }
    await flush();
  } catch (error) {
    throw stopped(
      error,
      keeper.report(),
      standing.map(({ message }) => message),
      signal,
    );
  }
  return keeper.report();
}

/** Those of a chunk whose files are there; the others are refused. */
async function withFiles(
  standing: readonly Standing[],
  keeper: ReportKeeper,
  { keepFiles }: ChunkDeps,
): Promise<Standing[]> {
  if (standing.length === 0) return [];
  return withoutRefused(standing, await keepFiles(standing.map(({ message }) => message)), keeper);
}

/** Those of a chunk that have no problem; the others are refused. */
function withoutRefused(
  standing: readonly Standing[],
  problemsOf: readonly (readonly Problem[])[],
  keeper: ReportKeeper,
): Standing[] {
  return standing.filter(({ index }, place) => {
    const problems = problemsOf[place] ?? [];
    if (problems.length > 0) keeper.refuse(index, problems);
    return problems.length === 0;
  });
}

/**
 * Enqueues a chunk once there is room for it, as far as the options say to wait. Those whose id stands for another message
 * are refused; returns the others.
 */
async function enqueuePatiently(
  standing: readonly Standing[],
  { maxWaiting, waitForMemory = false, onProgress, signal }: SendManyOptions,
  keeper: ReportKeeper,
  { enqueue, waiting, pause }: ChunkDeps,
): Promise<Standing[]> {
  const messages = standing.map(({ message }) => message);
  const tell = (waitingFor: 'queues' | 'memory') => onProgress?.({ ...keeper.totals, waitingFor });
  let told: 'queues' | 'memory' | undefined;
  const wait = async (what: 'queues' | 'memory') => {
    if (told !== what) tell(what);
    told = what;
    await pause(LOOK_MS, signal);
  };
  for (;;) {
    if (maxWaiting !== undefined && (await waiting()) > maxWaiting) {
      await wait('queues');
      continue;
    }
    try {
      return withoutRefused(standing, await enqueue(messages), keeper);
    } catch (error) {
      if (!(waitForMemory && error instanceof MemoryGuardClosed)) throw error;
      await wait('memory');
    }
  }
}

/** The error that stops the sending, with what was done and what was under way. */
function stopped(
  error: unknown,
  report: SendManyReport,
  pending: readonly MessageV1[],
  signal: AbortSignal | undefined,
): Error {
  const interrupted = { report, pending };
  if (error instanceof RedisUnavailable) {
    const why = `${report.totals.accepted} messages were taken before`;
    return new RedisUnavailable(why, { cause: error, interrupted });
  }
  if (error instanceof MemoryGuardClosed) return new MemoryGuardClosed(error.usedShare, interrupted);
  const code = signal?.aborted ? 'sending-aborted' : 'sending-failed';
  return new SendingStopped(code, interrupted, { cause: error });
}
