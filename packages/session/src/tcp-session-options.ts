/** What a session is made of, and what it tells whom it belongs to. */
import type { Connect } from './connect.js';
import type { Grants } from './dialect.js';
import type { LineDeps, PreparedSubmit, SessionStateName, SubmitOutcome } from './gateway.js';
import type { SessionSpec } from './line-options.js';
import type { EndReason } from './machine.js';
import type { SessionPolicy } from './policy.js';

export type TcpSessionDeps = Pick<
  LineDeps,
  'clock' | 'random' | 'fleetNow' | 'log' | 'mayWrite' | 'onNotice' | 'rests'
>;

/** What a session tells its line. None may throw. */
export interface TcpSessionHooks {
  /** Logged in. Called before the transition to `ready` is told. */
  opened(grants: Grants): void;
  transition(from: SessionStateName, to: SessionStateName, reason: EndReason | undefined): void;
  refused(code: string, repeated: number): void;
  /** The protocol asks for so long without another login, ms. */
  rests(ms: number): void;
  /** A place in the window, or in the socket's buffer, came free. */
  capacity(): void;
  /** Submits have a place on this session and are about to be written. */
  reserved(): boolean;
}

export interface TcpSessionOptions<P extends PreparedSubmit> {
  readonly spec: SessionSpec<P>;
  readonly deps: TcpSessionDeps;
  readonly policy: SessionPolicy;
  readonly connect: Connect;
  readonly hooks: TcpSessionHooks;
}

/** What became of an attempt to write, known at once. */
export type Submission =
  | { readonly written: true; readonly outcome: Promise<SubmitOutcome> }
  | { readonly written: false; readonly why: string };
