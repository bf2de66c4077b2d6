import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPrivateRedis } from '@pabal/local-redis';
import type { MessageInput, ResultV1 } from '@pabal/message';
import type { LedgerEntry } from '@pabal/simulator';
import {
  type Child,
  drawLedger,
  type Ledger,
  ordinaryMessages,
  pause,
  Simulator,
  Stage,
  type Theatre,
  until,
} from '../support/index.js';
import { CRASH_POINTS, type CrashPoint, STEPS } from './crash-points.js';

const COUNT = 20;
/** So many pass the point before the blow falls. */
const PASSING = 5;
/** Rows that are played at once. */
const AT_ONCE = 5;
/** What a killed worker leaves behind is taken up within this. */
const RECOVERY_MS = 15_000;
/** Longer than the lock of a job and the lease of an agent last, both 8 s. */
const FROZEN_MS = 11_000;
/** What was on its way when a process ended may still arrive for so long. */
const ON_ITS_WAY_MS = 500;
/** What was refused while its sender died is refused again when it is asked about, which decides nothing: its deadline does. */
const DEADLINES_MS: Partial<Record<CrashPoint['step'], number>> = {
  'settle (deadline)': 2_500,
  'settle (refusal)': 20_000,
};

/** What a row came to, seen from outside. */
interface Played {
  readonly name: string;
  readonly ids: readonly string[];
  readonly results: ReadonlyMap<string, readonly ResultV1[]>;
  /** From the blow to the first sign of whoever goes on. */
  readonly recoveredMs: number;
}

const ROWS = CRASH_POINTS.map((point, i) => ({
  point,
  name: `row${i}`,
  title: `a ${point.role} at ${point.gateway} is ${point.blow} ${point.when} the step: ${point.step}`,
}));

const played: Promise<Played>[] = [];
let theatre: Theatre;
let drawn: Promise<Ledger>;

beforeAll(async () => {
  const delays = ['--ack-delay', '30-120', '--report-delay', '100-14000', '--report-repeat', '2000'];
  const accounts = (agent: string) =>
    ['first', ...ROWS.map(({ name }) => name)].flatMap((name) => [
      '--account',
      `${name}:demo-password${agent}`,
    ]);
  const [redis, lghv, smtnt] = await Promise.all([
    startPrivateRedis(),
    Simulator.start('lghv', ['--tps', 'sms=10', ...delays, ...accounts(':S1')]),
    Simulator.start('smtnt', ['--speed', '10', ...delays, ...accounts('')]),
  ]);
  theatre = { redis, lghv, smtnt };
  await loadSteps();
  const lanes: Promise<unknown>[] = Array.from({ length: AT_ONCE }, () => Promise.resolve());
  for (const [i, { point, name }] of ROWS.entries()) {
    const row = Promise.resolve(lanes[i % AT_ONCE]).then(() => play(point, name));
    lanes[i % AT_ONCE] = row.catch(() => undefined);
    played.push(row);
  }
  drawn = Promise.allSettled(played).then(async (ends) => {
    const rows = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
    await pause(3_000); // repeats of reports
    const results = { ids: new Map(rows.flatMap((row) => [...row.results])) };
    return drawLedger({ lghv, smtnt, results }, { ids: rows.flatMap(({ ids }) => ids) });
  });
}, 90_000);

afterAll(async () => {
  await Promise.allSettled([...played, drawn]);
  await Promise.allSettled([theatre.lghv.stop(), theatre.smtnt.stop(), theatre.redis.stop()]);
}, 60_000);

describe('P1 P2 P3: every crash point', () => {
  it.each(ROWS.map(({ title }, i) => [title, i] as const))(
    '%s',
    async (title, i) => {
      const row = await played[i];
      const point = CRASH_POINTS[i];
      if (!point || !row) throw new Error('no such row');
      const { accounts, breaches } = await drawn;
      const own = row.ids.map((id) => accounts.get(id));
      const accepted = own.filter((account) => account?.accepted.length === 1).length;
      const repeats = own.flatMap((account) => account?.submits ?? []).filter(({ duplicate }) => duplicate);
      process.stdout.write(
        `ledger crash-point ${title}: ${JSON.stringify({
          messages: row.ids.length,
          'accepted 1×': accepted,
          'known again': repeats.length,
          'results 1×': [...row.results.values()].filter((results) => results.length === 1).length,
          'taken up after ms': Math.round(row.recoveredMs),
        })}\n`,
      );
      expect(breaches.filter((breach) => breach.startsWith(`${row.name}-`))).toEqual([]);
      expect([...row.results.values()].map((results) => results.length)).toEqual(row.ids.map(() => 1));
      const others = [...row.results.values()].flatMap(([result]) =>
        result?.status === expectedStatus(point) ? [] : [result?.status],
      );
      // Of those on their way when a sender died, nobody knows that they were refused.
      const doubt = point.blow === 'killed' && point.step === 'settle (refusal)';
      expect(others.filter((status) => !doubt || status !== 'unknown')).toEqual([]);
      expect(others.length).toBeLessThan(COUNT / 2);
      expect(accepted).toBe(isNeverAccepted(point) ? 0 : COUNT);
      if (point.blow === 'killed') expect(row.recoveredMs).toBeLessThan(RECOVERY_MS);
    },
    600_000,
  );

  it('no gateway saw a rule broken in any of them', async () => {
    const { breaches } = await drawn;
    expect(breaches.filter((breach) => breach.includes(' counted '))).toEqual([]);
  });
});

/** Redis knows every Lua step of the fleet: one that it must be told first would not be done by the first try. */
async function loadSteps(): Promise<void> {
  const stage = await Stage.open(theatre, { name: 'first', gateway: 'lghv' });
  try {
    await Promise.all([isReady(stage.start('receiver', 'other')), isReady(stage.start('sender', 'other'))]);
    await stage.enqueue(ordinaryMessages(2, 'first'));
    await stage.settled(['first-0', 'first-1'], 30_000);
  } finally {
    await stage.close();
  }
  await Promise.all([theatre.lghv.reset(), theatre.smtnt.reset()]);
}

/** Plays one row: a victim, one that can go on, the other role, some messages, and the blow in their midst. */
async function play(point: CrashPoint, name: string): Promise<Played> {
  const { role, gateway, step, when, blow } = point;
  const deadlineMs = DEADLINES_MS[step];
  const lines = deadlineMs === undefined ? [] : [`reportDeadline: ${deadlineMs}`];
  const stage = await Stage.open(theatre, { name, gateway, lines });
  try {
    const victim = stage.start(role, 'victim');
    // At SMTNT a receiver has no session of its own; and where messages expire, nobody is to send them.
    const hasSession = role === 'sender' || gateway === 'lghv';
    await (hasSession ? isReady(victim) : isUp(victim));
    // Of two that sweep, nobody could say which is first.
    const successor = SWEPT.has(step) ? undefined : stage.start(role, 'other');
    const partner = role === 'sender' ? 'receiver' : 'sender';
    if (step !== 'settle (expiry)') {
      const other = stage.start(partner, 'other');
      await (partner === 'sender' || gateway === 'lghv' ? isReady(other) : isUp(other));
    }
    if (successor) await isUp(successor);
    const fell = new Promise<number>((resolve) => {
      stage.relay.set({
        count: (words) => STEPS[step](words, name),
        passing: SWEPT.has(step) ? 0 : PASSING,
        when,
        spring: async () => {
          await strike(blow, stage, victim);
          resolve(Date.now());
        },
      });
    });
    const messages = ordinaryMessages(COUNT, name, (i) => shapeOf(step, i));
    const ids = messages.map(({ id = '' }) => id);
    await stage.enqueue(messages);
    const at = await within('the blow', fell, 40_000);
    if (!successor) await isUp(stage.start(role, 'other'));
    const takenUp = await until(
      `${name}: somebody goes on`,
      async () => signs(point, stage, await stage.submits()).find((sign) => sign > at + ON_ITS_WAY_MS),
      60_000,
    );
    await stage.settled(ids, 120_000);
    return { name, ids, results: new Map(stage.results.ids), recoveredMs: takenUp - at };
  } finally {
    await stage.close();
  }
}

/** Steps of a sweep: whoever sweeps first makes them for all that is due. */
const SWEPT = new Set<string>(['settle (deadline)', 'settle (expiry)']);

async function strike(blow: CrashPoint['blow'], stage: Stage, victim: Child): Promise<void> {
  switch (blow) {
    case 'killed':
      victim.signal('SIGKILL');
      await victim.exited;
      return;
    case 'cut off':
      stage.relay.cut();
      return;
    case 'frozen':
      victim.signal('SIGSTOP');
      setTimeout(() => victim.signal('SIGCONT'), FROZEN_MS);
      return;
    case 'robbed of its locks': {
      const locks = await stage.connection.keys(`${stage.name}:*:lock`);
      if (locks.length > 0) await stage.connection.del(...locks);
      return;
    }
    default:
      blow satisfies never;
  }
}

/** When the work of that role showed outside, epoch ms. */
function signs({ role, gateway }: CrashPoint, stage: Stage, submits: readonly LedgerEntry[]): number[] {
  const written = submits.map(({ at }) => at);
  const acknowledged = submits.map(({ reportAckedAt }) => reportAckedAt);
  if (role === 'receiver')
    return [...acknowledged, ...[...stage.results.times.values()].flat()].sort(ascending);
  return [...written, ...(gateway === 'smtnt' ? acknowledged : [])].sort(ascending);
}

const ascending = (a: number, b: number) => a - b;

/** Messages that come to the step: refused, never reported, expiring, or ordinary. */
function shapeOf(step: CrashPoint['step'], i: number): Partial<MessageInput> {
  if (step === 'settle (refusal)') return { to: `010${5000 + i}9028` };
  if (step === 'settle (deadline)') return { to: `010${5000 + i}0099` };
  if (step === 'settle (expiry)') return { ttlSeconds: 2 };
  return {};
}

function expectedStatus({ step }: CrashPoint): ResultV1['status'] {
  if (step === 'settle (refusal)') return 'failed';
  if (step === 'settle (deadline)') return 'unknown';
  return step === 'settle (expiry)' ? 'expired' : 'delivered';
}

function isNeverAccepted({ step }: CrashPoint): boolean {
  return step === 'settle (refusal)' || step === 'settle (expiry)';
}

async function isReady(child: Child): Promise<void> {
  await child.line(/"to":"ready"/, 60_000);
}

async function isUp(child: Child): Promise<void> {
  await child.line(/"process\.started"/, 60_000);
}

/** The value, or an error that says what did not come. */
async function within<T>(what: string, promise: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${limitMs} ms: ${what}`)), limitMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
