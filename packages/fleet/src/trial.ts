import type { SendLine, Slot, SubmitOutcome } from '@pabal/session';
import { signOf } from './circuit.js';
import type { GatewayGate } from './circuits.js';
import type { Entry } from './entry.js';
import type { Usable } from './route-policy.js';

/** May a closed gateway be tried with this message? Not with an urgent one that can go over another gateway. Pure. */
export function mayBeTried({ message, admitted }: Entry, usable: Usable): boolean {
  if (message.priority !== 'urgent') return true;
  return !admitted.gateways.some((gateway) => usable(gateway, message.channel));
}

export interface WatchedWrite {
  readonly slot: Slot;
  readonly line: SendLine;
  readonly circuits: GatewayGate;
  readonly trial: boolean;
  /** Is the line still in our hands? One that we closed ourselves says nothing of its gateway. */
  readonly isOurs: () => boolean;
}

/** A slot whose outcome tells of the gateway, too. It is written in the very tick of the call, as ever. */
export function watched({ slot, line, circuits, trial, isOurs }: WatchedWrite): Slot {
  return {
    ...slot,
    write: async (submit) => {
      const outcome = await slot.write(submit);
      if (isOurs()) circuits.note(line.identity.gateway, slot.sessionId, outcome, trial);
      return trial ? afterTrial(outcome) : outcome;
    },
  };
}

/** The gateway was known to be in trouble: that it still is must not cost the message an attempt. */
function afterTrial(outcome: SubmitOutcome): SubmitOutcome {
  if (outcome.kind !== 'refused' || outcome.certainty !== 'notDelivered') return outcome;
  return signOf(outcome)?.kind === 'fault' ? { kind: 'throttled', code: outcome.code, pauseMs: 0 } : outcome;
}
