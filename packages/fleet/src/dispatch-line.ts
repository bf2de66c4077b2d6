import type { Channel } from '@pabal/message';
import type { SendLine } from '@pabal/session';
import type { Holding } from './ownership.js';

/** An agent's line in this process's hands, with what an attempt needs to know of its gateway. */
export interface DispatchLine {
  readonly line: SendLine;
  readonly holding: Holding;
  readonly channels: readonly Channel[];
  /** Routes that it serves now. */
  readonly routes: () => readonly string[];
  readonly reportDeadlineMs: (channel: Channel) => number;
  readonly duplicateMemoryMs: number;
  readonly probeQuietMs: number;
}
