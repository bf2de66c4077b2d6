import { reportPathUp, sharedMemory } from '@pabal/fate';
import type { Cancel, ReportLine } from '@pabal/session';
import { doorRules } from './door.js';
import { agentsOfAccount } from './fleet-config.js';
import { Intake } from './intake.js';
import { agentLog, type Member } from './member.js';
import type { Holding } from './ownership.js';
import { Ownership } from './ownership.js';
import { sessionEvent } from './session-events.js';
import type { ProcessStatus, StatusLine } from './status.js';
import { publishStatus, retractStatus } from './status.js';
import { Sweeper } from './sweep.js';
import { unlessAway } from './unless-away.js';

const HOUSEKEEPING_MS = 1_000;

/** The receiver role: owns the RECV sessions of agents whose reports come on their own, and sweeps for every gateway. */
export class Receiver {
  readonly #member: Member;
  readonly #intake: Intake;
  readonly #ownership: Ownership;
  readonly #sweeper: Sweeper;
  readonly #lines = new Map<Holding, ReportLine>();
  readonly #startedAt = Date.now();
  #housekeeping: Cancel = () => {};
  #stopping = false;
  #stopped: Promise<void> | undefined;

  constructor(member: Member) {
    const { store, producer, publisher, nextSteps, jobs, clock, log, config } = member;
    this.#member = member;
    this.#intake = new Intake({ store, producer, publisher, nextSteps, jobs, log });
    const rules = doorRules(config);
    this.#sweeper = new Sweeper(member, this.#intake, rules);
    this.#ownership = new Ownership({
      kind: 'report',
      store,
      owner: member.owner,
      agents: [...config.gateways.values()]
        .filter((gateway) => gateway.kind.reportsOn === 'reportLine')
        .flatMap((gateway) => gateway.agents),
      clock,
      log,
      onAcquired: (holding) => this.#open(holding),
      onLost: (holding, reason) => this.#close(holding, reason),
      onRelease: (holding) => this.#release(holding),
    });
  }

  start(): void {
    this.#ownership.start();
    this.#sweeper.start();
    this.#keepHouse();
  }

  /** Stops in order: sweeps, sessions (what was stored is answered, then log out), leases, results under way. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    const { store, owner, publisher, log } = this.#member;
    this.#stopping = true;
    this.#housekeeping();
    const swept = await unlessAway(this.#member, this.#sweeper.stop());
    await this.#ownership.stop();
    const flushed = await unlessAway(this.#member, this.#flush());
    if (!swept || !flushed)
      log.warn({ jobs: 0, inFlight: 0, results: publisher.underWay }, 'stop.leftBehind');
    await retractStatus(store, owner).catch(() => {});
  }

  async #flush(): Promise<void> {
    await Promise.all([this.#member.publisher.flush(), this.#member.nextSteps.flush()]);
  }

  #open(holding: Holding): void {
    const { config, clock, random, store, log } = this.#member;
    const { identity } = holding;
    const gateway = config.gateways.get(identity.gateway);
    if (!gateway?.kind.openReportLine || this.#stopping) return;
    const line = gateway.kind.openReportLine(gateway.config, {
      identity,
      clock,
      random,
      fleetNow: () => store.fleetNow(),
      log: agentLog(log, holding.identity),
      mayWrite: () => holding.mayWrite(),
      rests: holding.rests,
      onEvent: (event) => {
        if (event.kind === 'rests') this.#ownership.rest(holding, event.session, event.ms);
        else if (event.kind !== 'changed') sessionEvent(this.#member, identity, event);
      },
      onNotice: (notice) => this.#intake.take(gateway.name, identity.account, notice),
      agentsOfAccount: agentsOfAccount(gateway, identity.account),
      memory: sharedMemory(this.#member.store, gateway.name),
    });
    this.#lines.set(holding, line);
  }

  #close(holding: Holding, reason: string): void {
    this.#lines.get(holding)?.close(reason);
    this.#lines.delete(holding);
  }

  async #release(holding: Holding): Promise<void> {
    await this.#lines.get(holding)?.drain(this.#member.config.drainLimitMs);
    this.#lines.delete(holding);
  }

  #keepHouse(): void {
    this.#housekeeping = this.#member.clock.after(HOUSEKEEPING_MS, () => {
      if (this.#stopping) return;
      void this.#tell();
      this.#keepHouse();
    });
  }

  async #tell(): Promise<void> {
    const { store, log } = this.#member;
    if (store.state !== 'open') return;
    try {
      await publishStatus(store, this.status());
      await Promise.all(
        [...this.#lines.values()]
          .filter((line) => line.isOpen())
          .map(({ identity }) => reportPathUp(store, identity.gateway, identity.account, identity.agent)),
      );
    } catch (error) {
      log.debug({ error: String(error) }, 'status.failed');
    }
  }

  /** What this process does now. */
  status(): ProcessStatus {
    const { owner, publisher, store } = this.#member;
    return {
      owner,
      role: 'receiver',
      at: store.fleetNow(),
      startedAt: this.#startedAt,
      lines: [...this.#lines.values()].map(
        (line): StatusLine => ({
          kind: 'report',
          ...line.identity,
          open: line.isOpen(),
          carrying: [],
          ...line.status(),
        }),
      ),
      serving: [],
      waiting: 0,
      inFlight: 0,
      published: publisher.published,
      results: publisher.counts,
      skewMs: store.skewMs,
    };
  }
}
