/**
 * The shell of one session: joins connections, a dialect, the state machine, the window and the keepalive. What can be
 * decided without a socket is decided in those modules.
 */
import { randomUUID } from 'node:crypto';
import type { Channel } from '@pabal/message';
import type { DialectConnection, Endpoint, Grants, Inbound } from './dialect.js';
import { Driver, type DriverHooks } from './driver.js';
import { nameOf, reasonOf } from './end-reason.js';
import { EndpointSearch } from './endpoint-search.js';
import { type ErrandOutcome, type ErrandSteps, Errands } from './errands.js';
import type { PreparedSubmit, SessionStateName, SessionStatus } from './gateway.js';
import { Link, type LinkEnd } from './link.js';
import type { Effect, EndReason, SessionEvent } from './machine.js';
import { NoticeDesk } from './notice-desk.js';
import { Pinger } from './pinger.js';
import { Submits } from './submits.js';
import type { Submission, TcpSessionOptions } from './tcp-session-options.js';

export class TcpSession<P extends PreparedSubmit> {
  readonly name: string;
  readonly channels: readonly Channel[];
  /** Resolves when the session is closed for good. */
  readonly closed: Promise<void>;
  readonly #options: TcpSessionOptions<P>;
  readonly #driver: Driver;
  readonly #submits: Submits;
  readonly #desk: NoticeDesk;
  readonly #errands: Errands;
  readonly #search: EndpointSearch;
  readonly #counts = { logins: 0, ignored: 0, unexpected: 0, answersWithheld: 0 };
  #markClosed: () => void = () => undefined;
  #link: Link<P> | undefined;
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
      () => this.#driver.apply({ kind: 'lost', reason: 'ack-timeout' }),
    );
    this.#errands = new Errands(options.deps.clock, options.policy.ackTimeoutMs, {
      may: () =>
        this.#driver.state !== 'ready' ? 'not-ready' : options.deps.mayWrite() ? 'yes' : 'not-owner',
      isFlushed: () => this.#link?.flushed === true,
      isReserved: () => options.hooks.reserved(),
      isPaused: () => this.#link?.paused === true,
      write: (bytes) => this.#write(bytes),
      giveUp: (reason) => this.#driver.apply({ kind: 'lost', reason }),
      log: options.deps.log,
    });
    this.#search = new EndpointSearch(options.spec.endpoint, {
      found: (endpoint) => this.#dial(endpoint),
      refused: (code) => this.#driver.apply({ kind: 'refused', code, alreadyConnected: false }),
      failed: (error) => {
        options.deps.log.warn({ session: this.name, error: nameOf(error) }, 'session.noEndpoint');
        this.#driver.apply({ kind: 'lost', reason: 'endpoint-unavailable' });
      },
    });
    const { clock, random, rests } = options.deps;
    const driven: DriverHooks = {
      perform: (effect) => this.#perform(effect),
      timeUp: () => this.#timeUp(),
      moved: (from, to, reason) => this.#moved(from, to, reason),
    };
    this.#driver = new Driver(options.policy, clock, random, driven, rests?.get(options.spec.name));
    this.#driver.start();
  }

  get state(): SessionStateName {
    return this.#driver.state;
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
    return this.#driver.state === 'ready' && this.#link?.flushed === true;
  }

  /** Submits without an answer, in one lane or in all. */
  inFlight(lane?: string): number {
    return this.#submits.size(lane);
  }

  holds(wireId: string): boolean {
    return this.#submits.has(wireId);
  }

  /**
   * Writes in this tick or not at all. When it was written, the outcome resolves exactly once and never rejects.
   * @param left called right after the bytes were handed to the socket; never when the connection ends before
   */
  submit(lane: string, submit: P, left: () => void = () => {}): Submission {
    const link = this.#link;
    if (!link || this.#driver.state !== 'ready') return { written: false, why: 'not-ready' };
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
    link.submit(frame, left);
    this.#pinger?.spoke(now);
    return { written: true, outcome };
  }

  /**
   * Talks with the gateway beside the submits, after the errands before it; see {@link Errands}. Never rejects.
   * @param start makes the steps for the connection of the present login.
   */
  errand<R>(start: (connection: DialectConnection<P>) => ErrandSteps<R>): Promise<ErrandOutcome<R>> {
    const codec = this.#link?.codec;
    if (!codec || this.#driver.state !== 'ready') {
      return Promise.resolve({ kind: 'abandoned', why: 'not-ready' });
    }
    return this.#errands.run(this.#sessionId, () => start(codec));
  }

  /** Errands that run or wait. */
  get errands(): number {
    return this.#errands.size;
  }

  /** Bytes of errands that no answer vouches for yet. */
  get unansweredErrandBytes(): number {
    return this.#errands.unansweredBytes;
  }

  /** A place on this session was used or given back. */
  placeFreed(): void {
    this.#errands.room();
  }

  /** No more submits; ends what is in flight, logs out, closes. Resolves when closed. */
  drain(limitMs: number): Promise<void> {
    this.#driver.apply({ kind: 'drain', limitMs });
    this.#checkEmptied();
    return this.closed;
  }

  /** Closes now; what is in flight ends `unknown`. */
  close(reason: EndReason): void {
    this.#driver.apply({ kind: 'close', reason });
  }

  /** @param window places for submits under the present grant. */
  status(window: number): SessionStatus {
    const { duplicate, late, unknown } = this.#submits.counts;
    const { lastReason, refusedWith } = this.#driver;
    return {
      name: this.name,
      state: this.#driver.state,
      ...(lastReason !== undefined && { reason: lastReason }),
      ...(refusedWith !== undefined && { refusedWith }),
      inFlight: this.#submits.size(),
      window,
      counts: {
        ...this.#counts,
        ...this.#desk.counts,
        acksDuplicate: duplicate,
        acksLate: late,
        acksUnknown: unknown,
        answersUnasked: this.#errands.unasked,
      },
    };
  }

  #moved(from: SessionStateName, to: SessionStateName, reason: EndReason | undefined): void {
    this.#options.deps.log.info({ session: this.name, from, to, reason }, 'session.changed');
    this.#options.hooks.transition(from, to, reason);
    if (to === 'closed') this.#markClosed();
  }

  #perform(effect: Exclude<Effect, { readonly kind: 'arm' }>): void {
    const { deps, hooks } = this.#options;
    switch (effect.kind) {
      case 'connect':
        this.#search.start();
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
      case 'rest':
        hooks.rests(effect.ms);
        return;
      default:
        effect satisfies never;
    }
  }

  #dial(endpoint: Endpoint): void {
    const { connect, deps, hooks, spec } = this.#options;
    try {
      const codec = spec.dialect.connect();
      this.#link = new Link(connect(endpoint), codec, {
        connected: () => this.#driver.apply({ kind: 'connected' }),
        inbound: (inbound) => this.#act(inbound),
        mayTake: () => !this.#desk.full,
        mayWrite: () => deps.mayWrite(),
        mayAnswer: (count) => this.#mayAnswer(count),
        flushed: () => {
          hooks.capacity();
          this.#errands.room();
        },
        resumed: () => this.#submits.resumed(),
        ended: (cause) => this.#linkEnded(cause),
      });
    } catch (error) {
      deps.log.error({ session: this.name, error: nameOf(error) }, 'session.connectFailed');
      this.#driver.apply({ kind: 'lost', reason: 'connect-failed' });
    }
  }

  #linkEnded(cause: LinkEnd): void {
    const reason = reasonOf(cause);
    if (cause.kind === 'threw') {
      const { log } = this.#options.deps;
      log.error({ session: this.name, reason, error: nameOf(cause.error) }, 'session.threw');
    }
    this.#driver.apply({ kind: 'lost', reason });
  }

  #sendLogin(): void {
    const { fleetNow, mayWrite } = this.#options.deps;
    const link = this.#link;
    if (!link) return;
    if (!mayWrite()) {
      this.#driver.apply({ kind: 'lost', reason: 'not-owner' });
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
      lost: () => this.#driver.apply({ kind: 'lost', reason: 'keep-alive-lost' }),
    });
    this.#options.hooks.opened(grants);
  }

  #sendLogout(): void {
    const link = this.#link;
    try {
      link?.flushAnswers();
      const bytes = this.#options.deps.mayWrite() ? link?.codec.logout() : undefined;
      if (bytes) link?.write(bytes);
      else this.#driver.apply({ kind: 'loggedOut' });
    } catch (error) {
      this.#linkEnded({ kind: 'threw', error });
    }
  }

  /** Ends the connection, or the attempt at one, and everything that depended on it. */
  #hangUp(): void {
    this.#search.cancel();
    this.#pinger?.stop();
    this.#pinger = undefined;
    this.#link?.hangUp();
    this.#link = undefined;
    this.#submits.abandon();
    this.#errands.abandon('connection-lost');
  }

  /** Acts upon one frame, before the next one is decoded. */
  #act(inbound: Inbound): void {
    this.#pinger?.heard();
    switch (inbound.kind) {
      case 'loginAccepted':
        if (this.#driver.state === 'loggingIn')
          this.#driver.apply({ kind: 'accepted', grants: inbound.grants });
        else this.#counts.unexpected += 1;
        return;
      case 'loginRefused':
        if (this.#driver.state === 'loggingIn') this.#driver.apply({ ...inbound, kind: 'refused' });
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
        this.#driver.apply({ kind: 'loggedOut' });
        return;
      case 'answer':
        if (this.#loggedIn()) this.#errands.answered(inbound);
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
    if (this.#driver.state === 'ready' || this.#driver.state === 'draining') return true;
    this.#counts.unexpected += 1;
    this.#driver.apply({ kind: 'lost', reason: 'frame-before-login' });
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
    const rejected = (error: unknown, inARow: number): void => {
      if (inARow > 1) return;
      const { log } = this.#options.deps;
      log.warn({ session: this.name, notice: notice.kind, error: nameOf(error) }, 'notice.rejected');
    };
    void this.#desk.take(notice, stored, rejected);
  }

  #answer(bytes: Uint8Array): void {
    this.#link?.answer(bytes);
    this.#pinger?.spoke(this.#options.deps.clock.now());
  }

  #mayAnswer(count: number): boolean {
    if (this.#options.deps.mayWrite()) return true;
    this.#counts.answersWithheld += count;
    return false;
  }

  #checkEmptied(): void {
    if (this.#driver.state !== 'draining' || this.#submits.size() > 0 || this.#desk.inHand > 0) return;
    this.#driver.apply({ kind: 'emptied' });
  }

  #ping(): void {
    if (!this.#options.deps.mayWrite()) return;
    try {
      this.#link?.write(this.#link.codec.ping());
    } catch (error) {
      this.#linkEnded({ kind: 'threw', error });
    }
  }

  #write(bytes: Uint8Array): void {
    this.#link?.write(bytes);
    this.#pinger?.spoke(this.#options.deps.clock.now());
  }

  #timeUp(): SessionEvent {
    const code = this.#driver.state === 'loggingIn' ? this.#link?.codec.unanswered?.() : undefined;
    return code === undefined ? { kind: 'timeUp' } : { kind: 'refused', code, alreadyConnected: false };
  }
}
