import type { Lease, Store } from '@pabal/fate';
import {
  acquireLease,
  fairShare,
  isConnectionError,
  keepRests,
  LEASE_QUIT_MS,
  LEASE_RENEW_MS,
  leaseHolders,
  releaseLease,
  renewLease,
  SUCCESSION_PAUSE_MS,
  signOff,
  signOn,
} from '@pabal/fate';
import type { AgentIdentity, Cancel, Clock, Log } from '@pabal/session';

export type LeaseKind = 'send' | 'report';

/** A lease in hand. */
export interface Holding {
  readonly identity: AgentIdentity;
  readonly lease: Lease;
  /** Sessions that an earlier owner was asked to rest, by name, until a clock time. */
  readonly rests: ReadonlyMap<string, number>;
  /** Asked before every byte: false from the moment that the lease might no longer be ours. */
  mayWrite(): boolean;
}

export interface OwnershipOptions {
  readonly kind: LeaseKind;
  readonly store: Store;
  /** This process, unique in the fleet. */
  readonly owner: string;
  readonly agents: readonly AgentIdentity[];
  readonly clock: Clock;
  readonly log: Log;
  /** The agent is ours: open its sessions. */
  readonly onAcquired: (holding: Holding) => void;
  /** The agent may no longer be ours: close its sockets at once. */
  readonly onLost: (holding: Holding, reason: string) => void;
  /** Somebody else shall have it: drain, log out; the lease is let go when this resolves. */
  readonly onRelease: (holding: Holding) => Promise<void>;
}

/** The name of an agent's lease. */
export function leaseResource(kind: LeaseKind, identity: AgentIdentity): string {
  return `${kind}:${identity.gateway}:${identity.account}:${identity.agent}`;
}

/** How often the fleet is looked at and shares are compared. */
const LOOK_MS = 1_000;
/** How often the age of the last renewal is checked: well below the three seconds between quitting and the lease's end. */
const WATCH_MS = 200;

interface Held extends Holding {
  /** Both clocks right before the last renewal that worked was sent. */
  renewed: { monotonic: number; wall: number };
  releasing: boolean;
  lost: boolean;
  /** Rests that a successor must keep, until a fleet time. */
  readonly owed: Map<string, number>;
}

/**
 * One process owns an agent's sessions. Leases spread evenly over the live processes; an owner that could not renew
 * stops writing three seconds before anybody else may begin, by whichever of the monotonic and the wall clock says
 * that more time has passed (a paused process, a suspended machine).
 */
export class Ownership {
  readonly #options: OwnershipOptions;
  readonly #held = new Map<string, Held>();
  readonly #byResource: ReadonlyMap<string, AgentIdentity>;
  #timers: Cancel[] = [];
  #stopped = false;
  #looking: Promise<void> | undefined;
  #members: readonly string[] = [];

  constructor(options: OwnershipOptions) {
    this.#options = options;
    const entries = options.agents.map((agent) => [leaseResource(options.kind, agent), agent] as const);
    this.#byResource = new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  start(): void {
    this.#repeat(WATCH_MS, () => this.#watch());
    this.#repeat(LEASE_RENEW_MS, () => void this.#renew());
    this.#repeat(LOOK_MS, () => this.#look());
    this.#look();
  }

  /** Live processes of this role, as last seen. */
  get members(): readonly string[] {
    return this.#members;
  }

  get holdings(): readonly Holding[] {
    return [...this.#held.values()];
  }

  /** The gateway asks that this session logs in no sooner than that, whichever process would: a successor hears of it. */
  rest(holding: Holding, session: string, ms: number): void {
    const held = this.#held.get(holding.lease.resource);
    if (held !== holding) return;
    held.owed.set(session, this.#options.store.fleetNow() + ms);
    void this.#keepRests(held);
  }

  /** Lets everything go, in order, and signs off. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#looking;
    await Promise.allSettled([...this.#held.values()].map((held) => this.#release(held)));
    for (const cancel of this.#timers) cancel();
    this.#timers = [];
    await signOff(this.#options.store, this.#options.kind, this.#options.owner).catch(() => {});
  }

  #repeat(ms: number, fn: () => void): void {
    let cancel: Cancel = () => {};
    const again = () => {
      cancel = this.#options.clock.after(ms, () => {
        fn();
        again();
      });
    };
    again();
    this.#timers.push(() => cancel());
  }

  #look(): void {
    if (this.#looking || this.#stopped || this.#options.store.state !== 'open') return;
    this.#looking = this.#share()
      .catch((error: unknown) => {
        if (!isConnectionError(error)) this.#options.log.error({ error: String(error) }, 'ownership.failed');
      })
      .finally(() => {
        this.#looking = undefined;
      });
  }

  async #share(): Promise<void> {
    const { store, owner, kind } = this.#options;
    this.#members = await signOn(store, kind, owner);
    const resources = [...this.#byResource.keys()];
    const holders = await leaseHolders(store, resources);
    const advice = fairShare(resources, this.#members, holders, owner);
    for (const resource of advice.acquire) {
      if (this.#stopped) return;
      if (!this.#held.has(resource)) await this.#acquire(resource);
    }
    for (const resource of advice.release) {
      const held = this.#held.get(resource);
      if (held && !held.releasing) void this.#release(held);
    }
  }

  async #acquire(resource: string): Promise<void> {
    const { store, owner, clock, log, onAcquired } = this.#options;
    const identity = this.#byResource.get(resource);
    if (!identity) return;
    const renewed = { monotonic: clock.now(), wall: Date.now() };
    const answer = await acquireLease(store, resource, owner);
    if (answer.kind === 'held') return;
    const held: Held = {
      identity,
      lease: answer.lease,
      renewed,
      releasing: false,
      lost: false,
      rests: new Map(
        [...answer.lease.rests].map(([session, until]) => [session, clock.now() + until - store.fleetNow()]),
      ),
      owed: new Map(answer.lease.rests),
      mayWrite: () => !held.lost && this.#ageOf(held) < LEASE_QUIT_MS,
    };
    this.#held.set(resource, held);
    log.info({ resource, epoch: answer.lease.epoch, clean: answer.lease.clean }, 'lease.acquired');
    // The last owner may have stopped writing only when its lease ended: leave room for its last bytes.
    if (answer.lease.clean) onAcquired(held);
    else {
      clock.after(SUCCESSION_PAUSE_MS, () => {
        if (!this.#stopped && held.mayWrite() && !held.releasing) onAcquired(held);
      });
    }
  }

  async #renew(): Promise<void> {
    const { store, clock } = this.#options;
    if (store.state !== 'open') return;
    await Promise.all(
      [...this.#held.values()].map(async (held) => {
        const renewed = { monotonic: clock.now(), wall: Date.now() };
        try {
          if (await renewLease(store, held.lease)) held.renewed = renewed;
          else this.#lose(held, 'leaseTaken');
          // Redis was away when it happened, or lost it.
          await this.#keepRests(held);
        } catch (error) {
          // Not renewed: the watch closes its sockets in time.
          if (!isConnectionError(error))
            this.#options.log.error({ error: String(error) }, 'lease.renewFailed');
        }
      }),
    );
  }

  async #keepRests(held: Held): Promise<void> {
    const { store, log } = this.#options;
    for (const [session, until] of held.owed) if (until <= store.fleetNow()) held.owed.delete(session);
    if (held.owed.size === 0 || held.lost || store.state !== 'open') return;
    await keepRests(store, held.lease.resource, held.owed).catch((error: unknown) => {
      if (!isConnectionError(error)) log.error({ error: String(error) }, 'lease.restsNotKept');
    });
  }

  #watch(): void {
    for (const held of this.#held.values()) {
      if (!held.lost && this.#ageOf(held) >= LEASE_QUIT_MS) this.#lose(held, 'leaseNotRenewed');
    }
  }

  #ageOf(held: Held): number {
    const { clock } = this.#options;
    return Math.max(clock.now() - held.renewed.monotonic, Date.now() - held.renewed.wall);
  }

  #lose(held: Held, reason: string): void {
    if (held.lost) return;
    held.lost = true;
    this.#held.delete(held.lease.resource);
    this.#options.log.warn({ resource: held.lease.resource, reason }, 'lease.lost');
    this.#options.onLost(held, reason);
  }

  async #release(held: Held): Promise<void> {
    held.releasing = true;
    const { onRelease, store, log } = this.#options;
    await onRelease(held);
    await this.#keepRests(held);
    if (held.lost) return;
    held.lost = true;
    this.#held.delete(held.lease.resource);
    await releaseLease(store, held.lease).catch(() => {}); // it ends by itself within its TTL
    log.info({ resource: held.lease.resource }, 'lease.released');
  }
}
