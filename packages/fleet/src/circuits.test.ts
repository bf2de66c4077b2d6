import { beforeEach, describe, expect, it } from '@jest/globals';
import { fateKeys, type Store } from '@pabal/fate';
import { FakeClock, type SubmitOutcome } from '@pabal/session';
import { quiet } from '@pabal/session/testing';
import { CIRCUIT_POLICY, type Circuit } from './circuit.js';
import { type CircuitNews, Circuits } from './circuits.js';
import type { FleetView, KnownCircuit } from './fleet-view.js';

const { firstRestMs, rowLimit, trials, idleMs } = CIRCUIT_POLICY;
const ACCEPTED: SubmitOutcome = { kind: 'accepted', code: '0' };
const SILENT: SubmitOutcome = { kind: 'unknown', why: 'ackTimeout' };
const ERROR: SubmitOutcome = {
  kind: 'refused',
  code: '907',
  certainty: 'notDelivered',
  reason: 'gateway-busy',
  advice: 'retry',
};

let clock: FakeClock;
/** What stands in Redis, shared by all processes of a test. */
let redis: Map<string, string>;
let news: CircuitNews[];
beforeEach(() => {
  clock = new FakeClock();
  redis = new Map();
  news = [];
});

/** A process of the fleet; what it sees of sessions is the test's. */
class Process {
  up = true;
  gone = false;
  refusal: string | undefined;
  trier: string | undefined;
  readonly changed: string[] = [];
  readonly circuits: Circuits;
  readonly #known = new Map<string, KnownCircuit>();

  constructor(readonly owner: string) {
    const view = {
      circuit: (gateway: string) => this.#known.get(gateway),
      sawCircuit: (gateway: string, text: string | undefined) => this.#saw(gateway, text),
      isUp: () => this.up,
      isGone: () => this.gone,
      refusal: () => this.refusal,
      trier: () => this.trier,
    } as unknown as FleetView;
    const store = {
      keys: fateKeys('test'),
      redis: { pexpire: async () => 1 },
      fleetNow: () => clock.now(),
      run: async (_script: unknown, [key = '']: string[], [known, next]: string[]) => {
        const stands = redis.get(key) ?? '';
        if (stands !== known) return ['stands', stands];
        redis.set(key, next ?? '');
        return ['swapped', next];
      },
    } as unknown as Store;
    this.circuits = new Circuits({
      store,
      owner,
      gateways: ['alpha'],
      view,
      clock,
      log: { debug() {}, info() {}, warn() {}, error() {} },
      onNews: (item) => news.push(item),
      onChanged: (gateway) => this.changed.push(gateway),
    });
  }

  /** What happens once a second. */
  async look(): Promise<void> {
    this.#saw('alpha', redis.get('test:circuit:alpha'));
    await this.circuits.refresh();
  }

  async note(outcome: SubmitOutcome, times: number, trial = false, session = 's'): Promise<void> {
    for (let i = 0; i < times; i++) this.circuits.note('alpha', session, outcome, trial);
    await quiet();
  }

  #saw(gateway: string, text: string | undefined): void {
    if (text === undefined) this.#known.delete(gateway);
    else this.#known.set(gateway, { text, circuit: JSON.parse(text) as Circuit });
  }
}

const kinds = () => news.map(({ kind }) => kind);

describe('circuits', () => {
  it('closed by one process are closed for all, and told once', async () => {
    const [one, other] = [new Process('one'), new Process('other')];
    await one.note(ERROR, rowLimit);
    expect(one.circuits.phase('alpha')).toBe('closed');
    expect(one.changed).toEqual(['alpha']);
    await other.look();
    expect(other.circuits.phase('alpha')).toBe('closed');
    expect(other.changed).toEqual(['alpha']);
    expect(news).toMatchObject([
      { kind: 'gateway-closed', gateway: 'alpha', circuit: { reason: 'system-errors', code: '907' } },
    ]);
  });

  it('closed by two processes at once are told once', async () => {
    const [one, other] = [new Process('one'), new Process('other')];
    await Promise.all([one.note(ERROR, rowLimit), other.note(ERROR, rowLimit)]);
    expect(kinds()).toEqual(['gateway-closed']);
    expect(other.circuits.phase('alpha')).toBe('closed');
  });

  it('count all that one lost session had in flight as one missing answer', async () => {
    const process = new Process('one');
    await process.note(SILENT, 100, false, 'first');
    expect(process.circuits.phase('alpha')).toBe('open');
    await process.note(SILENT, 1, false, 'second');
    expect(process.circuits.phase('alpha')).toBe('closed');
  });

  it('are tried by one process, after their rest', async () => {
    const [one, other] = [new Process('one'), new Process('other')];
    one.trier = other.trier = 'one';
    await one.note(ERROR, rowLimit);
    clock.advance(firstRestMs);
    await Promise.all([one.look(), other.look()]);
    expect([one.circuits.phase('alpha'), other.circuits.phase('alpha')]).toEqual(['trial', 'closed']);
  });

  it('open after as many good trials in a row as the policy wants, and are told open once', async () => {
    const process = new Process('one');
    await process.note(ERROR, rowLimit);
    clock.advance(firstRestMs);
    await process.look();
    await process.note(ACCEPTED, trials - 1, true);
    expect(process.circuits.phase('alpha')).toBe('trial');
    await process.note(ACCEPTED, 1, true);
    expect(process.circuits.phase('alpha')).toBe('open');
    expect(kinds()).toEqual(['gateway-closed', 'gateway-opened']);
    expect(news[1]?.closedSince).toBe(news[0]?.circuit.since);
  });

  it('rest longer after a failed trial, and begin to count the good ones anew', async () => {
    const process = new Process('one');
    await process.note(ERROR, rowLimit);
    clock.advance(firstRestMs);
    await process.look();
    await process.note(ACCEPTED, trials - 1, true);
    await process.note(ERROR, 1, true);
    expect(process.circuits.phase('alpha')).toBe('closed');
    clock.advance(2 * firstRestMs);
    await process.look();
    await process.note(ACCEPTED, trials - 1, true);
    expect(process.circuits.phase('alpha')).toBe('trial');
  });

  it('are not opened by answers to what was written before they were closed', async () => {
    const process = new Process('one');
    await process.note(ERROR, rowLimit);
    clock.advance(firstRestMs);
    await process.look();
    await process.note(ACCEPTED, 50, false);
    expect(process.circuits.phase('alpha')).toBe('trial');
  });

  it('close without a session, and let single messages through when one is back', async () => {
    const process = new Process('one');
    Object.assign(process, { up: false, gone: true });
    await process.look();
    expect(news).toMatchObject([{ circuit: { reason: 'no-session' } }]);
    clock.advance(10 * idleMs);
    await process.look();
    expect(process.circuits.phase('alpha')).toBe('closed');
    Object.assign(process, { up: true, gone: false });
    await process.look();
    expect(process.circuits.phase('alpha')).toBe('trial');
  });

  it('close at once when the login is refused and nobody else is logged in', async () => {
    const process = new Process('one');
    process.circuits.loginRefused('alpha', '4');
    await quiet();
    expect(process.circuits.phase('alpha')).toBe('open');
    process.up = false;
    process.circuits.loginRefused('alpha', '4');
    await quiet();
    expect(news).toMatchObject([{ circuit: { reason: 'login-refused', code: '4' } }]);
    process.circuits.loggedIn('alpha');
    await quiet();
    expect(process.circuits.phase('alpha')).toBe('trial');
  });

  it('close with the code of a refusal that another process was given', async () => {
    const process = new Process('one');
    Object.assign(process, { up: false, gone: true, refusal: '4' });
    await process.look();
    expect(news).toMatchObject([{ circuit: { reason: 'login-refused', code: '4' } }]);
  });

  it('tell of a refusal that comes to light after they were closed for want of a session', async () => {
    const process = new Process('one');
    Object.assign(process, { up: false, gone: true });
    await process.look();
    process.circuits.loginRefused('alpha', '4');
    await quiet();
    expect(JSON.parse([...redis.values()][0] ?? '')).toMatchObject({ reason: 'login-refused', code: '4' });
    expect(news).toHaveLength(1);
  });

  it('open when there is nothing to try them with', async () => {
    const process = new Process('one');
    await process.note(ERROR, rowLimit);
    clock.advance(firstRestMs + idleMs);
    await process.look();
    expect(process.circuits.phase('alpha')).toBe('open');
    expect(kinds()).toEqual(['gateway-closed', 'gateway-opened']);
  });
});
