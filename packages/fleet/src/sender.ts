import { reportPathUp, sharedMemory } from '@pabal/fate';
import type { Channel } from '@pabal/message';
import type { MessageQueue, RedisConnection } from '@pabal/queues';
import { gatewayQueue, queueName } from '@pabal/queues';
import type { Cancel, LineEvent, SendLine } from '@pabal/session';
import { AccountBursts } from './account-burst.js';
import { Admission } from './admission.js';
import { tellCircuit } from './circuit-news.js';
import { Circuits } from './circuits.js';
import type { DispatchLine } from './dispatch-line.js';
import { Dispatcher } from './dispatcher.js';
import { doorRules } from './door.js';
import type { Gateway } from './fleet-config.js';
import { agentsOfAccount } from './fleet-config.js';
import { FleetView } from './fleet-view.js';
import { Intake } from './intake.js';
import { agentLog, type Member } from './member.js';
import type { Holding } from './ownership.js';
import { Ownership } from './ownership.js';
import { PulledQueue } from './pulled-queue.js';
import type { Usable } from './route-policy.js';
import { RouteTable } from './route-table.js';
import { sessionEvent } from './session-events.js';
import type { ProcessStatus, StatusLine } from './status.js';
import { publishStatus, retractStatus } from './status.js';
import { unlessAway } from './unless-away.js';

/** How often a sender looks after its pullers, tells its status and renews its view of the fleet. */
const HOUSEKEEPING_MS = 1_000;
/** A queue that no open line has served for so long is left to others. */
const UNSERVED_AFTER_MS = 2_000;
/** How often the number of jobs held is fitted to what is in flight. */
const FIT_MS = 50;
/** Jobs held per queue beyond those in flight: at least so many, or this share of the window (half a second of the grant). */
const MIN_AHEAD = 16;
const AHEAD_OF_WINDOW = 1 / 4;
const MAX_HELD = 2_000;
interface OwnedLine {
  readonly dispatch: DispatchLine;
  readonly gateway: Gateway;
}

export interface SenderOptions {
  readonly member: Member;
  /** Connection of role `worker`, shared by all pullers. */
  readonly workers: RedisConnection;
}

/** The sender role: owns agents' SEND sessions, takes messages from the queues and sends them within the grant. */
export class Sender {
  readonly #member: Member;
  readonly #workers: RedisConnection;
  readonly #dispatcher: Dispatcher;
  readonly #intake: Intake;
  readonly #ownership: Ownership;
  readonly #view: FleetView;
  readonly #circuits: Circuits;
  readonly #routes: RouteTable;
  readonly #admission: Admission;
  readonly #bursts: AccountBursts;
  readonly #lines = new Map<Holding, OwnedLine>();
  readonly #pullers = new Map<string, PulledQueue>();
  readonly #closingPullers = new Map<PulledQueue, Promise<void>>();
  readonly #startedAt: number;
  #housekeeping: Cancel = () => {};
  #fitting: Cancel = () => {};
  #stopping = false;
  #stopped: Promise<void> | undefined;

  constructor({ member, workers }: SenderOptions) {
    const { store, producer, publisher, nextSteps, jobs, clock, log, config } = member;
    this.#member = member;
    this.#workers = workers;
    this.#bursts = new AccountBursts(clock);
    this.#startedAt = Date.now();
    const gateways = [...config.gateways.keys()];
    const view = new FleetView(store, gateways);
    const circuits = new Circuits({
      store,
      owner: member.owner,
      gateways,
      view,
      clock,
      log,
      onNews: (news) => tellCircuit(member, news),
      onChanged: () => this.#circuitsChanged(),
    });
    this.#view = view;
    this.#circuits = circuits;
    this.#routes = new RouteTable({ config, view, phase: (gateway) => circuits.phase(gateway), clock });
    const usable: Usable = (gateway, channel) => view.isUsable(gateway, channel);
    this.#dispatcher = new Dispatcher({
      ...{ store, producer, publisher, nextSteps, jobs, clock, log },
      ...{ circuits, usable },
    });
    this.#intake = new Intake({ store, producer, publisher, nextSteps, jobs, log });
    this.#admission = new Admission({
      member,
      rules: doorRules(config),
      view: this.#view,
      dispatcher: this.#dispatcher,
      openGateways: (channel) => this.#openGateways(channel),
    });
    this.#ownership = new Ownership({
      kind: 'send',
      store,
      owner: member.owner,
      agents: [...config.gateways.values()].flatMap((gateway) => gateway.agents),
      clock,
      log,
      onAcquired: (holding) => this.#open(holding),
      onLost: (holding, reason) => this.#close(holding, reason),
      onRelease: (holding) => this.#release(holding),
    });
  }

  start(): void {
    this.#ownership.start();
    this.#keepHouse();
    this.#fitHolds();
  }

  /** Stops in order: no more jobs, hand back what is unclaimed, let the windows empty, log out, let the leases go. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    const { store, owner } = this.#member;
    this.#stopping = true;
    this.#housekeeping();
    this.#fitting();
    for (const open of this.#pullers.values()) this.#closePuller(open);
    this.#pullers.clear();
    this.#dispatcher.handBack(() => true);
    await this.#ownership.stop();
    if (!(await unlessAway(this.#member, this.#putAway()))) this.#leave();
    await retractStatus(store, owner).catch(() => {});
  }

  /** Everything that Redis has to take before this process may end. */
  async #putAway(): Promise<void> {
    await this.#dispatcher.idle();
    this.#dispatcher.handBack(() => true);
    await Promise.allSettled(this.#closingPullers.values());
    await Promise.all([this.#member.publisher.flush(), this.#member.nextSteps.flush()]);
  }

  /** Redis is away: jobs are found again by their locks, and what is in flight by its claim. */
  #leave(): void {
    const { inFlight } = this.#dispatcher.held;
    const jobs = [...this.#closingPullers.keys()].reduce((sum, { inHand }) => sum + inHand, 0);
    this.#member.log.warn({ jobs, inFlight, results: this.#member.publisher.underWay }, 'stop.leftBehind');
    if (inFlight > 0) throw new Error(`Redis is away: of ${inFlight} messages the last step was not stored`);
  }

  #open(holding: Holding): void {
    const { config, clock, random, store, log } = this.#member;
    const gateway = config.gateways.get(holding.identity.gateway);
    if (!gateway || this.#stopping) return;
    const { kind } = gateway;
    const line: SendLine = kind.openSendLine(gateway.config, {
      identity: holding.identity,
      clock,
      random,
      fleetNow: () => store.fleetNow(),
      log: agentLog(log, holding.identity),
      mayWrite: () => holding.mayWrite(),
      rests: holding.rests,
      onEvent: (event) => this.#onLineEvent(holding, event),
      onNotice: (notice) => this.#intake.take(gateway.name, holding.identity.account, notice),
      agentsOfAccount: agentsOfAccount(gateway, holding.identity.account),
      memory: sharedMemory(this.#member.store, gateway.name),
    });
    const dispatch: DispatchLine = {
      line,
      holding,
      channels: gateway.channels,
      routes: (channel) => this.#routes.of(gateway.name, channel),
      reportDeadlineMs: (channel) => kind.reportDeadlineMs(gateway.config, channel),
      duplicateMemoryMs: kind.duplicateMemoryMs(gateway.config),
      probeQuietMs: kind.probeQuietMs,
      burst: this.#bursts.of(gateway, holding.identity.account),
    };
    this.#lines.set(holding, { dispatch, gateway });
    this.#dispatcher.addLine(dispatch);
    this.#refreshPullers();
  }

  #close(holding: Holding, reason: string): void {
    const owned = this.#lines.get(holding);
    if (!owned) return;
    this.#lines.delete(holding);
    this.#dispatcher.removeLine(owned.dispatch.line);
    owned.dispatch.line.close(reason);
  }

  async #release(holding: Holding): Promise<void> {
    const owned = this.#lines.get(holding);
    if (!owned) return;
    this.#dispatcher.removeLine(owned.dispatch.line);
    await owned.dispatch.line.drain(this.#member.config.drainLimitMs);
    this.#lines.delete(holding);
  }

  #onLineEvent(holding: Holding, event: LineEvent): void {
    const owned = this.#lines.get(holding);
    if (event.kind === 'changed') {
      if (!owned) return;
      this.#refreshPullers();
      this.#dispatcher.lineChanged(owned.dispatch.line);
      return;
    }
    if (event.kind === 'rests') {
      this.#ownership.rest(holding, event.session, event.ms);
      return;
    }
    const { gateway } = holding.identity;
    if (event.kind === 'loginRefused') {
      const others = [...this.#lines.values()].filter((line) => line.gateway.name === gateway);
      if (!others.some(loggedIn)) this.#circuits.loginRefused(gateway, event.code);
    } else if (owned && event.to === 'ready') {
      this.#view.sawLine(statusLine(owned));
      this.#circuits.loggedIn(owned.gateway.name);
    }
    sessionEvent(this.#member, holding.identity, event);
  }

  /** A gateway was closed, or may be tried, or is open again: what waits for it here and cannot go now is let go of at once. */
  #circuitsChanged(): void {
    if (this.#stopping) return;
    this.#routes.forget();
    this.#refreshPullers(0);
    this.#dispatcher.sendElsewhere();
    this.#dispatcher.handBackStranded();
    for (const { dispatch } of this.#lines.values()) this.#dispatcher.lineChanged(dispatch.line);
  }

  /** Queues that an open line serves now, with the jobs to hold for each. */
  #wantedQueues(): Map<string, { queue: MessageQueue; held: number }> {
    const wanted = new Map<string, { queue: MessageQueue; held: number }>();
    const want = (queue: MessageQueue, held: number) => {
      const name = queueName(queue);
      wanted.set(name, { queue, held: (wanted.get(name)?.held ?? 0) + held });
    };
    for (const { dispatch, gateway } of this.#lines.values()) {
      for (const channel of gateway.channels) {
        if (!dispatch.line.isOpen(channel)) continue;
        const { line } = dispatch;
        // Enough for the next half second, and no more: what is held here, nobody else can send.
        const ahead = Math.max(MIN_AHEAD, Math.ceil(line.window(channel) * AHEAD_OF_WINDOW));
        const held = line.inFlight(channel) + ahead;
        for (const queue of ownQueues(gateway.name, channel)) want(queue, held);
        const trial = this.#circuits.phase(gateway.name) !== 'open';
        for (const queue of routeQueues(dispatch.routes(channel), channel)) {
          if (!trial) want(queue, held);
          else if (this.#mayBeTriedFrom(queue)) want(queue, 1);
        }
      }
    }
    return wanted;
  }

  /** A closed gateway is not tried with what is urgent and can go over another one: that must not even be held here. */
  #mayBeTriedFrom(queue: RouteQueue): boolean {
    if (queue.kind !== 'urgent') return true;
    const { gateways = [] } = this.#member.config.routes.get(queue.route) ?? {};
    return !gateways.some((gateway) => this.#view.isUsable(gateway, queue.channel));
  }

  /** @param graceMs how long a queue that is served no more is kept on with, since a session is often back within that */
  #refreshPullers(graceMs = UNSERVED_AFTER_MS): void {
    if (this.#stopping) return;
    const now = this.#member.clock.now();
    const wanted = this.#wantedQueues();
    for (const [name, { queue, held }] of wanted) {
      const most = Math.min(MAX_HELD, held + this.#dispatcher.resting(name));
      const open = this.#pullers.get(name);
      if (open) open.want(most);
      else this.#pullers.set(name, this.#openPuller(queue, most));
    }
    for (const [name, open] of this.#pullers) {
      if (wanted.has(name)) continue;
      open.unservedSince ??= now;
      if (now - open.unservedSince < graceMs) continue;
      this.#pullers.delete(name);
      this.#closePuller(open);
      this.#dispatcher.handBack((jobQueue) => jobQueue === name);
    }
  }

  #openPuller(queue: MessageQueue, wanted: number): PulledQueue {
    return new PulledQueue({
      member: this.#member,
      workers: this.#workers,
      queue,
      wanted,
      take: (job, source) => this.#admission.take(job, source),
    });
  }

  #closePuller(open: PulledQueue): void {
    const closing = open.close().catch((error: unknown) => {
      this.#member.log.warn({ queue: open.name, error: String(error) }, 'puller.closeFailed');
    });
    this.#closingPullers.set(open, closing);
    void closing.finally(() => this.#closingPullers.delete(open));
  }

  /** Gateways with a line here that takes messages of the channel now. */
  #openGateways(channel: Channel): ReadonlySet<string> {
    const open = [...this.#lines.values()].filter(
      ({ dispatch, gateway }) =>
        dispatch.line.isOpen(channel) && this.#circuits.phase(gateway.name) !== 'closed',
    );
    return new Set(open.map(({ gateway }) => gateway.name));
  }

  #keepHouse(): void {
    this.#housekeeping = this.#member.clock.after(HOUSEKEEPING_MS, () => {
      if (this.#stopping) return;
      this.#dispatcher.handBackUnserved(UNSERVED_AFTER_MS);
      this.#dispatcher.handBackStranded();
      this.#dispatcher.endExpired();
      for (const { dispatch } of this.#lines.values()) this.#dispatcher.lineChanged(dispatch.line);
      void this.#tell();
      this.#keepHouse();
    });
  }

  #fitHolds(): void {
    this.#fitting = this.#member.clock.after(FIT_MS, () => {
      if (this.#stopping) return;
      this.#refreshPullers();
      this.#fitHolds();
    });
  }

  async #tell(): Promise<void> {
    const { store, log } = this.#member;
    if (store.state !== 'open') return;
    try {
      await publishStatus(store, this.status());
      await Promise.all(
        [...this.#lines.values()]
          .filter((owned) => owned.gateway.kind.reportsOn === 'sendLine' && loggedIn(owned))
          .map(({ dispatch: { line } }) =>
            reportPathUp(store, line.identity.gateway, line.identity.account, line.identity.agent),
          ),
      );
      await this.#view.refresh();
      if (!this.#stopping) await this.#circuits.refresh();
      this.#dispatcher.sendElsewhere();
    } catch (error) {
      log.debug({ error: String(error) }, 'status.failed');
    }
  }

  /** What this process does now. */
  status(): ProcessStatus {
    const { owner, publisher, store } = this.#member;
    const { waiting, inFlight } = this.#dispatcher.held;
    return {
      owner,
      role: 'sender',
      at: store.fleetNow(),
      startedAt: this.#startedAt,
      lines: [...this.#lines.values()].map(statusLine),
      serving: [...this.#pullers.keys()],
      waiting,
      inFlight,
      published: publisher.published,
      results: publisher.counts,
      skewMs: store.skewMs,
    };
  }
}

/** Queues of a channel that only a gateway's owner serves. */
function ownQueues(gateway: string, channel: Channel): MessageQueue[] {
  return [gatewayQueue(gateway, channel, true), gatewayQueue(gateway, channel, false)];
}

type RouteQueue = Extract<MessageQueue, { route: string }>;

/** Queues of a channel that these routes have. */
function routeQueues(routes: readonly string[], channel: Channel): RouteQueue[] {
  return routes.flatMap((route): RouteQueue[] => [
    { kind: 'urgent', route, channel },
    { kind: 'send', route, channel },
  ]);
}

/** Reports come in whatever the sending hours are. */
function loggedIn({ dispatch }: OwnedLine): boolean {
  return dispatch.line.status().sessions.some(({ state }) => state === 'ready');
}

function statusLine(owned: OwnedLine): StatusLine {
  const { line } = owned.dispatch;
  const carrying = owned.gateway.channels.filter((channel) => line.isOpen(channel));
  return { kind: 'send', ...line.identity, open: carrying.length > 0, carrying, ...line.status() };
}
