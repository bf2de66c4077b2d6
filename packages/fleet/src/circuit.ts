import type { SubmitOutcome } from '@pabal/session';

/** Why a gateway is closed: kebab-case, stable, as events and `pabal status` tell it. */
export type CloseReason =
  /** No session of the gateway is logged in anywhere, and it refuses the login. */
  | 'login-refused'
  /** No session of the gateway is logged in anywhere. */
  | 'no-session'
  /** It answers that something is wrong with itself. */
  | 'system-errors'
  /** It leaves submits without an answer. */
  | 'no-answers';

/**
 * What all senders know together of a gateway that is, or was just now, closed for new messages. One that is not known of
 * is open. Times are fleet time, epoch ms.
 */
export interface Circuit {
  readonly state: 'closed' | 'opened';
  readonly reason: CloseReason;
  /** The gateway's last word, verbatim, where it said one. */
  readonly code?: string;
  /** Since when it is in this state. */
  readonly since: number;
  /** From when on single messages are tried; undefined while it waits for a session. */
  readonly trialAt?: number;
  /** Closings in a row, each soon after it had opened; a further one doubles the rest before the first trial. */
  readonly closings: number;
  /** Trials that failed since it closed: each doubles the rest before the next one. */
  readonly failedTrials: number;
}

/** `trial`: one message at a time. */
export type CircuitPhase = 'open' | 'trial' | 'closed';

/** What one answer says of the gateway itself. */
export type Sign =
  /** It answered as one that works: also a refusal of this very message. */
  | { readonly kind: 'good' }
  | { readonly kind: 'fault'; readonly reason: 'system-errors' | 'no-answers'; readonly code?: string };

export interface CircuitPolicy {
  /** Weight of faults in a row, without a good sign between, that closes. */
  readonly rowLimit: number;
  /** What a missing answer weighs: it took the gateway its whole time, and the connection. */
  readonly noAnswerWeight: number;
  /** A row that saw no further fault for so long is over, ms. */
  readonly rowEndsAfterMs: number;
  /** The stretch over which the share of faults is taken, ms. */
  readonly windowMs: number;
  /** Of so many answers in that stretch, */
  readonly windowAnswers: number;
  /** this share must be faults to close. */
  readonly windowShare: number;
  /** Rest before the first trial, doubling with every failed one up to the longest. */
  readonly firstRestMs: number;
  readonly longestRestMs: number;
  /** Trials in a row that must go well. */
  readonly trials: number;
  /** Without any message to try it opens after so long: nothing speaks against it any more. */
  readonly idleMs: number;
  /** So long after it opened a closing counts as one more in the row. */
  readonly relapseMs: number;
}

export const CIRCUIT_POLICY: CircuitPolicy = {
  rowLimit: 5,
  noAnswerWeight: 3,
  rowEndsAfterMs: 60_000,
  windowMs: 10_000,
  windowAnswers: 20,
  windowShare: 0.5,
  firstRestMs: 3_000,
  longestRestMs: 60_000,
  trials: 3,
  idleMs: 15_000,
  relapseMs: 60_000,
};

/** What the end of a submit says of its gateway; undefined when it says nothing of it. Pure. */
export function signOf(outcome: SubmitOutcome): Sign | undefined {
  switch (outcome.kind) {
    case 'accepted':
    case 'duplicate':
    case 'incomplete':
      return { kind: 'good' };
    case 'unknown':
      return { kind: 'fault', reason: 'no-answers' };
    case 'refused':
      return isSystemError(outcome)
        ? { kind: 'fault', reason: 'system-errors', code: outcome.code }
        : { kind: 'good' };
    case 'throttled': // it asks for patience, and the pacer has it
    case 'notWritten': // not a byte of it reached the gateway
      return undefined;
    default:
      return outcome satisfies never;
  }
}

/** LGHV 1; SMTNT 1, 2, 4, 32, 907, 998, 999: whatever the message, the gateway cannot take it now. */
function isSystemError({ reason }: Extract<SubmitOutcome, { kind: 'refused' }>): boolean {
  return reason === 'gateway-error' || reason === 'gateway-busy' || reason === 'gateway-refused';
}

/** Answers of one second. */
interface Second {
  readonly at: number;
  readonly answers: number;
  readonly faults: number;
}

/** What one process has seen of a gateway lately. */
export interface Health {
  /** Weight of the faults since the last good sign. */
  readonly row: number;
  /** When the last fault came, monotonic ms. */
  readonly lastFaultAt: number;
  readonly seconds: readonly Second[];
}

export const HEALTHY: Health = { row: 0, lastFaultAt: Number.NEGATIVE_INFINITY, seconds: [] };

/** The health after one more answer. `now` is a monotonic clock's. Pure. */
export function afterSign(health: Health, sign: Sign, now: number, policy = CIRCUIT_POLICY): Health {
  const fault = sign.kind === 'fault';
  const weight = fault ? (sign.reason === 'no-answers' ? policy.noAnswerWeight : 1) : 0;
  const goesOn = now - health.lastFaultAt < policy.rowEndsAfterMs;
  return {
    row: fault ? (goesOn ? health.row : 0) + weight : 0,
    lastFaultAt: fault ? now : health.lastFaultAt,
    seconds: counted(health.seconds, fault, now, policy.windowMs),
  };
}

function counted(seconds: readonly Second[], fault: boolean, now: number, windowMs: number): Second[] {
  const recent = seconds.filter(({ at }) => now - at < windowMs);
  const last = recent.at(-1);
  const current = last !== undefined && now - last.at < 1_000 ? last : { at: now, answers: 0, faults: 0 };
  const next = { ...current, answers: current.answers + 1, faults: current.faults + (fault ? 1 : 0) };
  return [...(current === last ? recent.slice(0, -1) : recent), next];
}

/** Is it so bad that the gateway should be closed? Pure. */
export function isBad({ row, seconds }: Health, now: number, policy = CIRCUIT_POLICY): boolean {
  if (row >= policy.rowLimit) return true;
  let answers = 0;
  let faults = 0;
  for (const second of seconds) {
    if (now - second.at >= policy.windowMs) continue;
    answers += second.answers;
    faults += second.faults;
  }
  return answers >= policy.windowAnswers && faults >= answers * policy.windowShare;
}

/** The phase at a moment of fleet time. Pure. */
export function phaseOf(circuit: Circuit | undefined, now: number): CircuitPhase {
  if (circuit?.state !== 'closed') return 'open';
  return circuit.trialAt !== undefined && circuit.trialAt <= now ? 'trial' : 'closed';
}

/** What closes a gateway. */
export type Closing =
  | { readonly reason: 'login-refused' | 'no-session'; readonly code?: string }
  | { readonly reason: 'system-errors' | 'no-answers'; readonly code?: string };

/** The circuit closed; soon after it opened the row of closings goes on. Pure. */
export function closedBy(
  known: Circuit | undefined,
  { reason, code }: Closing,
  now: number,
  policy = CIRCUIT_POLICY,
): Circuit {
  const closings = 1 + (known && isRelapse(known, now, policy) ? known.closings : 0);
  const awaitsSession = reason === 'login-refused' || reason === 'no-session';
  return {
    state: 'closed',
    reason,
    ...(code === undefined ? {} : { code }),
    since: now,
    // The sessions' own backoff is rest enough.
    ...(awaitsSession ? {} : { trialAt: now + restMs(closings, policy) }),
    closings,
    failedTrials: 0,
  };
}

/** A login was refused and nobody else is logged in: it is closed, or what it is closed for is known now. Pure. */
export function refusedBy(known: Circuit | undefined, code: string, now: number): Circuit {
  if (known?.state !== 'closed') return closedBy(known, { reason: 'login-refused', code }, now);
  return known.reason === 'no-session' ? { ...known, reason: 'login-refused', code } : known;
}

function isRelapse({ state, since }: Circuit, now: number, { relapseMs }: CircuitPolicy): boolean {
  return state === 'opened' && now - since < relapseMs;
}

/** A trial went wrong: the next one comes after a longer rest. Pure. */
export function afterFailedTrial(
  circuit: Circuit,
  sign: Extract<Sign, { kind: 'fault' }>,
  now: number,
  policy = CIRCUIT_POLICY,
): Circuit {
  const failedTrials = circuit.failedTrials + 1;
  const { code: _former, ...rest } = circuit;
  return {
    ...rest,
    reason: sign.reason,
    ...(sign.code === undefined ? {} : { code: sign.code }),
    trialAt: now + restMs(circuit.closings + failedTrials, policy),
    failedTrials,
  };
}

/** Its sessions are back: single messages may be tried. Pure. */
export function withSession(circuit: Circuit, now: number): Circuit {
  return circuit.state === 'closed' && circuit.trialAt === undefined ? { ...circuit, trialAt: now } : circuit;
}

/** The circuit opened; it is remembered for a while. Pure. */
export function openedAgain({ trialAt: _trialAt, ...circuit }: Circuit, now: number): Circuit {
  return { ...circuit, state: 'opened', since: now };
}

/** Was there nothing to try it with for so long that it opens untried? Pure. */
export function hasIdled(circuit: Circuit, now: number, { idleMs } = CIRCUIT_POLICY): boolean {
  return circuit.state === 'closed' && circuit.trialAt !== undefined && now - circuit.trialAt >= idleMs;
}

/** @param times closings and failed trials so far, from 1 */
function restMs(times: number, { firstRestMs, longestRestMs }: CircuitPolicy): number {
  return Math.min(longestRestMs, firstRestMs * 2 ** Math.min(times - 1, 30));
}
