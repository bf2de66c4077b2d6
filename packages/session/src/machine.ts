/**
 * The life of one session as a pure reducer. The shell ({@link ./tcp-session.ts}) owns the socket and the timer, does what
 * the effects say in their order, and reports back by events.
 *
 * Every state has at most one timer. `arm` sets it, entering a state without `arm` clears it, and `timeUp` means what the
 * state makes of it. `hangUp` closes the connection and ends everything in flight. `docs/session.md` draws the same table.
 *
 * | state | event | next | effects |
 * | --- | --- | --- | --- |
 * | connecting | connected | loggingIn | arm login timeout, sendLogin |
 * | connecting | refused | backingOff | hangUp, alert, rest, arm wait |
 * | connecting | lost, timeUp | backingOff | hangUp, arm wait |
 * | loggingIn | accepted | ready | opened |
 * | loggingIn | refused | backingOff | hangUp, alert, rest, arm wait |
 * | loggingIn | lost, timeUp | backingOff | hangUp, arm wait |
 * | loggingIn | drain | loggingIn (leaving) | arm login timeout or drain limit |
 * | loggingIn (leaving) | accepted | draining (loggingOut) | arm logout timeout, sendLogout |
 * | loggingIn (leaving) | refused | closed | hangUp, alert, rest |
 * | loggingIn (leaving) | lost, timeUp | closed | hangUp |
 * | ready | lost | backingOff | hangUp, rest (if the keepalive was lost), arm wait |
 * | ready | drain | draining (emptying) | arm drain limit |
 * | draining (emptying) | emptied, timeUp | draining (loggingOut) | arm logout timeout, sendLogout |
 * | draining (loggingOut) | loggedOut, timeUp | closed | hangUp |
 * | draining | lost | closed | hangUp |
 * | backingOff | timeUp | connecting | arm connect timeout, connect |
 * | connecting, backingOff | drain | closed | hangUp |
 * | any but closed | close | closed | hangUp |
 *
 * It begins with connecting; or, where the gateway asked an earlier process to stay away, with backingOff until that is over.
 *
 * A login is never left without its answer: one that was accepted is logged out, and what a refusal asks for is to be handed on.
 *
 * What is not in the table changes nothing: an event of a connection that is gone, a second login answer, a drain of a
 * session that drains.
 */
import { afterReady, type BackoffHistory, type BackoffPolicy, backoff, freshHistory } from './backoff.js';
import type { Grants } from './dialect.js';

export interface MachinePolicy {
  readonly connectTimeoutMs: number;
  readonly loginTimeoutMs: number;
  readonly logoutTimeoutMs: number;
  readonly backoff: BackoffPolicy;
}

/** Why a session ended: kebab-case, stable. Protocol errors add reasons of their own (`frame-too-long`, …). */
export type EndReason = string;

export type SessionState =
  | { readonly name: 'connecting'; readonly history: BackoffHistory }
  | {
      readonly name: 'loggingIn';
      readonly history: BackoffHistory;
      /** It was to drain meanwhile: the answer is only heard. */
      readonly leaving?: true;
    }
  | { readonly name: 'ready'; readonly history: BackoffHistory; readonly since: number }
  | { readonly name: 'draining'; readonly phase: 'emptying' | 'loggingOut' }
  | {
      readonly name: 'backingOff';
      readonly history: BackoffHistory;
      readonly reason: EndReason;
      /** The gateway's code, where the reason is that it refused the login. */
      readonly refusedWith?: string;
      /** Clock time of the next attempt. */
      readonly until: number;
    }
  | { readonly name: 'closed'; readonly reason: EndReason };

export type SessionEvent =
  | { readonly kind: 'connected' }
  | { readonly kind: 'accepted'; readonly grants: Grants }
  | { readonly kind: 'refused'; readonly code: string; readonly alreadyConnected: boolean }
  | { readonly kind: 'lost'; readonly reason: EndReason }
  | { readonly kind: 'timeUp' }
  | { readonly kind: 'drain'; readonly limitMs: number }
  /** Nothing is in flight, reserved or waiting for storage any more. */
  | { readonly kind: 'emptied' }
  | { readonly kind: 'loggedOut' }
  | { readonly kind: 'close'; readonly reason: EndReason };

export type Effect =
  | { readonly kind: 'connect' }
  | { readonly kind: 'sendLogin' }
  | { readonly kind: 'opened'; readonly grants: Grants }
  | { readonly kind: 'sendLogout' }
  | { readonly kind: 'arm'; readonly ms: number }
  | { readonly kind: 'hangUp'; readonly reason: EndReason }
  /** Someone should look: the gateway refused us, `repeated` times in a row. */
  | { readonly kind: 'alert'; readonly code: string; readonly repeated: number }
  /** The protocol asks for so long without a login, whoever would make it. */
  | { readonly kind: 'rest'; readonly ms: number };

/** The moment of an event. */
export interface Moment {
  /** Clock time. */
  readonly now: number;
  /** Uniform in [0, 1). */
  readonly chance: number;
}

type Step = readonly [SessionState, readonly Effect[]];

/** A new session's state and what to do first. @param restUntil the gateway asked to stay away until then, clock time */
export function begin(policy: MachinePolicy, now: number, restUntil = now): Step {
  if (restUntil <= now) return connecting(policy, freshHistory);
  const state = { name: 'backingOff', history: freshHistory, reason: 'rests', until: restUntil } as const;
  return [state, [{ kind: 'arm', ms: restUntil - now }]];
}

/** The next state and what to do, in order. Never throws; an event that means nothing here returns the same state. */
export function step(policy: MachinePolicy, state: SessionState, event: SessionEvent, moment: Moment): Step {
  if (state.name === 'closed') return [state, []];
  if (event.kind === 'close') return closed(event.reason);
  switch (state.name) {
    case 'connecting':
      return whileConnecting(policy, state.history, event, moment) ?? [state, []];
    case 'loggingIn':
      return (
        (state.leaving
          ? whileLeaving(policy, state.history, event)
          : whileLoggingIn(policy, state.history, event, moment)) ?? [state, []]
      );
    case 'ready':
      if (event.kind === 'lost') {
        const history = afterReady(state.history, policy.backoff, state.since, moment.now);
        return lost(policy, history, event.reason, moment);
      }
      if (event.kind === 'drain') {
        return [{ name: 'draining', phase: 'emptying' }, [{ kind: 'arm', ms: event.limitMs }]];
      }
      return [state, []];
    case 'draining':
      return whileDraining(policy, state.phase, event) ?? [state, []];
    case 'backingOff':
      if (event.kind === 'timeUp') return connecting(policy, state.history);
      if (event.kind === 'drain') return closed('drained');
      return [state, []];
    default:
      return state satisfies never;
  }
}

function whileConnecting(
  policy: MachinePolicy,
  history: BackoffHistory,
  event: SessionEvent,
  moment: Moment,
): Step | undefined {
  switch (event.kind) {
    case 'connected':
      return [
        { name: 'loggingIn', history },
        [{ kind: 'arm', ms: policy.loginTimeoutMs }, { kind: 'sendLogin' }],
      ];
    case 'refused':
      return refused(policy, history, event, moment);
    case 'lost':
      return lost(policy, history, event.reason, moment);
    case 'timeUp':
      return lost(policy, history, 'connect-timeout', moment);
    case 'drain':
      return closed('drained');
    case 'accepted':
    case 'emptied':
    case 'loggedOut':
    case 'close':
      return undefined;
    default:
      return event satisfies never;
  }
}

function whileLoggingIn(
  policy: MachinePolicy,
  history: BackoffHistory,
  event: SessionEvent,
  moment: Moment,
): Step | undefined {
  switch (event.kind) {
    case 'accepted':
      return [{ name: 'ready', history, since: moment.now }, [{ kind: 'opened', grants: event.grants }]];
    case 'refused':
      return refused(policy, history, event, moment);
    case 'lost':
      return lost(policy, history, event.reason, moment);
    case 'timeUp':
      return lost(policy, history, 'login-timeout', moment);
    case 'drain':
      return [
        { name: 'loggingIn', history, leaving: true },
        [{ kind: 'arm', ms: Math.min(event.limitMs, policy.loginTimeoutMs) }],
      ];
    case 'connected':
    case 'emptied':
    case 'loggedOut':
    case 'close':
      return undefined;
    default:
      return event satisfies never;
  }
}

function whileLeaving(policy: MachinePolicy, history: BackoffHistory, event: SessionEvent): Step | undefined {
  switch (event.kind) {
    case 'accepted':
      return loggingOut(policy);
    case 'refused': {
      const reason = 'login-refused';
      return [
        { name: 'closed', reason },
        [{ kind: 'hangUp', reason }, ...refusal(policy, history, event.code)],
      ];
    }
    case 'lost':
      return closed(event.reason);
    case 'timeUp':
      return closed('login-timeout');
    case 'connected':
    case 'drain':
    case 'emptied':
    case 'loggedOut':
    case 'close':
      return undefined;
    default:
      return event satisfies never;
  }
}

function whileDraining(
  policy: MachinePolicy,
  phase: 'emptying' | 'loggingOut',
  event: SessionEvent,
): Step | undefined {
  switch (event.kind) {
    case 'lost':
      return closed(event.reason);
    case 'emptied':
      return phase === 'emptying' ? loggingOut(policy) : undefined;
    case 'timeUp':
      return phase === 'emptying' ? loggingOut(policy) : closed('drained');
    case 'loggedOut':
      return phase === 'loggingOut' ? closed('drained') : closed('logged-out-by-gateway');
    case 'connected':
    case 'accepted':
    case 'refused':
    case 'drain':
    case 'close':
      return undefined;
    default:
      return event satisfies never;
  }
}

function connecting(policy: MachinePolicy, history: BackoffHistory): Step {
  return [
    { name: 'connecting', history },
    [{ kind: 'arm', ms: policy.connectTimeoutMs }, { kind: 'connect' }],
  ];
}

function loggingOut(policy: MachinePolicy): Step {
  return [
    { name: 'draining', phase: 'loggingOut' },
    [{ kind: 'arm', ms: policy.logoutTimeoutMs }, { kind: 'sendLogout' }],
  ];
}

function closed(reason: EndReason): Step {
  return [{ name: 'closed', reason }, [{ kind: 'hangUp', reason }]];
}

function lost(policy: MachinePolicy, history: BackoffHistory, reason: EndReason, moment: Moment): Step {
  const kind = reason === 'keep-alive-lost' ? 'keepAliveLost' : 'lost';
  const restMs = kind === 'keepAliveLost' ? policy.backoff.keepAliveLostMs : 0;
  return backingOff(
    backoff(history, policy.backoff, { kind }, moment.now, moment.chance),
    reason,
    moment,
    restMs > 0 ? [{ kind: 'rest', ms: restMs }] : [],
  );
}

function refused(
  policy: MachinePolicy,
  history: BackoffHistory,
  event: { readonly code: string; readonly alreadyConnected: boolean },
  moment: Moment,
): Step {
  const { alreadyConnected, code } = event;
  const next = backoff(
    history,
    policy.backoff,
    { kind: 'refused', alreadyConnected },
    moment.now,
    moment.chance,
  );
  const told = refusal(policy, history, code);
  return backingOff(next, 'login-refused', moment, told, { refusedWith: code });
}

/** What a refusal asks for, whatever becomes of the session. */
function refusal(policy: MachinePolicy, history: BackoffHistory, code: string): readonly Effect[] {
  return [
    { kind: 'alert', code, repeated: history.refused + 1 },
    { kind: 'rest', ms: policy.backoff.refused.minMs },
  ];
}

function backingOff(
  next: { readonly delayMs: number; readonly history: BackoffHistory },
  reason: EndReason,
  moment: Moment,
  effects: readonly Effect[],
  refusal: { readonly refusedWith?: string } = {},
): Step {
  return [
    { name: 'backingOff', history: next.history, reason, until: moment.now + next.delayMs, ...refusal },
    [{ kind: 'hangUp', reason }, ...effects, { kind: 'arm', ms: next.delayMs }],
  ];
}
