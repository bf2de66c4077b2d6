/**
 * The contract between a gateway package and the fleet: what a gateway must offer so that the fleet can own its
 * sessions, pace it, send over it and take its reports. A third gateway is one more implementation of
 * {@link GatewayKind}; nothing else in the fleet knows which gateway it talks to.
 */
import type { Channel, MessageV1, Problem, ReasonCode } from '@pabal/message';
import type { z } from 'zod';
import type { Clock } from './clock.js';
import type { RecipientBurstLimits } from './recipient-burst.js';

/** One login identity of a gateway account. It is the unit of ownership (one lease) and of the granted rate. */
export interface AgentIdentity {
  /** Name of the gateway in the configuration, `hellovision`. */
  readonly gateway: string;
  /** The account that the gateway knows (LGHV USER_ID, SMTNT BindId). Wire ids are unique within it. */
  readonly account: string;
  /** The agent within the account (LGHV AGENT_ID; equal to the account for SMTNT). */
  readonly agent: string;
}

/** How sure a gateway's code makes us that the recipient did or did not get the message. */
export type Certainty = 'delivered' | 'notDelivered' | 'uncertain';

/** What a gateway's code asks of us. `retry`: the same again later; `wait`: throttled; `alert`: someone must act; `giveUp`: final. */
export type Advice = 'retry' | 'wait' | 'alert' | 'giveUp';

/** What became of one submit. One submit has exactly one outcome. */
export type SubmitOutcome =
  /** Taken. With `pauseMs` the gateway says beside it that this type is over its rate and must pause. */
  | { readonly kind: 'accepted'; readonly code: string; readonly pauseMs?: number }
  /** The gateway says that it knows this wire id (or, LGHV 17, that this recipient gets too many): the fate decides which. */
  | { readonly kind: 'duplicate'; readonly code: string; readonly mayMeanTooOften: boolean }
  /** Over the rate: this type pauses `pauseMs`; the message was not taken. */
  | { readonly kind: 'throttled'; readonly code: string; readonly pauseMs: number }
  /**
   * Certainly not taken, because the gateway lacks what the submit only named (LGHV 16, an image by its key): the same
   * again under the same wire id, now with everything.
   */
  | { readonly kind: 'incomplete'; readonly code: string }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly certainty: Certainty;
      readonly reason: ReasonCode;
      readonly advice: Advice;
    }
  /** Written, or possibly written, without an answer. */
  | { readonly kind: 'unknown'; readonly why: 'ackTimeout' | 'connectionLost' }
  /** Certainly not one byte of it was written: safe to go elsewhere. */
  | { readonly kind: 'notWritten'; readonly why: string };

/** A delivery report as a gateway sent it, in the fleet's words. */
export interface DeliveryReport {
  readonly wireId: string;
  /** Digits, where the report tells them. Never logged. */
  readonly recipient?: string;
  /** Verbatim result code. */
  readonly code: string;
  readonly certainty: Certainty;
  readonly reason: ReasonCode;
  /** SKT, KTF, LGT, …, verbatim, where the gateway tells. */
  readonly carrier?: string;
  /** When the handset got it, epoch milliseconds, where the gateway tells. */
  readonly deliveredAt?: number;
  /** The gateway's own message id, where it has one. */
  readonly gatewayMessageId?: string;
}

/** What a gateway tells of its own accord. Each is answered only after {@link LineDeps.onNotice} has resolved. */
export type Notice =
  | { readonly kind: 'report'; readonly report: DeliveryReport }
  | {
      readonly kind: 'optOut';
      readonly id: string;
      readonly recipient: string;
      readonly optOutNumber: string;
    }
  | { readonly kind: 'numberChanged'; readonly id: string; readonly from: string; readonly to: string }
  /** Well framed, but it does not parse: stored raw (base64), answered and counted so that it blocks nothing. */
  | { readonly kind: 'unparsedReport'; readonly raw: string; readonly problem: string };

/** A file of a message as the file store keeps it: a JPEG, checked when it was stored. */
export interface AttachedFile {
  /** Content-addressed: the same bytes have the same id. */
  readonly id: string;
  readonly bytes: Uint8Array;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** What was done or learnt on a line before a message with files could be prepared there (uploads, images it still has). */
export interface Staged {
  /** False when it holds no longer: the login it belonged to is gone, or the gateway no longer has the image. */
  fresh(): boolean;
}

export type StageOutcome =
  | { readonly kind: 'staged'; readonly staged: Staged }
  /** Not possible now; nothing was offered to anybody. */
  | { readonly kind: 'notNow'; readonly why: string; readonly retryMs: number }
  /** The gateway refuses a file. The message itself was certainly not offered. */
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly reason: ReasonCode;
      readonly advice: Advice;
    };

/** A message's files on their way into a submit. */
export interface Attachments {
  /** In the order of the message's `files`. */
  readonly files: readonly AttachedFile[];
  /** From {@link SendLine.stage} of the same line. */
  readonly staged?: Staged;
}

/** A message made ready for one gateway: checked, encoded, not yet written. */
export interface PreparedSubmit {
  readonly channel: Channel;
  readonly wireId: string;
  /** Normalised recipient, for the recipient burst. Never logged. */
  readonly recipient: string;
  readonly bytes: number;
}

/** A place in the rate and in the window, reserved before the claim and used or given back right after it. */
export interface Slot {
  /** The session it would be written on; unique over all logins of all processes. */
  readonly sessionId: string;
  /** Fleet time (epoch ms) of that session's login. */
  readonly loginAt: number;
  /** Resolves in the tick from which on the place may be written; it was reserved so much ahead. */
  due(): Promise<void>;
  /**
   * Writes in this very tick, or not at all (`notWritten`): the place must be due, the session must be ready, its socket's buffer empty and
   * {@link LineDeps.mayWrite} true. Uses the slot. Resolves with the one outcome; never rejects.
   */
  write(submit: PreparedSubmit): Promise<SubmitOutcome>;
  /** Gives the place back unused. */
  release(): void;
}

export type SessionStateName = 'connecting' | 'loggingIn' | 'ready' | 'draining' | 'backingOff' | 'closed';

/** One session, as `pabal status` shows it. */
export interface SessionStatus {
  /** `send@10.0.0.1:5001`, the server's own name first where it has one. */
  readonly name: string;
  readonly state: SessionStateName;
  /** Why the last session ended, kebab-case. */
  readonly reason?: string;
  /** The code with which the gateway refused the last login; absent once one of another kind failed, or one succeeded. */
  readonly refusedWith?: string;
  readonly inFlight: number;
  readonly window: number;
  /** What happened on it since it was opened, by name: logins, late and duplicate acks, notices rejected, … */
  readonly counts?: Readonly<Record<string, number>>;
}

/** A line as `pabal status` shows it. */
export interface LineStatus {
  readonly sessions: readonly SessionStatus[];
  /** Per rate domain: granted submits a second, and submits in the past second. */
  readonly rates: Readonly<Record<string, { readonly granted: number; readonly used: number }>>;
}

export type LineEvent =
  /** A session became ready, lost its readiness, or its grant, hours or pause changed: ask for slots again. */
  | { readonly kind: 'changed' }
  | {
      readonly kind: 'session';
      readonly session: string;
      readonly from: SessionStateName;
      readonly to: SessionStateName;
      readonly reason?: string;
    }
  | {
      readonly kind: 'loginRefused';
      readonly session: string;
      readonly code: string;
      readonly repeated: number;
    }
  /** The protocol asks for so long without another login of this session, by whichever process, ms. */
  | { readonly kind: 'rests'; readonly session: string; readonly ms: number };

/** All SEND sessions of one agent: one lease, one rate per type whatever the number of servers. */
export interface SendLine {
  readonly identity: AgentIdentity;
  /**
   * Earliest time (clock `now()`) at which a submit of this channel may be written; Infinity while no session can
   * carry it (not logged in, window full, buffer not empty, outside sending hours until told otherwise by an event).
   * @param urgent default true; one that is not keeps closer to an even spread, so that urgent ones find a place
   */
  nextAt(channel: Channel, urgent?: boolean): number;
  /** Earliest time (clock `now()`) at which this recipient may get another one from this account. */
  recipientFreeAt(recipient: string): number;
  /** When (clock `now()`) this line last wrote to that recipient; undefined when not since it opened (or > 10 s ago). */
  lastWriteTo(recipient: string): number | undefined;
  /**
   * A place for a submit of this channel, or undefined when {@link nextAt} is later than now and `aheadMs`.
   * @param aheadMs so long before it comes the place is given, default 0
   */
  reserve(channel: Channel, urgent?: boolean, aheadMs?: number): Slot | undefined;
  /**
   * What must be done on this line before a message with files can be prepared; undefined where nothing must. Needs no
   * slot, offers nothing to a recipient, and may be done again. Never rejects.
   * @param complete leave nothing to what the gateway may remember (after `incomplete`, and for probes).
   */
  stage(
    message: MessageV1,
    files: readonly AttachedFile[],
    complete: boolean,
  ): Promise<StageOutcome> | undefined;
  /** Encodes. Throws the wire package's FieldError when a value does not fit or has no place in the charset. */
  prepare(message: MessageV1, wireId: string, attachments?: Attachments): PreparedSubmit;
  /** Submits that the line holds unanswered, of a channel or of all: the in-flight window in use. */
  inFlight(channel?: Channel): number;
  /** How many submits of this channel may be in flight at once under the present grant. */
  window(channel: Channel): number;
  /** True when at least one session that carries this channel is logged in, within the gateway's sending hours. */
  isOpen(channel: Channel): boolean;
  status(): LineStatus;
  /** Takes no more slots, waits until nothing is in flight or the limit has passed, logs out, closes. */
  drain(limitMs: number): Promise<void>;
  /** Closes every socket now; what is in flight ends `unknown`/`connectionLost`. */
  close(reason: string): void;
}

/** All RECV sessions of one agent, for gateways whose reports come on sessions of their own. */
export interface ReportLine {
  readonly identity: AgentIdentity;
  /** True when every server's report session is logged in. */
  isOpen(): boolean;
  status(): LineStatus;
  drain(limitMs: number): Promise<void>;
  close(reason: string): void;
}

/** A logger with bound context: pino's face, as much of it as lines need. */
export interface Log {
  debug(fields: object, event: string): void;
  info(fields: object, event: string): void;
  warn(fields: object, event: string): void;
  error(fields: object, event: string): void;
}

/**
 * What all workers of the fleet remember together for a while, per gateway. It may forget at any time, and it fails
 * softly: an error is as good as not knowing.
 */
export interface SharedMemory {
  recall(key: string): Promise<string | undefined>;
  remember(key: string, value: string, forMs: number): Promise<void>;
  forget(key: string): Promise<void>;
}

export interface LineDeps {
  readonly identity: AgentIdentity;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Fleet time: epoch milliseconds by Redis' clock. */
  readonly fleetNow: () => number;
  readonly log: Log;
  /** The lease check, asked right before every byte that would make the gateway do something. */
  readonly mayWrite: () => boolean;
  readonly onEvent: (event: LineEvent) => void;
  /** Resolves when Redis holds the consequence; only then is the gateway answered. A rejection answers nothing: it will be repeated. */
  readonly onNotice: (notice: Notice) => Promise<void>;
  /** Sessions that an earlier owner was asked to rest, by name, until a clock time: they log in no sooner. */
  readonly rests?: ReadonlyMap<string, number>;
  /** Agents of this account in the whole fleet: the recipient burst is shared between them. */
  readonly agentsOfAccount: readonly string[];
  readonly memory: SharedMemory;
}

/** One gateway protocol, joined to the fleet. */
export interface GatewayKind<C = unknown> {
  readonly protocol: string;
  /** Schema of this gateway's whole block in the configuration, its `protocol` included; fills in defaults. */
  readonly configSchema: z.ZodType<C>;
  agents(gateway: string, config: C): readonly AgentIdentity[];
  /** Where reports arrive: on a line of their own, owned by receivers, or on the send line. */
  readonly reportsOn: 'reportLine' | 'sendLine';
  /** Channels that this gateway can carry under this configuration. */
  channels(config: C): readonly Channel[];
  /**
   * Why this gateway cannot carry this message; empty when it can. Pure, the same limits as {@link SendLine.prepare}.
   * @param files those of the message; left out where only their number is known, and then not judged.
   */
  problems(message: MessageV1, config: C, files?: readonly AttachedFile[]): readonly Problem[];
  /** How long after a submit its report may still come, ms, by channel. */
  reportDeadlineMs(config: C, channel: Channel): number;
  /** How long the gateway remembers wire ids, ms: an uncertain submit is offered again only while younger. */
  duplicateMemoryMs(config: C): number;
  /**
   * A duplicate answer may also mean "too often to this recipient" (LGHV 17): a probe waits until this account wrote
   * nothing to the recipient for so long, ms. 0 where a duplicate is always the wire id's.
   */
  readonly probeQuietMs: number;
  /**
   * How often an account may write to one recipient; undefined for no limit. Asked where an account may have several agents, so
   * that they may count together.
   */
  recipientBurst?(config: C): RecipientBurstLimits | undefined;
  /**
   * What the bytes of an {@link Notice} `unparsedReport` say after all, by what is known of the protocol now; undefined when
   * they still do not parse. Pure.
   */
  reread(raw: Uint8Array, config: C): Notice | undefined;
  openSendLine(config: C, deps: LineDeps): SendLine;
  openReportLine?(config: C, deps: LineDeps): ReportLine;
}
