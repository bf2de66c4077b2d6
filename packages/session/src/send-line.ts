import type { Channel, MessageV1 } from '@pabal/message';
import type { DialectConnection, Grants } from './dialect.js';
import type { ErrandOutcome, ErrandSteps } from './errands.js';
import type {
  AgentIdentity,
  AttachedFile,
  Attachments,
  LineStatus,
  PreparedSubmit,
  SessionStatus,
  Slot,
  Staged,
  StageOutcome,
  SubmitOutcome,
} from './gateway.js';
import type { ManagedSendLine, SendLineOptions, SessionSpec } from './line-options.js';
import { Pacer, type PaceTicket } from './pacer.js';
import { RecipientBurst, shareOfAgent } from './recipient-burst.js';
import { SessionGroup } from './session-group.js';
import { Shadow } from './shadow.js';
import type { TcpSession } from './tcp-session.js';
import { windowFor } from './window.js';

/** A slot that was neither used nor given back is taken back after this, ms. */
const SLOT_LIFE_MS = 5000;
const NO_FILES: Attachments = { files: [] };

/**
 * Opens a line that sends: one or more sessions, one pacer per rate domain whatever the number of sessions, one memory of
 * recipients. It is what a gateway package returns from `openSendLine`.
 */
export function createSendLine<P extends PreparedSubmit>(options: SendLineOptions<P>): ManagedSendLine<P> {
  return new PacedLine(options);
}

/** A reserved place, before its write. */
interface Place<P extends PreparedSubmit> {
  readonly session: TcpSession<P>;
  readonly sessionId: string;
  readonly domain: string;
  readonly pacer: Pacer;
  readonly ticket: PaceTicket;
  readonly reservedAt: number;
  /** It may not be written before this, clock time. */
  readonly from: number;
}

class PacedLine<P extends PreparedSubmit> implements ManagedSendLine<P> {
  readonly identity: AgentIdentity;
  readonly #options: SendLineOptions<P>;
  readonly #group: SessionGroup<P>;
  readonly #burst: RecipientBurst;
  readonly #shadow = new Shadow<TcpSession<P>>();
  readonly #windowFor: (granted: number) => number;
  /** By rate domain. They outlive sessions: a reconnect does not empty the gateway's memory of the past second. */
  readonly #pacers = new Map<string, Pacer>();
  readonly #grants = new WeakMap<TcpSession<P>, Grants>();
  readonly #prepared = new WeakMap<PreparedSubmit, P>();
  /** What a prepared submit rests on and may outlive. */
  readonly #staged = new WeakMap<PreparedSubmit, Staged>();
  /** Places reserved and neither used nor given back, oldest first. */
  readonly #places = new Set<Place<P>>();
  /** How many of them, by session and rate domain. */
  readonly #held = new WeakMap<TcpSession<P>, Map<string, number>>();
  /** Somebody was told `Infinity`: tell when that may have changed. */
  #starved = false;

  constructor(options: SendLineOptions<P>) {
    const { deps, recipientBurst } = options;
    this.identity = deps.identity;
    this.#options = options;
    this.#windowFor = options.window ?? windowFor;
    const { agentsOfAccount, identity } = deps;
    const share = recipientBurst && shareOfAgent(recipientBurst, agentsOfAccount, identity.agent);
    this.#burst = new RecipientBurst(share);
    this.#group = new SessionGroup(options, {
      opened: (session, grants) => this.#opened(session, grants),
      capacity: () => this.#capacity(),
      reserved: (session) => this.#reservedOn(session),
    });
  }

  nextAt(channel: Channel, urgent = true): number {
    return this.#nextAt(channel, urgent, this.#now());
  }

  recipientFreeAt(recipient: string): number {
    return this.#burst.freeAt(recipient, this.#now());
  }

  lastWriteTo(recipient: string): number | undefined {
    return this.#burst.lastAt(recipient, this.#now());
  }

  reserve(channel: Channel, urgent = true, aheadMs = 0): Slot | undefined {
    // One reading for the question and the reservation: time goes on between two.
    const now = this.#now();
    const from = this.#nextAt(channel, urgent, now);
    if (from - aheadMs > now) return undefined;
    const domain = this.#options.domainOf(channel);
    const session = this.#pick(channel);
    const pacer = domain === undefined ? undefined : this.#pacers.get(domain);
    const ticket = session && pacer?.reserve(now, urgent, aheadMs);
    if (domain === undefined || !session || !pacer || !ticket) return undefined;
    const { sessionId, loginAt } = session;
    const place: Place<P> = { session, sessionId, domain, pacer, ticket, reservedAt: now, from };
    this.#hold(place);
    return {
      sessionId,
      loginAt,
      due: () => this.#due(place),
      write: (submit) => this.#write(place, submit),
      release: () => this.#release(place),
    };
  }

  stage(
    message: MessageV1,
    files: readonly AttachedFile[],
    complete: boolean,
  ): Promise<StageOutcome> | undefined {
    return this.#options.stage?.(message, files, complete);
  }

  prepare(message: MessageV1, wireId: string, attachments: Attachments = NO_FILES): PreparedSubmit {
    const prepared = this.#options.prepare(message, wireId, attachments);
    this.#prepared.set(prepared, prepared);
    if (attachments.staged) this.#staged.set(prepared, attachments.staged);
    return prepared;
  }

  inFlight(channel?: Channel): number {
    return this.#group.all.reduce((sum, session) => sum + session.inFlight(channel), 0);
  }

  window(channel: Channel): number {
    let sum = 0;
    for (const session of this.#group.sessions) {
      if (this.#carries(session, channel)) sum += this.#windowOf(channel);
    }
    return sum;
  }

  isOpen(channel: Channel): boolean {
    const opensAt = this.#options.opensAt?.(channel);
    if (opensAt !== undefined && opensAt > this.#now()) return false;
    for (const session of this.#group.sessions) if (this.#carries(session, channel)) return true;
    return false;
  }

  status(): LineStatus {
    const now = this.#now();
    const rates: Record<string, { granted: number; used: number }> = {};
    for (const [domain, pacer] of this.#pacers)
      rates[domain] = { granted: pacer.rate, used: pacer.used(now) };
    return { sessions: this.#group.all.map((session) => this.#statusOf(session)), rates };
  }

  errand<R>(
    channel: Channel,
    start: (connection: DialectConnection<P>) => ErrandSteps<R>,
  ): Promise<ErrandOutcome<R>> {
    const sessions = [...this.#group.sessions].filter((session) => this.#carries(session, channel));
    const [first] = sessions.sort((one, other) => one.errands - other.errands);
    if (!first || this.#group.ending) return Promise.resolve({ kind: 'abandoned', why: 'not-ready' });
    return first.errand(start);
  }

  isLoggedIn(sessionId: string): boolean {
    for (const session of this.#group.sessions) {
      if (session.sessionId === sessionId) return session.state === 'ready';
    }
    return false;
  }

  sync(sessions: readonly SessionSpec<P>[]): void {
    this.#group.sync(sessions);
  }

  notifyChanged(): void {
    this.#group.tellChanged();
  }

  drain(limitMs: number): Promise<void> {
    return this.#group.drain(limitMs);
  }

  close(reason: string): void {
    this.#group.close(reason);
  }

  #now(): number {
    return this.#options.deps.clock.now();
  }

  #nextAt(channel: Channel, urgent: boolean, now: number): number {
    this.#takeBackOld(now);
    const at = this.#couldWriteAt(channel, urgent, now);
    if (at === Number.POSITIVE_INFINITY) this.#starved = true;
    return at;
  }

  #couldWriteAt(channel: Channel, urgent: boolean, now: number): number {
    const domain = this.#options.domainOf(channel);
    const pacer = domain === undefined ? undefined : this.#pacers.get(domain);
    if (!pacer || this.#group.ending || !this.#pick(channel)) return Number.POSITIVE_INFINITY;
    return Math.max(pacer.nextAt(now, urgent), this.#options.opensAt?.(channel) ?? now);
  }

  /** The session with the most room among those that could write this channel in this tick. */
  #pick(channel: Channel): TcpSession<P> | undefined {
    let best: TcpSession<P> | undefined;
    let bestLoad = this.#windowOf(channel);
    for (const session of this.#group.sessions) {
      if (!this.#carries(session, channel) || !session.canWrite()) continue;
      const load = this.#load(session, channel);
      if (load >= bestLoad) continue;
      best = session;
      bestLoad = load;
    }
    return best;
  }

  #carries(session: TcpSession<P>, channel: Channel): boolean {
    return (
      session.state === 'ready' && session.channels.includes(channel) && this.#grantOf(session, channel) > 0
    );
  }

  #grantOf(session: TcpSession<P>, channel: Channel): number {
    const domain = this.#options.domainOf(channel);
    return domain === undefined ? 0 : wholeGrant(this.#grants.get(session)?.[domain]);
  }

  #windowOf(channel: Channel): number {
    const domain = this.#options.domainOf(channel);
    const rate = domain === undefined ? undefined : this.#pacers.get(domain)?.rate;
    return rate === undefined || rate === 0 ? 0 : this.#windowFor(rate);
  }

  /** What the channel's rate domain has in flight or reserved on this session. */
  #load(session: TcpSession<P>, channel: Channel): number {
    const domain = this.#options.domainOf(channel);
    let load = domain === undefined ? 0 : (this.#held.get(session)?.get(domain) ?? 0);
    for (const other of session.channels) {
      if (this.#options.domainOf(other) === domain) load += session.inFlight(other);
    }
    return load;
  }

  #statusOf(session: TcpSession<P>): SessionStatus {
    const byDomain = new Map<string | undefined, number>();
    for (const channel of session.channels) {
      if (this.#carries(session, channel)) {
        byDomain.set(this.#options.domainOf(channel), this.#windowOf(channel));
      }
    }
    return session.status([...byDomain.values()].reduce((sum, size) => sum + size, 0));
  }

  /** A login granted rates. Where several sessions share a domain and were told different rates, the lowest holds. */
  #opened(session: TcpSession<P>, grants: Grants): void {
    this.#grants.set(session, grants);
    for (const channel of session.channels) {
      const domain = this.#options.domainOf(channel);
      if (domain === undefined || this.#grantOf(session, channel) === 0) continue;
      const told = [...this.#group.sessions]
        .filter((other) => this.#carries(other, channel))
        .map((other) => this.#grantOf(other, channel));
      const rate = Math.min(this.#grantOf(session, channel), ...told);
      const pacer = this.#pacers.get(domain);
      if (pacer) pacer.setRate(rate);
      else this.#pacers.set(domain, this.#newPacer(rate));
    }
  }

  #newPacer(rate: number): Pacer {
    const guardMs = this.#options.paceGuardMs;
    return new Pacer({ rate, ...(guardMs !== undefined && { guardMs }) }, this.#now());
  }

  async #due({ from }: Place<P>): Promise<void> {
    const { clock } = this.#options.deps;
    for (let now = clock.now(); now < from; now = clock.now())
      await new Promise<void>((resolve) => clock.after(from - now, resolve));
  }

  async #write(place: Place<P>, submit: PreparedSubmit): Promise<SubmitOutcome> {
    const why = this.#cannotWrite(place, submit);
    const prepared = this.#prepared.get(submit);
    if (why !== undefined || !prepared) {
      this.#release(place);
      return { kind: 'notWritten', why: why ?? 'not-prepared' };
    }
    const answered = this.#shadow.written(place.session, submit.bytes, place.session.unansweredErrandBytes);
    // After the write: the pacer's argument needs a time that is not earlier than the write's. In a shadow the place stays
    // reserved until the answer: it arrives at the gateway some time up to then.
    const arrived = () => {
      place.pacer.written(place.ticket, this.#now());
      this.#capacity(); // only now it is known when the place comes again
    };
    const submission = place.session.submit(submit.channel, prepared, answered ? () => {} : arrived);
    if (!submission.written) {
      answered?.();
      this.#release(place);
      return { kind: 'notWritten', why: submission.why };
    }
    this.#forget(place);
    this.#burst.written(submit.recipient, this.#now());
    const outcome = await submission.outcome;
    answered?.();
    arrived();
    const pauseMs = 'pauseMs' in outcome ? outcome.pauseMs : undefined;
    if (pauseMs !== undefined) {
      const now = this.#now();
      place.pacer.pause(now + pauseMs);
      place.pacer.throttled(now);
      this.#group.tellChanged();
    }
    return outcome;
  }

  /** What speaks against this write, as far as the line knows; the session has reasons of its own. */
  #cannotWrite(place: Place<P>, submit: PreparedSubmit): string | undefined {
    const now = this.#now();
    if (!this.#places.has(place)) return 'slot-used';
    if (now - place.reservedAt > SLOT_LIFE_MS) return 'slot-expired';
    if (now < place.from) return 'slot-early';
    if ((this.#options.opensAt?.(submit.channel) ?? now) > now) return 'closed-hours';
    if (place.session.sessionId !== place.sessionId) return 'not-ready';
    if (this.#options.domainOf(submit.channel) !== place.domain) return 'other-rate-domain';
    if (!place.session.channels.includes(submit.channel)) return 'other-session';
    if (place.pacer.isPaused(now)) return 'throttled';
    if (this.#burst.freeAt(submit.recipient, now) > now) return 'recipient-burst';
    if (this.#group.all.some((session) => session.holds(submit.wireId))) return 'already-in-flight';
    if (this.#staged.get(submit)?.fresh() === false) return 'stale-files';
    return undefined;
  }

  #release(place: Place<P>): void {
    if (!this.#places.has(place)) return;
    this.#forget(place);
    place.pacer.release(place.ticket);
    this.#capacity();
  }

  #hold(place: Place<P>): void {
    this.#places.add(place);
    const held = this.#held.get(place.session) ?? new Map<string, number>();
    held.set(place.domain, (held.get(place.domain) ?? 0) + 1);
    this.#held.set(place.session, held);
  }

  #forget(place: Place<P>): void {
    this.#places.delete(place);
    const held = this.#held.get(place.session);
    held?.set(place.domain, (held.get(place.domain) ?? 0) - 1);
    place.session.placeFreed();
  }

  #reservedOn(session: TcpSession<P>): boolean {
    for (const count of this.#held.get(session)?.values() ?? []) if (count > 0) return true;
    return false;
  }

  /** A caller that lost a slot must not cost the line its place for ever. */
  #takeBackOld(now: number): void {
    for (const place of this.#places) {
      if (now - place.reservedAt <= SLOT_LIFE_MS) return;
      this.#release(place);
    }
  }

  #capacity(): void {
    if (!this.#starved) return;
    this.#starved = false;
    this.#group.tellChanged();
  }
}

/** Submits a second that may be planned with: a fraction is not used, and what is no number grants nothing. */
function wholeGrant(granted: number | undefined): number {
  return granted !== undefined && Number.isFinite(granted) ? Math.max(0, Math.floor(granted)) : 0;
}
