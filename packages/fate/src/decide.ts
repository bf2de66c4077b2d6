import type { ReasonCode } from '@pabal/message';

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
      // On a probe it decides nothing: it may have been lacking the first time as well.
      return context.probe ? { kind: 'awaitReport' } : { kind: 'again' };
    case 'unknown':
      return { kind: 'probe' };
    case 'refused':
      return decideRefusal(answer, context);
    default:
      return answer satisfies never;
  }
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
