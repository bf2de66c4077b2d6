import { isConnectionError, keepCircuits, type Store, swapCircuit } from '@pabal/fate';
import type { Clock, Log, SubmitOutcome } from '@pabal/session';
import {
  afterFailedTrial,
  afterSign,
  CIRCUIT_POLICY,
  type Circuit,
  type CircuitPhase,
  closedBy,
  HEALTHY,
  type Health,
  hasIdled,
  isBad,
  openedAgain,
  phaseOf,
  refusedBy,
  type Sign,
  signOf,
  withSession,
} from './circuit.js';
import type { FleetView } from './fleet-view.js';

/** A gateway was closed, or opened again, by this process. */
export interface CircuitNews {
  readonly kind: 'gateway-closed' | 'gateway-opened';
  readonly gateway: string;
  readonly circuit: Circuit;
  /** Since when it was closed, of one that opened. */
  readonly closedSince?: number;
}

export interface CircuitsOptions {
  readonly store: Store;
  /** This process, unique in the fleet. */
  readonly owner: string;
  readonly gateways: readonly string[];
  readonly view: FleetView;
  readonly clock: Clock;
  readonly log: Log;
  /** One process of the fleet tells each change. */
  readonly onNews: (news: CircuitNews) => void;
  /** The phase of a gateway may be another one now. */
  readonly onChanged: (gateway: string) => void;
}

/** What the dispatcher asks, and tells, of circuits. */
export interface GatewayGate {
  /** `trial`: this process may offer one message at a time. */
  phase(gateway: string): CircuitPhase;
  /** Is a message on its way that the gateway is tried with? */
  isTrying(gateway: string): boolean;
  /** Takes the one place of a trial. */
  beginTrial(gateway: string): void;
  /** Gives it back. */
  endTrial(gateway: string): void;
  /** What became of a submit. */
  note(gateway: string, sessionId: string, outcome: SubmitOutcome, trial: boolean): void;
}

/**
 * The circuits of all gateways, as one process sees and changes them. What it finds out stands in Redis, where it helps all
 * others within a second; every change is a compare-and-set, so that one of them makes it and tells of it.
 */
export class Circuits implements GatewayGate {
  readonly #options: CircuitsOptions;
  readonly #health = new Map<string, Health>();
  /** The session that last left a submit without an answer: all that it had in flight are one sign. */
  readonly #silent = new Map<string, string>();
  readonly #trying = new Set<string>();
  readonly #goodTrials = new Map<string, number>();
  readonly #refusals = new Map<string, string>();
  readonly #swapping = new Set<string>();
  readonly #phases = new Map<string, CircuitPhase>();

  constructor(options: CircuitsOptions) {
    this.#options = options;
  }

  phase(gateway: string): CircuitPhase {
    const { view, store, owner } = this.#options;
    const phase = phaseOf(view.circuit(gateway)?.circuit, store.fleetNow());
    return phase === 'trial' && (view.trier(gateway) ?? owner) !== owner ? 'closed' : phase;
  }

  isTrying(gateway: string): boolean {
    return this.#trying.has(gateway);
  }

  beginTrial(gateway: string): void {
    this.#trying.add(gateway);
  }

  endTrial(gateway: string): void {
    this.#trying.delete(gateway);
  }

  note(gateway: string, sessionId: string, outcome: SubmitOutcome, trial: boolean): void {
    const sign = signOf(outcome);
    if (!sign) return;
    if (sign.kind === 'fault' && sign.reason === 'no-answers') {
      if (this.#silent.get(gateway) === sessionId) return;
      this.#silent.set(gateway, sessionId);
    }
    if (this.#options.view.circuit(gateway)?.circuit.state === 'closed') {
      // What was written before it was closed says nothing of how it is now.
      if (trial) this.#noteTrial(gateway, sign);
      return;
    }
    const now = this.#options.clock.now();
    const health = afterSign(this.#health.get(gateway) ?? HEALTHY, sign, now);
    this.#health.set(gateway, health);
    if (sign.kind === 'good' || !isBad(health, now)) return;
    void this.#change(gateway, (known, at) =>
      known?.state === 'closed' ? known : closedBy(known, sign, at),
    );
  }

  /** A gateway refused a login of this process: it is closed at once when nobody else is logged in. */
  loginRefused(gateway: string, code: string): void {
    this.#refusals.set(gateway, code);
    if (this.#options.view.isUp(gateway)) return;
    void this.#change(gateway, (known, at) => refusedBy(known, code, at));
  }

  /** A login of this process succeeded. */
  loggedIn(gateway: string): void {
    this.#refusals.delete(gateway);
    void this.#change(gateway, (known, at) => known && withSession(known, at));
  }

  /** Acts on what the view shows now: gateways without a session, sessions that are back, circuits that may open. */
  async refresh(): Promise<void> {
    const { view, store, gateways } = this.#options;
    const closed = gateways.filter((gateway) => view.circuit(gateway)?.circuit.state === 'closed');
    await Promise.all(
      gateways.map((gateway) => this.#change(gateway, (known, at) => this.#due(gateway, known, at))),
    );
    await keepCircuits(store, closed).catch((error: unknown) => {
      if (!isConnectionError(error)) throw error;
    });
    for (const gateway of gateways) this.#lookAtPhase(gateway);
  }

  /** What time and the fleet's sessions make of a circuit. */
  #due(gateway: string, known: Circuit | undefined, at: number): Circuit | undefined {
    const { view } = this.#options;
    if (known?.state !== 'closed') {
      if (!view.isGone(gateway)) return known;
      // Whose login it was tells in its status; a picture from before that has nothing of it yet.
      const code = view.refusal(gateway) ?? this.#refusals.get(gateway);
      return closedBy(
        known,
        code === undefined ? { reason: 'no-session' } : { reason: 'login-refused', code },
        at,
      );
    }
    if (!view.isUp(gateway)) return known;
    const present = withSession(known, at);
    return hasIdled(present, at) && !this.#trying.has(gateway) ? openedAgain(present, at) : present;
  }

  #noteTrial(gateway: string, sign: Sign): void {
    if (sign.kind === 'fault') {
      this.#goodTrials.delete(gateway);
      void this.#change(gateway, (known, at) =>
        known?.state === 'closed' ? afterFailedTrial(known, sign, at) : known,
      );
      return;
    }
    const good = (this.#goodTrials.get(gateway) ?? 0) + 1;
    this.#goodTrials.set(gateway, good);
    if (good < CIRCUIT_POLICY.trials) return;
    void this.#change(gateway, (known, at) => (known?.state === 'closed' ? openedAgain(known, at) : known));
  }

  /** Changes a circuit in Redis, unless somebody else has. While Redis is away nothing changes, and nothing is sent. */
  async #change(
    gateway: string,
    change: (known: Circuit | undefined, at: number) => Circuit | undefined,
  ): Promise<void> {
    const { store, view, log } = this.#options;
    const known = view.circuit(gateway);
    const next = change(known?.circuit, store.fleetNow());
    if (!next || next === known?.circuit || this.#swapping.has(gateway)) return;
    this.#swapping.add(gateway);
    try {
      const { kind, text } = await swapCircuit(store, gateway, known?.text, JSON.stringify(next));
      view.sawCircuit(gateway, text);
      if (kind === 'swapped') this.#changed(gateway, known?.circuit, next);
    } catch (error) {
      if (!isConnectionError(error)) log.error({ gateway, error: String(error) }, 'circuit.failed');
    } finally {
      this.#swapping.delete(gateway);
    }
    this.#lookAtPhase(gateway);
  }

  #changed(gateway: string, before: Circuit | undefined, circuit: Circuit): void {
    const was = before?.state ?? 'opened';
    if (was === circuit.state) return;
    const { onNews } = this.#options;
    if (circuit.state === 'closed') {
      onNews({ kind: 'gateway-closed', gateway, circuit });
      return;
    }
    onNews({
      kind: 'gateway-opened',
      gateway,
      circuit,
      ...(before && { closedSince: before.since }),
    });
  }

  #lookAtPhase(gateway: string): void {
    const phase = this.phase(gateway);
    if (phase === (this.#phases.get(gateway) ?? 'open')) return;
    this.#phases.set(gateway, phase);
    // What was seen before says nothing of what comes now.
    if (phase !== 'trial') this.#goodTrials.delete(gateway);
    this.#health.delete(gateway);
    this.#options.onChanged(gateway);
  }
}
