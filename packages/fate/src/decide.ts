import type { ReasonCode } from '@pabal/message';
import type { Outcome } from './record.js';

/** What a gateway answered to one write, or that it did not. */
export type WriteAnswer =
  | { readonly kind: 'accepted'; readonly code: string }
  | { readonly kind: 'duplicate'; readonly code: string; readonly mayMeanTooOften: boolean }
  | { readonly kind: 'throttled'; readonly code: string; readonly pauseMs: number }
  | { readonly kind: 'incomplete'; readonly code: string }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly certainty: 'delivered' | 'notDelivered' | 'uncertain';
      readonly reason: ReasonCode;
      readonly advice: 'retry' | 'wait' | 'alert' | 'giveUp';
    }
  | { readonly kind: 'unknown'; readonly why: string }
  | { readonly kind: 'notWritten'; readonly why: string };

export interface WriteContext {
  /** The message may have been written before under this wire id. */
  readonly probe: boolean;
  /** Attempt within the step, from 1. */
  readonly attempt: number;
  /** How often this recipient was told to get too many. */
  readonly tooOften: number;
  /** Another gateway of the route could carry the message (never for a pinned one). */
  readonly otherGateway: boolean;
  /** The write left nothing to what the gateway remembers: it can lack nothing more. */
  readonly complete?: boolean;
}

/** What to do next with the message. */
export type Decision =
  /** The gateway has it: wait for its report. */
  | { readonly kind: 'accept' }
  /** Nothing was taken and nothing is spent: the same attempt again as soon as there is a place. */
  | { readonly kind: 'again' }
  /** The same gateway or any other later; `countsAttempt` uses up an attempt. */
  | {
      readonly kind: 'later';
      readonly delayMs: number;
      readonly countsAttempt: boolean;
      readonly tooOften: number;
    }
  /** Certainly not delivered here: to another gateway of the route. */
  | { readonly kind: 'reroute' }
  /** Certainly not delivered, and no further try would help. */
  | { readonly kind: 'fail'; readonly reason: ReasonCode; readonly code: string }
  /** May have been taken: offer it again to the same account under the same wire id after its next login. */
  | { readonly kind: 'probe' }
  /** A probe was throttled: still uncertain, probe again after the pause. */
  | { readonly kind: 'probeLater'; readonly delayMs: number }
  /** May have been taken, and asking again would not tell: its report or its deadline ends it. */
  | { readonly kind: 'awaitReport' };

/** Attempts at one gateway for refusals that may pass, and the wait before each further one, ms. */
export const RETRY_DELAYS_MS = [1_000, 5_000, 30_000] as const;
/** LGHV 17 on a certain first write means that this recipient got too many: so often it is tried again, and after this long. */
export const TOO_OFTEN_RETRIES = 3;
export const TOO_OFTEN_DELAY_MS = 10_000;

/**
 * The fate of a message after one write. Pure: no clock, no I/O; every line of it is a row of the table in
 * `docs/fate.md`. Another gateway follows only what is certainly not delivered.
 */
export function decide(answer: WriteAnswer, context: WriteContext): Decision {
  switch (answer.kind) {
    case 'accepted':
      return { kind: 'accept' };
    case 'duplicate':
      return decideDuplicate(answer, context);
    case 'throttled':
      return context.probe ? { kind: 'probeLater', delayMs: answer.pauseMs } : { kind: 'again' };
    case 'notWritten':
      return context.probe ? { kind: 'probeLater', delayMs: 0 } : { kind: 'again' };
    case 'incomplete':
      return decideIncomplete(answer, context);
    case 'unknown':
      return { kind: 'probe' };
    case 'refused':
      return decideRefusal(answer, context);
    default:
      return answer satisfies never;
  }
}

function decideIncomplete(
  { code }: Extract<WriteAnswer, { kind: 'incomplete' }>,
  { probe, complete = false, otherGateway }: WriteContext,
): Decision {
  // On a probe it decides nothing: it may have been lacking the first time as well.
  if (probe) return { kind: 'awaitReport' };
  if (!complete) return { kind: 'again' };
  // It had everything and still finds something missing: the same again would go on for ever.
  return otherGateway ? { kind: 'reroute' } : { kind: 'fail', reason: 'file-error', code };
}

/** A gateway's refusal of what had to be done before the message itself could be offered, such as an upload. */
export interface StageRefusal {
  readonly code: string;
  readonly reason: ReasonCode;
  readonly advice: 'retry' | 'wait' | 'alert' | 'giveUp';
}

/**
 * The fate of a message after a gateway refused its files. Nothing of it was offered, so it is as certain as a refusal
 * can be. Another gateway is asked at once; where there is none, this one is asked again as often as after a refusal that
 * may pass. Pure.
 */
export function decideStaging(
  { code, reason, advice }: StageRefusal,
  { probe, attempt, otherGateway }: Pick<WriteContext, 'probe' | 'attempt' | 'otherGateway'>,
): Extract<Decision, { kind: 'reroute' | 'fail' | 'awaitReport' }> | StagingLater {
  // What may have been taken before stays so: that it cannot be asked about again says nothing.
  if (probe) return { kind: 'awaitReport' };
  if (advice !== 'giveUp' && otherGateway) return { kind: 'reroute' };
  const delayMs = RETRY_DELAYS_MS[attempt - 1];
  const mayPass = advice === 'retry' || advice === 'wait';
  return mayPass && delayMs !== undefined ? { kind: 'later', delayMs } : { kind: 'fail', reason, code };
}

/** The same files to the same gateway after a wait; it counts as an attempt. */
interface StagingLater {
  readonly kind: 'later';
  readonly delayMs: number;
}

function decideDuplicate(
  answer: Extract<WriteAnswer, { kind: 'duplicate' }>,
  context: WriteContext,
): Decision {
  // Under a wire id of our own making a duplicate is our own earlier write: it was accepted.
  if (context.probe || !answer.mayMeanTooOften) return { kind: 'accept' };
  if (context.tooOften >= TOO_OFTEN_RETRIES) return { kind: 'fail', reason: 'too-often', code: answer.code };
  return {
    kind: 'later',
    delayMs: TOO_OFTEN_DELAY_MS,
    countsAttempt: false,
    tooOften: context.tooOften + 1,
  };
}

function decideRefusal(answer: Extract<WriteAnswer, { kind: 'refused' }>, context: WriteContext): Decision {
  // On a probe only acceptance and duplicate are conclusive: this refusal says nothing about the earlier write.
  if (context.probe || answer.certainty !== 'notDelivered') return { kind: 'awaitReport' };
  const fail: Decision = { kind: 'fail', reason: answer.reason, code: answer.code };
  switch (answer.advice) {
    case 'giveUp':
      return fail;
    case 'alert':
      return context.otherGateway ? { kind: 'reroute' } : fail;
    case 'retry':
    case 'wait': {
      const delayMs = RETRY_DELAYS_MS[context.attempt - 1];
      if (delayMs !== undefined) {
        return { kind: 'later', delayMs, countsAttempt: true, tooOften: context.tooOften };
      }
      return context.otherGateway ? { kind: 'reroute' } : fail;
    }
    default:
      return answer.advice satisfies never;
  }
}

/** What follows the end of a step: the end of the message, or its next step, if one is left. */
export type StepEnd =
  | 'settle'
  /** The next step. */
  | 'next'
  /** The next step, if its `onUnknown` is `send`. */
  | 'nextIfSend';

/**
 * What follows when a step of the fallback chain ended. Without a next step every end is the message's. Pure; its rows
 * stand in `docs/fate.md`.
 */
export function decideStepEnd({ status }: Pick<Outcome, 'status'>): StepEnd {
  switch (status) {
    case 'failed':
      return 'next';
    case 'unknown':
      return 'nextIfSend';
    case 'delivered':
    case 'expired': // the time of the whole message
    case 'cancelled': // all of it
      return 'settle';
    default:
      return status satisfies never;
  }
}

/**
 * What a report of an earlier step may still do: a delivery settles the message, as long as nobody has claimed the step
 * that waits. Nothing else that is told of a step that is over changes anything. Pure.
 */
export function decideEarlierStep({ status }: Pick<Outcome, 'status'>): 'settle' | 'nothing' {
  return status === 'delivered' ? 'settle' : 'nothing';
}
