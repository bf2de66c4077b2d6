import type { AttemptRecord } from '@pabal/fate';
import type { Channel } from '@pabal/message';
import type { CircuitPhase } from './circuit.js';
import type { Entry } from './entry.js';
import type { Route } from './fleet-config.js';

/** What a route needs to know of a gateway, for one channel. */
export interface GatewayStanding {
  readonly carries: boolean;
  /** Somebody in the fleet can send over it, or could a moment ago. */
  readonly up: boolean;
  readonly phase: CircuitPhase;
}

/**
 * Gateways that take messages of a route now. `balance`: every usable one, each as fast as its grant allows. `failover`:
 * the first usable one. Those before it that may be tried take single messages, so that it goes back to them. Pure.
 */
export function servingGateways(
  { gateways, policy }: Route,
  standing: (gateway: string) => GatewayStanding,
): readonly string[] {
  const serving: string[] = [];
  for (const gateway of gateways) {
    const { carries, up, phase } = standing(gateway);
    if (!carries || !up || phase === 'closed') continue;
    serving.push(gateway);
    if (policy === 'failover' && phase === 'open') break;
  }
  return serving;
}

/** May new messages be put to a gateway, of this channel? */
export type Usable = (gateway: string, channel: Channel) => boolean;

/**
 * Where an unwritten message goes from the queue of a gateway that takes nothing now; undefined when it waits there: it is
 * pinned to it, may have been written to it, or has nowhere to go. Pure.
 */
export function wayOut(
  {
    queue,
    admitted,
    message,
    attempts,
    probe,
  }: Pick<Entry, 'queue' | 'admitted' | 'message' | 'attempts' | 'probe'>,
  usable: Usable,
): string | undefined {
  if (!('gateway' in queue) || probe || usable(queue.gateway, message.channel)) return undefined;
  const tried = triedGateways(attempts, admitted.step).add(queue.gateway);
  return admitted.alternatives.find((gateway) => !tried.has(gateway) && usable(gateway, message.channel));
}

/** Gateways that a step was tried with. */
export function triedGateways(attempts: readonly AttemptRecord[], step: number): Set<string> {
  return new Set(attempts.filter((attempt) => (attempt.step ?? 0) === step).map(({ gateway }) => gateway));
}
