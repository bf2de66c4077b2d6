import { isUrgent, type JobEnd, type MessageQueue } from '@pabal/queues';
import type { Cancel, Clock, SendLine, Slot } from '@pabal/session';
import { Attempt } from './attempt.js';
import type { GatewayGate } from './circuits.js';
import { ClaimTime } from './claim-time.js';
import { type DispatchLine, load, mayCarry } from './dispatch-line.js';
import type { Entry, ProbeHistory } from './entry.js';
import { isStagedOn } from './entry.js';
import { Lanes } from './lanes.js';
import { moveToGateway } from './moves.js';
import { LOOK_AGAIN_MS, MOVED, type Rest, STORE_RETRY_MS } from './rest.js';
import { type Usable, wayOut } from './route-policy.js';
import { Staging, type StagingEnd } from './staging.js';
import { mayBeTried, watched } from './trial.js';
import { turnedAway } from './turned-away.js';
import { EXPIRED, endUnsent, type UnsentDeps, withdrawClaim } from './unsent.js';

/**
 * Claims at once that are on their way to Redis, or given and waiting for their place. More would only queue up there: the answers
 * would come too late to be written upon, and an urgent message would stand behind all of them.
 */
const MAX_CLAIMS = 64;
/** How soon another message to the same recipient is looked at, while one is being claimed. */
const CHOOSING_MS = 5;
/** How soon a message is looked at again that found its line staging as many as it may. */
const STAGING_FULL_MS = 10;
/** How long a message stays with the line that it was staged on, when that has no place; then another may stage it too. */
const STAGED_PATIENCE_MS = 1_000;

export interface DispatcherOptions extends UnsentDeps {
  readonly clock: Clock;
  readonly circuits: GatewayGate;
  readonly usable: Usable;
}

const NEVER = Number.POSITIVE_INFINITY;

/** What a look for a message that a line could write came upon. */
interface Found {
  /** When it began, clock time. */
  at: number;
  /** The queues that something waits of, and that there was a place for. */
  readonly open: Set<MessageQueue>;
}

/**
 * Joins what waits with what may be written: asks every line for a place a claim's time before there may be one, claims the
 * most urgent message that the line can carry, and writes it in the tick of the claim's answer, or when its place has come.
 * What becomes of it then is decided by `decide` and done here.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #lanes = new Lanes();
  readonly #lines = new Map<SendLine, DispatchLine>();
  readonly #timers = new Map<SendLine, { at: number; cancel: Cancel }>();
  readonly #inFlight = new Map<string, Entry>();
  /** Recipients with a message between its choice and its write: the line does not count that one yet. */
  readonly #choosing = new Set<string>();
  readonly #claimTime = new ClaimTime();
  readonly #staging: Staging;
  /** Some line was kept from taking more by {@link MAX_CLAIMS}. */
  #claimsFull = false;
  #idle: (() => void)[] = [];

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#staging = new Staging({
      clock: options.clock,
      fleetNow: () => options.store.fleetNow(),
      onEnd: (entry, line, end) => this.#stagingEnded(entry, line, end),
    });
  }

  addLine(line: DispatchLine): void {
    this.#lines.set(line.line, line);
    this.#pump(line);
  }

  removeLine(line: SendLine): void {
    this.#lines.delete(line);
    this.#timers.get(line)?.cancel();
    this.#timers.delete(line);
    for (const entry of this.#staging.removeLine(line)) this.#lanes.of(entry).putBack(entry);
  }

  /** Something changed for a line (login, grant, pause, hours): look whether it can take more. */
  lineChanged(line: SendLine): void {
    const known = this.#lines.get(line);
    if (known) this.#pump(known);
  }

  /** Takes a message in hand; its job ends through `entry.end`. */
  add(entry: Entry): void {
    if (this.#isExpired(entry)) {
      this.#expire(entry);
      return;
    }
    const lane = this.#lanes.of(entry);
    lane.add(entry);
    // The line that is least busy first: at low load both gateways of a route get their share.
    const able = [...this.#lines.values()].filter((line) => this.#serves(line, lane.queue));
    able.sort((a, b) => load(a, entry.message.channel) - load(b, entry.message.channel));
    for (const line of able) this.#pump(line);
  }

  /** Messages held and not yet offered, and those in flight. */
  get held(): { readonly waiting: number; readonly inFlight: number } {
    return { waiting: this.#lanes.size + this.#staging.size, inFlight: this.#inFlight.size };
  }

  /** Messages of a job queue in hand that wait for their recipient, while others could go. */
  resting(jobQueue: string): number {
    let resting = 0;
    for (const lane of this.#lanes) resting += lane.resting(jobQueue);
    return resting;
  }

  isInFlight(messageId: string): boolean {
    return this.#inFlight.has(messageId);
  }

  /** Hands back what waits from these job queues: nobody here can send it now. */
  handBack(jobQueue: (name: string) => boolean): void {
    this.#handBack(({ job }) => jobQueue(job.queue));
  }

  /** Hands back what waits of one job: all of a batch that is neither staged nor offered yet, or not any more. */
  handBackJob(queue: string, id: string): void {
    this.#handBack(({ job }) => job.id === id && job.queue === queue);
  }

  #handBack(which: (entry: Entry) => boolean): void {
    for (const entry of [...this.#staging.remove(which), ...this.#lanes.remove(which)])
      this.#end(entry, { kind: 'handBack' });
  }

  /** Lets go of what no line here will ever carry, because its line went to another process since it came. */
  handBackStranded(): void {
    const lines = [...this.#lines.values()];
    for (const lane of this.#lanes) {
      const served = lines.filter((line) => this.#serves(line, lane.queue));
      const stranded = lane.remove((entry) => !served.some((line) => mayCarry(line, entry)));
      for (const entry of stranded) {
        // A probe comes back into any hand that serves its gateway: not again into this one at once.
        const end: JobEnd = entry.probe
          ? { kind: 'delayed', until: Date.now() + LOOK_AGAIN_MS }
          : { kind: 'handBack' };
        this.#end(entry, end);
      }
    }
  }

  /**
   * Hands back what waits for a gateway that no open line here has served for `afterMs`: others may have it, and a
   * message that only waits in its queue can expire there on time.
   */
  handBackUnserved(afterMs: number): void {
    const now = this.#options.clock.now();
    for (const lane of this.#lanes) {
      const { queue } = lane;
      const served = [...this.#lines.values()].some(
        (line) => this.#serves(line, queue) && line.line.isOpen(queue.channel),
      );
      if (served || lane.size === 0) lane.unservedSince = undefined;
      else lane.unservedSince ??= now;
      if (lane.unservedSince === undefined || now - lane.unservedSince < afterMs) continue;
      for (const entry of lane.clear()) this.#end(entry, { kind: 'handBack' });
    }
  }

  /** Ends what expired while it waited in hand: its turn may come much later, or never. */
  endExpired(): void {
    for (const entry of this.#lanes.remove((each) => this.#isExpired(each))) this.#expire(entry);
  }

  /** Never what may have been written: that cannot expire. */
  #isExpired({ admitted: { expiresAt }, probe }: Entry): boolean {
    return expiresAt !== undefined && expiresAt <= this.#options.store.fleetNow() && !probe;
  }

  #expire(entry: Entry): void {
    void this.#carry(entry, () => endUnsent(this.#options, entry, EXPIRED));
  }

  /** Sends on what waits in the queue of a gateway that takes nothing now, and may go over another one. */
  sendElsewhere(): void {
    const { usable } = this.#options;
    const goes = (entry: Entry) => wayOut(entry, usable) !== undefined;
    for (const entry of [...this.#staging.remove(goes), ...this.#lanes.remove(goes)]) {
      void this.#carry(entry, async () => {
        const gateway = wayOut(entry, usable);
        if (gateway === undefined) return { kind: 'back' };
        await withdrawClaim(this.#options.store, entry);
        await moveToGateway(this.#options, entry.admitted, gateway, false);
        return MOVED;
      });
    }
  }

  /** Resolves when no message is between its claim and its last step. */
  async idle(): Promise<void> {
    while (this.#inFlight.size > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #serves(line: DispatchLine, queue: MessageQueue): boolean {
    if (!line.channels.includes(queue.channel)) return false;
    return 'gateway' in queue
      ? queue.gateway === line.line.identity.gateway
      : line.routes(queue.channel).includes(queue.route);
  }

  /** Offers as many messages as the line has places for, then sets its timer for the next place. */
  #pump(line: DispatchLine): void {
    const { clock, store, circuits } = this.#options;
    if (!store.claimsOpen) {
      this.#wakeLater(line, clock.now() + STORE_RETRY_MS);
      return;
    }
    const { gateway } = line.line.identity;
    const found: Found = { at: 0, open: new Set() };
    for (;;) {
      const phase = circuits.phase(gateway);
      // Told by lineChanged when that is over.
      if (phase === 'closed' || (phase === 'trial' && circuits.isTrying(gateway))) return;
      if (this.#choosing.size >= MAX_CLAIMS) {
        this.#claimsFull = true;
        return;
      }
      found.at = clock.now();
      found.open.clear();
      const trial = phase === 'trial';
      const pick = trial ? this.#pickTrial(line, found) : this.#pick(line, found);
      if (!pick) break;
      // Before its files are: what the other job stages or moves is not to be staged once more.
      if (this.#leftToAnotherJob(pick) || !this.#staging.ready(pick, line)) continue;
      const lane = this.#lanes.of(pick);
      const slot = line.line.reserve(pick.message.channel, isUrgent(lane.queue), this.#claimTime.aheadMs);
      if (!slot) {
        lane.putBack(pick);
        found.open.delete(lane.queue);
        break;
      }
      void this.#work(pick, line, slot, trial);
    }
    this.#wakeLater(line, this.#nextChance(line, found));
  }

  #pick(line: DispatchLine, found: Found, fits: (entry: Entry) => boolean = () => true): Entry | undefined {
    const { clock } = this.#options;
    const { at } = found;
    const open = (queue: MessageQueue) => {
      const is = this.#serves(line, queue) && this.#reservableAt(line, queue) <= clock.now();
      if (is) found.open.add(queue);
      return is;
    };
    return this.#lanes.take(at, open, (entry) => (fits(entry) ? this.#look(entry, line, at) : 'never'));
  }

  /**
   * The message to try a closed gateway with: none that is urgent and can go over another one; and only when there is no
   * other one that may have been written, since a refusal now would end the asking.
   */
  #pickTrial(line: DispatchLine, found: Found): Entry | undefined {
    const { usable } = this.#options;
    const mayRisk = (entry: Entry) => mayBeTried(entry, usable);
    return (
      this.#pick(line, found, (entry) => !entry.probe && mayRisk(entry)) ?? this.#pick(line, found, mayRisk)
    );
  }

  #look(entry: Entry, dispatch: DispatchLine, now: number): 'now' | 'never' | number {
    const { line, probeQuietMs } = dispatch;
    if (!mayCarry({ line }, entry)) return 'never';
    const { probe, message } = entry;
    if (probe) {
      const quietFrom = this.#quietFrom(probe, line, message.to, probeQuietMs);
      if (quietFrom > now) return quietFrom;
    }
    if (this.#choosing.has(message.to)) return now + CHOOSING_MS;
    const freeAt = Math.max(line.recipientFreeAt(message.to), dispatch.burst?.freeAt(message.to) ?? 0);
    // Lines answer with their own, slightly later `now` for what may go at once.
    return freeAt <= this.#options.clock.now() ? this.#lookAtFiles(entry, dispatch, now) : freeAt;
  }

  /** May a message with files be prepared, or staged, on this line now? */
  #lookAtFiles(entry: Entry, dispatch: DispatchLine, now: number): 'now' | 'never' | number {
    if (entry.files.length === 0 || isStagedOn(entry, dispatch.line)) return 'now';
    const elsewhere = entry.staged?.line;
    if (elsewhere && this.#lines.has(elsewhere) && isStagedOn(entry, elsewhere)) {
      if (elsewhere.nextAt(entry.message.channel) <= now + STAGED_PATIENCE_MS) return 'never';
    }
    return this.#staging.isFull(dispatch) ? now + STAGING_FULL_MS : 'now';
  }

  /** When a duplicate answer can only mean the wire id: this account has left the recipient alone for long enough. */
  #quietFrom(probe: ProbeHistory, line: SendLine, recipient: string, quietMs: number): number {
    if (quietMs === 0) return 0;
    const { clock, store } = this.#options;
    const claimedAt = clock.now() - (store.fleetNow() - probe.claimedAt);
    return Math.max(claimedAt, line.lastWriteTo(recipient) ?? 0) + quietMs;
  }

  /**
   * When to look again, after a look that found nothing more to write. Time goes on meanwhile: what is past by now, a place or the
   * end of a rest, was still to come then.
   */
  #nextChance(line: DispatchLine, found: Found): number {
    let next = NEVER;
    for (const lane of this.#lanes) {
      if (lane.size === 0 || !this.#serves(line, lane.queue)) continue;
      const place = this.#reservableAt(line, lane.queue);
      next = Math.min(next, Math.max(place, lane.nextWake()));
      if (!lane.hasReady(found.at)) continue;
      // Ready ones that there was a place for are not for this line, and must not make it spin.
      const passedOver = found.open.has(lane.queue) && !lane.brokeOff;
      next = Math.min(next, passedOver ? Math.max(place, found.at + LOOK_AGAIN_MS) : place);
    }
    return next;
  }

  /** When the line's next place may be reserved. */
  #reservableAt({ line }: DispatchLine, queue: MessageQueue): number {
    return line.nextAt(queue.channel, isUrgent(queue)) - this.#claimTime.aheadMs;
  }

  #wakeLater(line: DispatchLine, at: number): void {
    const { clock } = this.#options;
    const armed = this.#timers.get(line.line);
    if (armed && armed.at <= at && armed.at > clock.now()) return;
    armed?.cancel();
    this.#timers.delete(line.line);
    if (at === Number.POSITIVE_INFINITY || !this.#lines.has(line.line)) return;
    const cancel = clock.after(at - clock.now(), () => {
      this.#timers.delete(line.line);
      this.#pump(line);
    });
    this.#timers.set(line.line, { at, cancel });
  }

  async #work(entry: Entry, line: DispatchLine, slot: Slot, trial: boolean): Promise<void> {
    const { circuits } = this.#options;
    const { gateway } = line.line.identity;
    if (trial) circuits.beginTrial(gateway);
    const isOurs = () => this.#lines.has(line.line);
    const told = watched({ slot, line: line.line, circuits, trial, isOurs });
    const { to } = entry.message;
    let chosen = false;
    const choiceMade = () => {
      if (!chosen) return;
      chosen = false;
      this.#choosing.delete(to);
      if (this.#claimsFull && this.#choosing.size <= MAX_CLAIMS / 2) this.#goOn();
    };
    const news = { claimed: (ms: number) => this.#claimTime.note(ms), written: choiceMade };
    await this.#carry(
      entry,
      () => {
        this.#choosing.add(to);
        chosen = true;
        return new Attempt(this.#options, entry, line, told, news).run();
      },
      choiceMade,
    );
    if (trial) circuits.endTrial(gateway);
    this.#pump(line);
  }

  /** What follows once a message is staged, or was not to be: no place was taken for it, and no recipient held. */
  #stagingEnded(entry: Entry, line: DispatchLine, end: StagingEnd): void {
    const goOn = () => this.#pump(line);
    switch (end.kind) {
      case 'staged':
        // One that holds no longer, because its login was lost meanwhile, must not be made again in this very tick.
        this.#settleDown(entry, end.staged.fresh() ? { kind: 'back' } : { kind: 'wait', ms: STORE_RETRY_MS });
        break;
      case 'notNow':
        this.#settleDown(entry, { kind: 'wait', ms: Math.max(end.retryMs, STAGING_FULL_MS) });
        break;
      case 'refused':
        void this.#carry(entry, () => turnedAway(this.#options, entry, line, end)).then(goOn);
        break;
      case 'expired':
        void this.#carry(entry, () => endUnsent(this.#options, entry, EXPIRED)).then(goOn);
        break;
      case 'broken':
        void this.#carry(entry, () => Promise.reject<Rest>(end.error)).then(goOn);
        break;
      default:
        end satisfies never;
    }
    goOn();
  }

  /** Is the same message in flight by another job? Then that one will tell, and this one is looked at again later. */
  #leftToAnotherJob(entry: Entry): boolean {
    if (!this.#inFlight.has(entry.message.id)) return false;
    this.#end(entry, { kind: 'delayed', until: Date.now() + LOOK_AGAIN_MS });
    return true;
  }

  /**
   * Has something done with a message that nobody else may do anything with meanwhile, and puts it where that left it; nothing
   * when it is in flight by another job.
   */
  async #carry(entry: Entry, work: () => Promise<Rest>, worked: () => void = () => {}): Promise<void> {
    if (this.#leftToAnotherJob(entry)) return;
    const { id } = entry.message;
    this.#inFlight.set(id, entry);
    let rest: Rest;
    try {
      rest = await work();
    } catch (error) {
      // Only a defect comes here: the record is as the last step left it, and the job's lock will run out.
      this.#options.log.error({ messageId: id, error: String(error) }, 'dispatch.failed');
      rest = { kind: 'end', end: { kind: 'lost' } };
    }
    worked();
    this.#inFlight.delete(id);
    this.#settleDown(entry, rest);
    if (this.#inFlight.size === 0) {
      const idle = this.#idle;
      this.#idle = [];
      for (const wake of idle) wake();
    }
  }

  /** There is room for claims again: every line may have been kept from taking more. */
  #goOn(): void {
    this.#claimsFull = false;
    // Not within the write that made the room: that one is in the tick of its claim's answer.
    queueMicrotask(() => {
      for (const line of this.#lines.values()) this.#pump(line);
    });
  }

  /** Puts a message where its attempt left it. */
  #settleDown(entry: Entry, rest: Rest): void {
    if (entry.ended) return;
    const lane = this.#lanes.of(entry);
    switch (rest.kind) {
      case 'end':
        this.#end(entry, rest.end);
        return;
      case 'back':
        lane.putBack(entry);
        return;
      case 'wait':
        lane.setAside(entry, this.#options.clock.now() + rest.ms);
        return;
      default:
        rest satisfies never;
    }
  }

  #end(entry: Entry, end: JobEnd): void {
    if (entry.ended) return;
    entry.ended = true;
    if (!entry.claimUnanswered) {
      entry.end(end);
      return;
    }
    const withdrawn = withdrawClaim(this.#options.store, entry).catch((error: unknown) => {
      this.#options.log.warn({ messageId: entry.message.id, error: String(error) }, 'claim.notWithdrawn');
    });
    void withdrawn.finally(() => entry.end(end));
  }
}
