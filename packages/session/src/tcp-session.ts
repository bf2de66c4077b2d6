/**
 * The shell of one session: joins connections, a dialect, the state machine, the window and the keepalive. What can be
 * decided without a socket is decided in those modules.
 */
import { randomUUID } from 'node:crypto';
import type { Channel } from '@pabal/message';
import type { Cancel } from './clock.js';
import type { Connect } from './connect.js';
import { type Endpoint, type Grants, type Inbound, LoginRefusedError } from './dialect.js';
import { nameOf, reasonOf } from './end-reason.js';
import type { LineDeps, PreparedSubmit, SessionStateName, SessionStatus, SubmitOutcome } from './gateway.js';
import type { SessionSpec } from './line-options.js';
import { Link, type LinkEnd } from './link.js';
import { begin, type Effect, type EndReason, type SessionEvent, type SessionState, step } from './machine.js';
import { NoticeDesk } from './notice-desk.js';
import { Pinger } from './pinger.js';
import type { SessionPolicy } from './policy.js';
import { Submits } from './submits.js';

export type TcpSessionDeps = Pick<
  LineDeps,
  'clock' | 'random' | 'fleetNow' | 'log' | 'mayWrite' | 'onNotice'
>;

/** What a session tells its line. None may throw. */
export interface TcpSessionHooks {
  /** Logged in. Called before the transition to `ready` is told. */
  opened(grants: Grants): void;
  transition(from: SessionStateName, to: SessionStateName, reason: EndReason | undefined): void;
  refused(code: string, repeated: number): void;
  /** A place in the window, or in the socket's buffer, came free. */
  capacity(): void;
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

export class TcpSession<P extends PreparedSubmit> {
  readonly name: string;
  readonly channels: readonly Channel[];
  /** Resolves when the session is closed for good. */
  readonly closed: Promise<void>;
  readonly #options: TcpSessionOptions<P>;
  readonly #submits: Submits;
  readonly #desk: NoticeDesk;
  readonly #counts = { logins: 0, ignored: 0, unexpected: 0, answersWithheld: 0 };
  #markClosed: () => void = () => undefined;
  #state: SessionState;
  #lastReason: EndReason | undefined;
  #events: SessionEvent[] = [];
  #stepping = false;
  /** Tells an endpoint look-up or a connection of the present attempt from an earlier one's. */
  #attempt = 0;
  #link: Link<P> | undefined;
  #stateTimer: Cancel | undefined;
  #pinger: Pinger | undefined;
  #loginAt = 0;
  #sessionId = '';

  constructor(options: TcpSessionOptions<P>) {
    this.name = options.spec.name;
    this.channels = options.spec.channels;
    this.#options = options;
    this.closed = new Promise((resolve) => {
      this.#markClosed = resolve;
    });
    this.#desk = new NoticeDesk(options.policy.noticeLimit, options.deps.onNotice, () => {
      if (this.#link?.paused) this.#link.read();
      this.#checkEmptied();
    });
    this.#submits = new Submits(
      options.deps.clock,
      options.policy.ackTimeoutMs,
      () => this.#link?.paused === true,
      () => this.#apply({ kind: 'lost', reason: 'ack-timeout' }),
    );
    const [state, effects] = begin(options.policy);
    this.#state = state;
    this.#run(effects);
  }

  get state(): SessionStateName {
    return this.#state.name;
  }

  /** Of the present login; unique over all logins of all processes. */
  get sessionId(): string {
    return this.#sessionId;
  }

  /** Fleet time right before the present login was written. */
  get loginAt(): number {
    return this.#loginAt;
  }

  /** True when a submit could be written in this very tick, as far as the connection is concerned. */
  canWrite(): boolean {
    return this.#state.name === 'ready' && this.#link?.flushed === true;
  }

  /** Submits without an answer, in one lane or in all. */
  inFlight(lane?: string): number {
    return this.#submits.size(lane);
  }

  holds(wireId: string): boolean {
    return this.#submits.has(wireId);
  }

  /** Writes now or not at all. When it was written, the outcome resolves exactly once and never rejects. */
  submit(lane: string, submit: P): Submission {
    const link = this.#link;
    if (!link || this.#state.name !== 'ready') return { written: false, why: 'not-ready' };
    if (!link.flushed) return { written: false, why: 'buffer-not-empty' };
    if (this.#submits.has(submit.wireId)) return { written: false, why: 'already-in-flight' };
    const { clock, log, mayWrite } = this.#options.deps;
    let frame: Uint8Array;
    try {
      frame = link.codec.encode(submit);
    } catch (error) {
      log.error({ session: this.name, error: nameOf(error) }, 'submit.encodeFailed');
      return { written: false, why: 'encode-failed' };
    }
    if (!mayWrite()) return { written: false, why: 'not-owner' };
    const now = clock.now();
    const outcome = this.#submits.add(submit.wireId, lane, now);
    link.write(frame);
    this.#pinger?.spoke(now);
    return { written: true, outcome };
  }

  /** No more submits; ends what is in flight, logs out, closes. Resolves when closed. */
  drain(limitMs: number): Promise<void> {
    this.#apply({ kind: 'drain', limitMs });
    this.#checkEmptied();
    return this.closed;
  }

  /** Closes now; what is in flight ends `unknown`. */
  close(reason: EndReason): void {
    this.#apply({ kind: 'close', reason });
  }

  /** @param window places for submits under the present grant. */
  status(window: number): SessionStatus {
    const { duplicate, late, unknown } = this.#submits.counts;
    return {
      name: this.name,
      state: this.#state.name,
      ...(this.#lastReason !== undefined && { reason: this.#lastReason }),
      inFlight: this.#submits.size(),
      window,
      counts: {
        ...this.#counts,
        ...this.#desk.counts,
        acksDuplicate: duplicate,
        acksLate: late,
        acksUnknown: unknown,
      },
    };
  }

  /** Steps through the machine; an event that arises from an effect waits until that step's effects are done. */
  #apply(event: SessionEvent): void {
    this.#events.push(event);
    if (this.#stepping) return;
    this.#stepping = true;
    try {
      for (let next = this.#events.shift(); next; next = this.#events.shift()) this.#stepOnce(next);
    } finally {
      this.#stepping = false;
    }
  }

  #stepOnce(event: SessionEvent): void {
    const { clock, random, log } = this.#options.deps;
    const from = this.#state;
    const moment = { now: clock.now(), chance: random() };
    const [next, effects] = step(this.#options.policy, from, event, moment);
    if (next === from) return;
    this.#state = next;
    this.#stateTimer?.();
    this.#stateTimer = undefined;
    const reason = 'reason' in next ? next.reason : undefined;
    if (reason !== undefined) this.#lastReason = reason;
    this.#run(effects);
    if (next.name !== from.name) {
      log.info({ session: this.name, from: from.name, to: next.name, reason }, 'session.changed');
      this.#options.hooks.transition(from.name, next.name, reason);
    }
    if (next.name === 'closed') this.#markClosed();
  }

  #run(effects: readonly Effect[]): void {
    for (const effect of effects) this.#runOne(effect);
  }

  #runOne(effect: Effect): void {
    const { deps, hooks } = this.#options;
    switch (effect.kind) {
      case 'arm':
        this.#stateTimer = deps.clock.after(effect.ms, () => this.#apply({ kind: 'timeUp' }));
        return;
      case 'connect':
        this.#attempt += 1;
        void this.#open(this.#attempt);
        return;
      case 'sendLogin':
        this.#sendLogin();
        return;
      case 'opened':
        this.#opened(effect.grants);
        return;
      case 'sendLogout':
        this.#sendLogout();
        return;
      case 'hangUp':
        this.#hangUp();
        return;
      case 'alert':
        deps.log.warn(
          { session: this.name, code: effect.code, repeated: effect.repeated },
          'session.loginRefused',
        );
        hooks.refused(effect.code, effect.repeated);
        return;
      default:
        effect satisfies never;
    }
  }

  async #open(attempt: number): Promise<void> {
    let endpoint: Endpoint;
    try {
      endpoint = await this.#options.spec.endpoint();
    } catch (error) {
      if (attempt !== this.#attempt) return;
      if (error instanceof LoginRefusedError) {
        this.#apply({ kind: 'refused', code: error.gatewayCode, alreadyConnected: false });
      } else {
        this.#options.deps.log.warn({ session: this.name, error: nameOf(error) }, 'session.noEndpoint');
        this.#apply({ kind: 'lost', reason: 'endpoint-unavailable' });
      }
      return;
    }
    if (attempt !== this.#attempt) return;
    try {
      this.#dial(endpoint);
    } catch (error) {
      this.#options.deps.log.error({ session: this.name, error: nameOf(error) }, 'session.connectFailed');
      this.#apply({ kind: 'lost', reason: 'connect-failed' });
    }
  }

  #dial(endpoint: Endpoint): void {
    const codec = this.#options.spec.dialect.connect();
    this.#link = new Link(this.#options.connect(endpoint), codec, {
      connected: () => this.#apply({ kind: 'connected' }),
      inbound: (inbound) => this.#act(inbound),
      mayTake: () => !this.#desk.full,
      flushed: () => this.#options.hooks.capacity(),
      resumed: () => this.#submits.resumed(),
      ended: (cause) => this.#linkEnded(cause),
    });
  }

  #linkEnded(cause: LinkEnd): void {
    const reason = reasonOf(cause);
    if (cause.kind === 'threw') {
      const { log } = this.#options.deps;
      log.error({ session: this.name, reason, error: nameOf(cause.error) }, 'session.threw');
    }
    this.#apply({ kind: 'lost', reason });
  }

  #sendLogin(): void {
    const { fleetNow, mayWrite } = this.#options.deps;
    const link = this.#link;
    if (!link) return;
    if (!mayWrite()) {
      this.#apply({ kind: 'lost', reason: 'not-owner' });
      return;
    }
    this.#loginAt = fleetNow();
    try {
      link.write(link.codec.login());
    } catch (error) {
      this.#linkEnded({ kind: 'threw', error });
    }
  }

  #opened(grants: Grants): void {
    const { deps, policy } = this.#options;
    this.#counts.logins += 1;
    this.#sessionId = `${this.name}/${randomUUID()}`;
    this.#pinger = new Pinger(deps.clock, policy.keepAlive, {
      isPaused: () => this.#link?.paused === true,
      ping: () => this.#ping(),
      lost: () => this.#apply({ kind: 'lost', reason: 'keep-alive-lost' }),
    });
    this.#options.hooks.opened(grants);
  }

  #sendLogout(): void {
    const link = this.#link;
    try {
      const bytes = this.#options.deps.mayWrite() ? link?.codec.logout() : undefined;
      if (bytes) link?.write(bytes);
      else this.#apply({ kind: 'loggedOut' });
    } catch (error) {
      this.#linkEnded({ kind: 'threw', error });
    }
  }

  /** Ends the connection, or the attempt at one, and everything that depended on it. */
  #hangUp(): void {
    this.#attempt += 1;
    this.#pinger?.stop();
    this.#pinger = undefined;
    this.#link?.hangUp();
    this.#link = undefined;
    this.#submits.abandon();
  }

  /** Acts upon one frame, before the next one is decoded. */
  #act(inbound: Inbound): void {
    this.#pinger?.heard();
    switch (inbound.kind) {
      case 'loginAccepted':
        if (this.#state.name === 'loggingIn') this.#apply({ kind: 'accepted', grants: inbound.grants });
        else this.#counts.unexpected += 1;
        return;
      case 'loginRefused':
        if (this.#state.name === 'loggingIn') this.#apply({ ...inbound, kind: 'refused' });
        else this.#counts.unexpected += 1;
        return;
      case 'ack':
        if (this.#loggedIn()) this.#submits.settle(inbound.wireId, inbound.outcome);
        this.#options.hooks.capacity();
        this.#checkEmptied();
        return;
      case 'notice':
        if (this.#loggedIn()) this.#takeNotice(inbound);
        return;
      case 'reply':
        this.#answer(inbound.bytes);
        return;
      case 'loggedOut':
        this.#apply({ kind: 'loggedOut' });
        return;
      case 'pong':
        return;
      case 'ignored':
        this.#counts.ignored += 1;
        this.#options.deps.log.debug({ session: this.name, what: inbound.what }, 'session.ignored');
        return;
      default:
        inbound satisfies never;
    }
  }

  /** Acks and notices have no place before the login; a peer that sends them is not the one we think it is. */
  #loggedIn(): boolean {
    if (this.#state.name === 'ready' || this.#state.name === 'draining') return true;
    this.#counts.unexpected += 1;
    this.#apply({ kind: 'lost', reason: 'frame-before-login' });
    return false;
  }

  #takeNotice({ notice, answer }: Extract<Inbound, { kind: 'notice' }>): void {
    const link = this.#link;
    const stored = (): void => {
      // The answer belongs to the connection that brought the notice: another one would not know what it answers.
      if (link !== this.#link) return;
      try {
        this.#answer(answer());
      } catch (error) {
        this.#linkEnded({ kind: 'threw', error });
      }
    };
    const rejected = (error: unknown): void => {
      const { log } = this.#options.deps;
      log.warn({ session: this.name, notice: notice.kind, error: nameOf(error) }, 'notice.rejected');
    };
    void this.#desk.take(notice, stored, rejected);
  }

  #answer(bytes: Uint8Array): void {
    const { clock, mayWrite } = this.#options.deps;
    this.#link?.answer(bytes, () => {
      if (mayWrite()) return true;
      this.#counts.answersWithheld += 1;
      return false;
    });
    this.#pinger?.spoke(clock.now());
  }

  #checkEmptied(): void {
    if (this.#state.name !== 'draining' || this.#submits.size() > 0 || this.#desk.inHand > 0) return;
    this.#apply({ kind: 'emptied' });
  }

  #ping(): void {
    if (!this.#options.deps.mayWrite()) return;
    try {
      this.#link?.write(this.#link.codec.ping());
    } catch (error) {
      this.#linkEnded({ kind: 'threw', error });
    }
  }
}
