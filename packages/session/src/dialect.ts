/**
 * What a gateway package supplies so that a session can speak its protocol: bytes of the few frames that a session
 * writes by itself, and the meaning of every frame that comes in. A dialect owns no socket, timer or state of the
 * session; what it remembers (a frame reader, a key handed over at login) lives in one {@link DialectConnection}.
 */
import type { Notice, PreparedSubmit, SubmitOutcome } from './gateway.js';

/** Submits a second, per rate domain, as the login answer grants them. A domain that is missing or 0 may not be used. */
export type Grants = Readonly<Record<string, number>>;

/** What an ack can say. The remaining outcomes are the session's own to tell. */
export type AckOutcome = Extract<
  SubmitOutcome,
  { readonly kind: 'accepted' | 'duplicate' | 'throttled' | 'refused' }
>;

/** One answer of the gateway to a step of an errand. */
export interface ErrandAnswer {
  /** What kind of answer, in the protocol's own words. */
  readonly topic: string;
  /** Verbatim result code. */
  readonly code: string;
  /** What the answer gives beside its code. */
  readonly value?: string;
}

/** The meaning of one inbound frame. */
export type Inbound =
  | { readonly kind: 'loginAccepted'; readonly grants: Grants }
  | {
      readonly kind: 'loginRefused';
      /** Verbatim result code. */
      readonly code: string;
      /** The gateway still holds another connection of this login: expected after a take-over, ends by itself. */
      readonly alreadyConnected: boolean;
    }
  | { readonly kind: 'ack'; readonly wireId: string; readonly outcome: AckOutcome }
  /** `answer` is called, and its bytes written, only after the notice is stored. */
  | { readonly kind: 'notice'; readonly notice: Notice; readonly answer: () => Uint8Array }
  /** Bytes to be written back at once: the next step of a login, the answer to a ping of the gateway. */
  | { readonly kind: 'reply'; readonly bytes: Uint8Array }
  | { readonly kind: 'pong' }
  /** An answer to a step of an errand (a file on its way to the gateway). */
  | ({ readonly kind: 'answer' } & ErrandAnswer)
  | { readonly kind: 'loggedOut' }
  /** Well framed, but nothing to act on. `what` names the frame's type, never its content. */
  | { readonly kind: 'ignored'; readonly what: string };

/** One connection's codec. Made anew for every connection, so that nothing survives from the last one. */
export interface DialectConnection<P extends PreparedSubmit> {
  /** The first bytes after the connection is up. */
  login(): Uint8Array;
  /**
   * Takes the next bytes of the stream and yields the meaning of each whole frame. Must be lazy (a generator): a frame
   * is decoded only after the one before it was acted upon. On bytes that can't be framed it throws the wire package's
   * ProtocolError: the session ends, with the error's `reason` as its own.
   */
  receive(chunk: Uint8Array): Iterable<Inbound>;
  /** The bytes of a submit; called in the tick that writes them. */
  encode(submit: P): Uint8Array;
  ping(): Uint8Array;
  /**
   * The code under which a login counts as refused when its time is up at this point of it; undefined, or left out, where
   * it counts as a lost link.
   */
  unanswered?(): string | undefined;
  /** Undefined where the protocol has no logout: the connection is then just closed. */
  logout(): Uint8Array | undefined;
}

/** One protocol in one role (LGHV SEND, LGHV RECV, SMTNT). */
export interface Dialect<P extends PreparedSubmit> {
  connect(): DialectConnection<P>;
}

/** Where a connection goes. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/**
 * Thrown by an endpoint function when the gateway refused us before there was a connection (LGHV GRANT does): counts as
 * a refused login, with its slow back-off and its alert. Any other error counts as a lost link.
 */
export class LoginRefusedError extends Error {
  override readonly name = 'LoginRefusedError';
  readonly code = 'loginRefused';
  /** The gateway's own code, verbatim. */
  readonly gatewayCode: string;

  constructor(gatewayCode: string) {
    super(`login refused with code ${gatewayCode}`);
    this.gatewayCode = gatewayCode;
  }
}
