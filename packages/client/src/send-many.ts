import type { MessageV1, ParsedMessage, Problem } from '@pabal/message';
import { MemoryGuardClosed, RedisUnavailable } from './errors.js';
import type { SendManyReport } from './send-many-report.js';

export interface SendManyProgress {
  readonly accepted: number;
  readonly refused: number;
}

export interface SendManyOptions {
  /** Default `default`. */
  readonly route?: string;
  /** Messages a round trip; default 1,000. */
  readonly chunk?: number;
  readonly onProgress?: (progress: SendManyProgress) => void;
}

/** What sending in chunks needs. */
export interface ChunkDeps {
  readonly check: (item: unknown) => Promise<ParsedMessage>;
  /** Why each message of a chunk lacks a file; empty for one that does not. */
  readonly keepFiles: (messages: readonly MessageV1[]) => Promise<readonly (readonly Problem[])[]>;
  /** Enqueues a chunk whole; rejects with one of the two errors that mean "try again". */
  readonly enqueue: (messages: readonly MessageV1[]) => Promise<void>;
}

const DEFAULT_CHUNK = 1_000;

/**
 * Checks and enqueues items in chunks; a bad one does not keep the others from being sent. What stops the sending
 * carries the report so far and the chunk that was under way.
 */
export async function sendChunks(
  items: Iterable<unknown> | AsyncIterable<unknown>,
  { chunk = DEFAULT_CHUNK, onProgress }: SendManyOptions,
  { check, keepFiles, enqueue }: ChunkDeps,
): Promise<SendManyReport> {
  const accepted: { index: number; id: string }[] = [];
  const refused: { index: number; problems: readonly Problem[] }[] = [];
  let waiting: { index: number; message: MessageV1 }[] = [];
  const flush = async () => {
    let messages = waiting.map(({ message }) => message);
    if (messages.length > 0) {
      try {
        const lacking = await keepFiles(messages);
        const whole = waiting.filter((_, place) => lacking[place]?.length === 0);
        if (whole.length < waiting.length) {
          for (const [place, { index }] of waiting.entries()) {
            if (lacking[place]?.length) refused.push({ index, problems: lacking[place] });
          }
          // Known later than what breaks a rule of its own.
          refused.sort((a, b) => a.index - b.index);
          waiting = whole;
          messages = waiting.map(({ message }) => message);
        }
        if (messages.length > 0) await enqueue(messages);
      } catch (error) {
        throw withInterruption(error, { accepted, refused }, messages);
      }
      for (const { index, message } of waiting) accepted.push({ index, id: message.id });
      waiting = [];
    }
    onProgress?.({ accepted: accepted.length, refused: refused.length });
  };
  let index = 0;
  for await (const item of items) {
    const parsed = await check(item);
    if (parsed.ok) waiting.push({ index, message: parsed.message });
    else refused.push({ index, problems: parsed.problems });
    index++;
    if (waiting.length >= chunk) await flush();
  }
  await flush();
  return { accepted, refused };
}

function withInterruption(error: unknown, report: SendManyReport, pending: readonly MessageV1[]): unknown {
  if (error instanceof RedisUnavailable) {
    const why = `${report.accepted.length} messages were taken before`;
    return new RedisUnavailable(why, { cause: error, interrupted: { report, pending } });
  }
  if (error instanceof MemoryGuardClosed) {
    return new MemoryGuardClosed(error.usedShare, { report, pending });
  }
  return error;
}
