import type { Channel } from '@pabal/message';
import type { JobEnd, MessageQueue } from '@pabal/queues';
import { queueName } from '@pabal/queues';
import type { Cancel, Clock, SendLine, Slot } from '@pabal/session';
import type { AttemptDeps, DispatchLine, Rest } from './attempt.js';
import { Attempt, LOOK_AGAIN_MS, STORE_RETRY_MS, withdrawClaim } from './attempt.js';
import type { Entry, ProbeHistory } from './entry.js';
import { homeLane } from './entry.js';
import { Lane } from './lane.js';

/**
 * Claims on their way to Redis at once. More would only queue up there: the answers would come too late to be written
 * upon, and an urgent message would stand behind all of them.
 */
const MAX_CLAIMS = 64;
/** How soon another message to the same recipient is looked at, while one is being claimed. */
const CHOOSING_MS = 5;

export interface DispatcherOptions extends AttemptDeps {
  readonly clock: Clock;
}

/** Ranks of lanes: a lower rank goes first whenever both could go. */
const RANKS = ['to-urgent', 'urgent', 'to', 'send'] as const satisfies readonly MessageQueue['kind'][];

/**
 * Joins what waits with what may be written: asks every line for a place as soon as there may be one, claims the most
 * urgent message that the line can carry, and writes it in the tick of the claim's answer. What becomes of it then is
 * decided by `decide` and done here.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #lanes = new Map<string, Lane>();
  readonly #lines = new Map<SendLine, DispatchLine>();
  readonly #timers = new Map<SendLine, { at: number; cancel: Cancel }>();
  readonly #inFlight = new Map<string, Entry>();
  /** Recipients with a message between its choice and its write: the line does not count that one yet. */
  readonly #choosing = new Set<string>();
  readonly #turn = new Map<string, number>();
  /** Some line was kept from taking more by {@link MAX_CLAIMS}. */
  #claimsFull = false;
  #idle: (() => void)[] = [];

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  addLine(line: DispatchLine): void {
    this.#lines.set(line.line, line);
    this.#pump(line);
  }

  removeLine(line: SendLine): void {
    this.#lines.delete(line);
    this.#timers.get(line)?.cancel();
    this.#timers.delete(line);
  }

  /** Something changed for a line (login, grant, pause, hours): look whether it can take more. */
  lineChanged(line: SendLine): void {
    const known = this.#lines.get(line);
    if (known) this.#pump(known);
  }

  /** Takes a message in hand; its job ends through `entry.end`. */
  add(entry: Entry): void {
    const lane = this.#lane(homeLane(entry));
    lane.add(entry);
    // The line that is least busy first: at low load both gateways of a route get their share.
    const able = [...this.#lines.values()].filter((line) => this.#serves(line, lane.queue));
    able.sort((a, b) => load(a, entry.message.channel) - load(b, entry.message.channel));
    for (const line of able) this.#pump(line);
  }

  /** Messages held and not yet offered, and those in flight. */
  get held(): { readonly waiting: number; readonly inFlight: number } {
    let waiting = 0;
    for (const lane of this.#lanes.values()) waiting += lane.size;
    return { waiting, inFlight: this.#inFlight.size };
  }

  isInFlight(messageId: string): boolean {
    return this.#inFlight.has(messageId);
  }

  /** Hands back what waits from these job queues: nobody here can send it now. */
  handBack(jobQueue: (name: string) => boolean): void {
    for (const lane of this.#lanes.values()) {
      for (const entry of lane.remove(({ job }) => jobQueue(job.queue)))
        this.#end(entry, { kind: 'handBack' });
    }
  }

  /** Lets go of what no line here will ever carry, because its line went to another process since it came. */
  handBackStranded(): void {
    const lines = [...this.#lines.values()];
    for (const lane of this.#lanes.values()) {
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
    for (const lane of this.#lanes.values()) {
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

  /** Resolves when no message is between its claim and its last step. */
  async idle(): Promise<void> {
    while (this.#inFlight.size > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #lane(queue: MessageQueue): Lane {
    const name = queueName(queue);
    let lane = this.#lanes.get(name);
    if (!lane) {
      lane = new Lane(queue);
      this.#lanes.set(name, lane);
    }
    return lane;
  }

  #serves(line: DispatchLine, queue: MessageQueue): boolean {
    if (!line.channels.includes(queue.channel)) return false;
    return 'gateway' in queue
      ? queue.gateway === line.line.identity.gateway
      : line.routes().includes(queue.route);
  }

  /** Offers as many messages as the line has places for, then sets its timer for the next place. */
  #pump(line: DispatchLine): void {
    const { clock, store } = this.#options;
    if (!store.claimsOpen) {
      this.#wakeLater(line, clock.now() + STORE_RETRY_MS);
      return;
    }
    for (;;) {
      if (this.#choosing.size >= MAX_CLAIMS) {
        this.#claimsFull = true;
        return;
      }
      const now = clock.now();
      const pick = this.#pick(line, now);
      if (!pick) break;
      const slot = line.line.reserve(pick.message.channel);
      if (!slot) {
        this.#lane(homeLane(pick)).putBack(pick);
        break;
      }
      void this.#work(pick, line, slot);
    }
    this.#wakeLater(line, this.#nextChance(line));
  }

  #pick(line: DispatchLine, now: number): Entry | undefined {
    for (const rank of RANKS) {
      const lanes = this.#lanesOf(line, rank).filter(
        (lane) => line.line.nextAt(lane.queue.channel) <= this.#options.clock.now(),
      );
      const entry = this.#takeInTurn(rank, lanes, now, line);
      if (entry) return entry;
    }
    return undefined;
  }

  /** Lanes of one rank take turns, so that no route or channel waits behind another. */
  #takeInTurn(rank: string, lanes: readonly Lane[], now: number, line: DispatchLine): Entry | undefined {
    const turn = this.#turn.get(rank) ?? 0;
    for (let i = 0; i < lanes.length; i++) {
      const entry = lanes[(turn + i) % lanes.length]?.take(now, (candidate) =>
        this.#look(candidate, line, now),
      );
      if (entry) {
        this.#turn.set(rank, (turn + i + 1) % lanes.length);
        return entry;
      }
    }
    return undefined;
  }

  #lanesOf(line: DispatchLine, rank: MessageQueue['kind']): Lane[] {
    const lanes: Lane[] = [];
    for (const lane of this.#lanes.values()) {
      if (lane.queue.kind === rank && lane.size > 0 && this.#serves(line, lane.queue)) lanes.push(lane);
    }
    return lanes;
  }

  #look(entry: Entry, { line, probeQuietMs }: DispatchLine, now: number): 'now' | 'never' | number {
    if (!mayCarry({ line }, entry)) return 'never';
    const { probe, message } = entry;
    if (probe) {
      const quietFrom = this.#quietFrom(probe, line, message.to, probeQuietMs);
      if (quietFrom > now) return quietFrom;
    }
    if (this.#choosing.has(message.to)) return now + CHOOSING_MS;
    const freeAt = line.recipientFreeAt(message.to);
    // Lines answer with their own, slightly later `now` for what may go at once.
    return freeAt <= this.#options.clock.now() ? 'now' : freeAt;
  }

  /** When a duplicate answer can only mean the wire id: this account has left the recipient alone for long enough. */
  #quietFrom(probe: ProbeHistory, line: SendLine, recipient: string, quietMs: number): number {
    if (quietMs === 0) return 0;
    const { clock, store } = this.#options;
    const claimedAt = clock.now() - (store.fleetNow() - probe.claimedAt);
    return Math.max(claimedAt, line.lastWriteTo(recipient) ?? 0) + quietMs;
  }

  #nextChance(line: DispatchLine): number {
    const now = this.#options.clock.now();
    let next = Number.POSITIVE_INFINITY;
    for (const lane of this.#lanes.values()) {
      if (lane.size === 0 || !this.#serves(line, lane.queue)) continue;
      const place = line.line.nextAt(lane.queue.channel);
      const message = lane.hasReady(now) ? 0 : lane.nextWake();
      next = Math.min(next, Math.max(place, message));
    }
    // Ready ones that this line may never carry must not make it spin.
    return next <= now ? now + LOOK_AGAIN_MS : next;
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

  async #work(entry: Entry, line: DispatchLine, slot: Slot): Promise<void> {
    const { id, to } = entry.message;
    if (this.#inFlight.has(id)) {
      // The same message by another job: the one in flight will tell, look again then.
      slot.release();
      this.#end(entry, { kind: 'delayed', until: Date.now() + LOOK_AGAIN_MS });
      return;
    }
    this.#inFlight.set(id, entry);
    this.#choosing.add(to);
    let chosen = true;
    const choiceMade = () => {
      if (!chosen) return;
      chosen = false;
      this.#choosing.delete(to);
      if (this.#claimsFull && this.#choosing.size <= MAX_CLAIMS / 2) this.#goOn();
    };
    let rest: Rest;
    try {
      rest = await new Attempt(this.#options, entry, line, slot, choiceMade).run();
    } catch (error) {
      // Only a defect comes here: the record is as the last step left it, and the job's lock will run out.
      this.#options.log.error({ messageId: id, error: String(error) }, 'dispatch.failed');
      rest = { kind: 'end', end: { kind: 'lost' } };
    }
    choiceMade();
    this.#inFlight.delete(id);
    this.#settleDown(entry, rest);
    if (this.#inFlight.size === 0) {
      const idle = this.#idle;
      this.#idle = [];
      for (const wake of idle) wake();
    }
    this.#pump(line);
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
    const lane = this.#lane(homeLane(entry));
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

/** Might this line ever carry the message? A probe goes only to the account that may have it. */
function mayCarry({ line }: Pick<DispatchLine, 'line'>, { admitted, probe }: Entry): boolean {
  const { gateway, account } = line.identity;
  if (probe) return probe.gateway === gateway && probe.account === account;
  return admitted.gateways.includes(gateway);
}

function load(line: DispatchLine, channel: Channel): number {
  return line.line.inFlight(channel) / Math.max(1, line.line.window(channel));
}
