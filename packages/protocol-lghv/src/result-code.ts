import type { ReasonCode } from '@pabal/message';

/** How sure a code makes us that the recipient did or did not get the message. */
export type Certainty = 'delivered' | 'notDelivered' | 'uncertain';

/**
 * What a code asks of the sender: `retry` the same later, `wait` until a limit passes (the rate, Kakao's hours), `alert`
 * someone who must act, `giveUp`, since it is final.
 */
export type Advice = 'retry' | 'wait' | 'alert' | 'giveUp';

/** A result code of a message (LGHV appendix 1). */
export interface ResultCode {
  /** As it stands in RESULT. */
  readonly code: string;
  /** The specification's names; two where it gives one code two meanings. */
  readonly names: readonly string[];
  readonly certainty: Certainty;
  readonly reason: ReasonCode;
  readonly advice: Advice;
  readonly ko: string;
  readonly en: string;
}

/** A DELIVER_ACK code, with what it makes of the submit. */
export interface DeliverAckCode extends ResultCode {
  readonly verdict: 'accepted' | 'duplicate' | 'throttled' | 'refused';
}

/** Certainly not delivered, and so it stays. */
export const FINAL = { certainty: 'notDelivered', advice: 'giveUp' } as const;
/** Certainly not delivered; the same may succeed later. */
export const LATER = { certainty: 'notDelivered', advice: 'retry' } as const;
/** Certainly not delivered, nor will anything like it be before someone acts. */
export const ALERT = { certainty: 'notDelivered', advice: 'alert' } as const;

/** A code that the specification lacks decides nothing. */
export const UNRECOGNISED = {
  names: [],
  certainty: 'uncertain',
  reason: 'unknown-code',
  advice: 'alert',
  ko: '규격에 없는 코드',
  en: 'Not in the specification',
} as const;
