import type { Channel, Priority } from './channel.js';
import type { KakaoPart } from './kakao-part.js';
import type { RcsPart } from './rcs-part.js';
import type { WebhookPart } from './webhook-schema.js';

/** What the law wants to know about a commercial message. */
export interface AdPart {
  /** Free opt-out number, digits, `0801234567`. */
  readonly optOutNumber?: string;
  readonly senderName?: string;
  /** The recipient agreed separately to messages between 21:00 and 08:00 KST. */
  readonly nightConsent?: boolean;
}

/** Opaque values for SMTNT alone. */
export interface SmtntPart {
  readonly tranId?: string;
  readonly userMsgSubId?: string;
}

/** What a message and each of its fallback steps have in common. */
export interface Content {
  readonly channel: Channel;
  /** May be empty only on `mms` (with files) and `rcs` (of type `mms` or `template`, which may hold the text). */
  readonly text: string;
  readonly subject?: string;
  /** Ids from the file store: 1-3, on Kakao channels one. */
  readonly files?: readonly string[];
  readonly kakao?: KakaoPart;
  readonly rcs?: RcsPart;
  /** True: the text of this SMS carries a URL to be called back (LGHV 2.2.3, GUBUN 1). */
  readonly urlCallback?: true;
  readonly ad?: AdPart;
  /** Name of the gateway that this must go over. */
  readonly gateway?: string;
}

/** One more way to reach the recipient, tried when the one before certainly failed. */
export interface FallbackStep extends Content {
  /** What to do when the step before ended `unknown`: give up (default), or go on and risk a second message. */
  readonly onUnknown: 'stop' | 'send';
}

/** A checked and normalised message, as it stands in a queue. Parsing it again gives the same value. */
export interface MessageV1 extends Content {
  readonly v: 1;
  /** The producer's own: 1-64 of `[A-Za-z0-9_-]`. The same id twice is one message. */
  readonly id: string;
  /** Digits. Korean numbers start with 0; all others with their country code (E.164 without its `+`). */
  readonly to: string;
  /** Digits of a Korean sender number. */
  readonly from: string;
  readonly priority: Priority;
  /** ISO 8601 in UTC with milliseconds: not to be written before. */
  readonly sendAt?: string;
  /** ISO 8601 in UTC with milliseconds: not to be written after. Never together with `ttlSeconds`. */
  readonly expiresAt?: string;
  /** Seconds in which it may be written, counted from `sendAt`, else from enqueueing. */
  readonly ttlSeconds?: number;
  /** Opaque, comes back in the result; at most 100 bytes of UTF-8. */
  readonly ref?: string;
  /** Opaque, comes back in the result; at most 1,000 bytes of UTF-8. */
  readonly userData?: string;
  /** The result goes to the queue `results-<replyTo>`. */
  readonly replyTo?: string;
  /** The result is delivered by HTTP instead. Never together with `replyTo`. */
  readonly webhook?: WebhookPart;
  /** Reseller registration number, 9 digits. */
  readonly reseller?: string;
  readonly fallback?: readonly FallbackStep[];
  readonly smtnt?: SmtntPart;
}

/** A fallback step as a producer may write it. */
export interface FallbackInput extends Omit<FallbackStep, 'text' | 'onUnknown' | 'urlCallback'> {
  readonly text?: string;
  readonly onUnknown?: 'stop' | 'send';
  readonly urlCallback?: boolean;
}

/** A message as a producer may write it: defaults left out, `+` numbers, any ISO 8601 offset. */
export interface MessageInput
  extends Omit<MessageV1, 'v' | 'id' | 'text' | 'priority' | 'urlCallback' | 'fallback'> {
  readonly v?: 1;
  /** Required unless {@link ParseOptions.makeId} makes one. */
  readonly id?: string;
  readonly text?: string;
  readonly priority?: Priority;
  readonly urlCallback?: boolean;
  readonly fallback?: readonly FallbackInput[];
}

export interface ParseOptions {
  /** The channel of the queue that the message came from or goes to: fills a missing `channel`, refuses another one. */
  readonly channel?: Channel;
  /** Makes an id where the message has none. Without it an id is required. */
  readonly makeId?: () => string;
  /** Epoch milliseconds. With it `sendAt` is refused when it lies more than 60 days ahead. */
  readonly now?: number;
}
