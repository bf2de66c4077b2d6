import type { ResultV1 } from '@pabal/message';
import { MessageNotFound, RedisUnavailable } from './errors.js';
import type { MessageTimeline } from './timeline.js';

export interface FollowOptions {
  /** Told whenever the message stands elsewhere than before. */
  readonly onChange?: (timeline: MessageTimeline) => void;
  /** Ends the following; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Default 200 ms. */
  readonly intervalMs?: number;
}

export interface FollowDeps {
  /** Where the message stands; rejects with RedisUnavailable while Redis is away. */
  readonly status: () => Promise<MessageTimeline | undefined>;
  readonly pause: (ms: number, signal?: AbortSignal) => Promise<void>;
}

const DEFAULT_INTERVAL_MS = 200;
/** A message between two queues is nowhere for an instant, never for so many looks. */
const LOOKS = 10;

/** Looks at a message until it has its final result. */
export async function followMessage(
  { onChange, signal, intervalMs = DEFAULT_INTERVAL_MS }: FollowOptions,
  { status, pause }: FollowDeps,
): Promise<ResultV1> {
  let last = '';
  for (let missed = 0; ; ) {
    signal?.throwIfAborted();
    const timeline = await status().catch((error: unknown) => {
      if (error instanceof RedisUnavailable) return null;
      throw error;
    });
    if (timeline) {
      missed = 0;
      const stand = `${timeline.state} ${timeline.gateway ?? ''} ${timeline.step} ${timeline.attempt}`;
      if (stand !== last) onChange?.(timeline);
      last = stand;
      if (timeline.result) return timeline.result;
    } else if (timeline === undefined && ++missed >= LOOKS) {
      throw new MessageNotFound();
    }
    await pause(intervalMs, signal);
  }
}
