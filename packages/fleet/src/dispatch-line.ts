import type { Channel } from '@pabal/message';
import type { SendLine } from '@pabal/session';
import type { Holding } from './ownership.js';

/** An agent's line in this process's hands, with what an attempt needs to know of its gateway. */
export interface DispatchLine {
  readonly line: SendLine;
  readonly holding: Holding;
  readonly channels: readonly Channel[];
  /** Routes whose messages of a channel it takes now. */
  readonly routes: (channel: Channel) => readonly string[];
  readonly reportDeadlineMs: (channel: Channel) => number;
  readonly duplicateMemoryMs: number;
  readonly probeQuietMs: number;
}
