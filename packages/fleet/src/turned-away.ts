import type { AttemptRecord, StageRefusal } from '@pabal/fate';
import { decideStaging, deriveWireId, markUncertain, turnAway } from '@pabal/fate';
import type { DispatchLine } from './dispatch-line.js';
import type { Entry } from './entry.js';
import { jobAt, moveToGateway, otherGateway, takeUp } from './moves.js';
import { DONE, MOVED, type Rest } from './rest.js';
import { endUnsent, tellConflict, type UnsentDeps, unsentMessage, withdrawClaim } from './unsent.js';

/** The wire id of an entry's next write on a line. */
export function wireIdOf({ probe, admitted, attempt, salt }: Entry, { line }: DispatchLine): string {
  if (probe) return probe.wireId;
  const { gateway, account } = line.identity;
  const { message, step } = admitted;
  return deriveWireId({ messageId: message.id, step, attempt, gateway, account, salt });
}

/** What follows when a gateway refused the files of a message: another gateway, another try, or its end. It was not offered. */
export async function turnedAway(
  deps: UnsentDeps,
  entry: Entry,
  line: DispatchLine,
  refusal: StageRefusal,
): Promise<Rest> {
  const { store, log } = deps;
  const { admitted, message, attempt, attempts, probe, token } = entry;
  const { gateway } = line.line.identity;
  const { code, reason } = refusal;
  log.warn({ messageId: message.id, gateway, code, reason }, 'submit.filesRefused');
  const next = otherGateway(entry, gateway);
  const decision = decideStaging(refusal, {
    probe: probe !== undefined,
    attempt,
    otherGateway: next !== undefined,
  });
  if (decision.kind === 'awaitReport') {
    await markUncertain(store, message.id, token, { endProbes: true, step: admitted.step });
    return DONE;
  }
  const turned: AttemptRecord = {
    channel: message.channel,
    gateway,
    wireId: wireIdOf(entry, line),
    gatewayCode: code,
    at: store.fleetNow(),
    ...(admitted.step === 0 ? {} : { step: admitted.step }),
  };
  const over = [...attempts, turned];
  const onward = decision.kind === 'reroute' ? next : undefined;
  await withdrawClaim(store, entry);
  const answer = await turnAway(store, {
    message: unsentMessage(entry),
    nextAttempt: attempt + 1,
    attempts: over,
    ...(onward === undefined ? {} : { job: jobAt(onward, admitted) }),
  });
  if (answer.kind === 'conflict') return tellConflict(deps, entry);
  if (answer.kind === 'passed') return takeUp(deps, entry, answer.record);
  if (decision.kind === 'later') {
    entry.attempt = attempt + 1;
    entry.attempts = over;
    return { kind: 'wait', ms: decision.delayMs };
  }
  if (onward === undefined) return endUnsent(deps, entry, { status: 'failed', reason, by: 'ack', code });
  await moveToGateway(deps, entry.admitted, onward, false);
  return MOVED;
}
