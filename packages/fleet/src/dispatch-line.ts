import type { Channel } from '@pabal/message';
import type { SendLine } from '@pabal/session';
import type { AccountBurst } from './account-burst.js';
import type { Entry } from './entry.js';
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
  /** Present where the agents of its account count together how often a recipient is written to. */
  readonly burst: AccountBurst | undefined;
}

/** Might this line ever carry the message? A probe goes only to the account that may have it. */
export function mayCarry({ line }: Pick<DispatchLine, 'line'>, { admitted, probe }: Entry): boolean {
  const { gateway, account } = line.identity;
  if (probe) return probe.gateway === gateway && probe.account === account;
  return admitted.gateways.includes(gateway);
}

/** How busy a line is with a channel: 1 when its window is full. */
export function load(line: DispatchLine, channel: Channel): number {
  return line.line.inFlight(channel) / Math.max(1, line.line.window(channel));
}
