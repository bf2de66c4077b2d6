/** What a gateway package gives to get a line: the parts in which two gateways differ. */
import type { Channel, MessageV1 } from '@pabal/message';
import type { Connect } from './connect.js';
import type { Dialect, DialectConnection, Endpoint } from './dialect.js';
import type { ErrandOutcome, ErrandSteps } from './errands.js';
import type {
  AttachedFile,
  Attachments,
  LineDeps,
  PreparedSubmit,
  ReportLine,
  SendLine,
  StageOutcome,
} from './gateway.js';
import type { SessionPolicy } from './policy.js';
import type { RecipientBurstLimits } from './recipient-burst.js';

/** One connection that a line keeps up: a server in one role. */
export interface SessionSpec<P extends PreparedSubmit> {
  /** Unique within the line, `send@smsclient1`; shown in status and logs. */
  readonly name: string;
  /** What may be written on it; empty for a session that only receives. */
  readonly channels: readonly Channel[];
  readonly dialect: Dialect<P>;
  /**
   * Evaluated for every connection attempt. A rejection counts as a failed attempt: a LoginRefusedError as a refused
   * login, anything else as a lost link.
   */
  readonly endpoint: () => Endpoint | Promise<Endpoint>;
}

export interface LineOptions<P extends PreparedSubmit> {
  readonly deps: LineDeps;
  /** May be empty when servers become known later, by {@link ManagedLine.sync}. */
  readonly sessions: readonly SessionSpec<P>[];
  readonly policy: SessionPolicy;
  /** Default: TCP. */
  readonly connect?: Connect;
}

export interface SendLineOptions<P extends PreparedSubmit> extends LineOptions<P> {
  /** The rate domain that a channel draws from, a key of the dialect's grants; undefined when no session carries it. */
  readonly domainOf: (channel: Channel) => string | undefined;
  /** Checks and encodes; what it throws goes to the caller of the line's `prepare`. */
  readonly prepare: (message: MessageV1, wireId: string, attachments: Attachments) => P;
  /** {@link SendLine.stage}. Default: nothing needs staging. */
  readonly stage?: (
    message: MessageV1,
    files: readonly AttachedFile[],
    complete: boolean,
  ) => Promise<StageOutcome> | undefined;
  /** Submits in flight at once on one session in one rate domain. Default: {@link windowFor}, two seconds of the grant. */
  readonly window?: (granted: number) => number;
  /** Added to the second in which the grant holds, ms. Default 5. */
  readonly paceGuardMs?: number;
  /** Per account, shared with its other agents. Default: no limit. */
  readonly recipientBurst?: RecipientBurstLimits;
  /** Earliest clock time at which the gateway takes this channel at all (sending hours). Default: at once. */
  readonly opensAt?: (channel: Channel) => number;
}

/** What a gateway package may ask of a line beside what the fleet asks. */
export interface ManagedLine<P extends PreparedSubmit> {
  /** Makes these the line's sessions: opens the ones that are new by name, drains those that are gone. */
  sync(sessions: readonly SessionSpec<P>[]): void;
  /** Tells the fleet that something which it asked about has changed (sending hours). */
  notifyChanged(): void;
}

export interface ManagedSendLine<P extends PreparedSubmit> extends SendLine, ManagedLine<P> {
  /**
   * Talks with the gateway beside the submits, on a session that carries this channel: one errand at a time on each, the
   * others queue. Its writes count against no rate and let submits pass. Never rejects.
   * @param start makes the steps, encoded for the connection of the present login.
   */
  errand<R>(
    channel: Channel,
    start: (connection: DialectConnection<P>) => ErrandSteps<R>,
  ): Promise<ErrandOutcome<R>>;
  /** True while the login of this `sessionId` lasts and takes submits. */
  isLoggedIn(sessionId: string): boolean;
}
export interface ManagedReportLine<P extends PreparedSubmit> extends ReportLine, ManagedLine<P> {}
