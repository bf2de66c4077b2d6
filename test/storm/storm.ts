import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PabalClient } from '@pabal/client';
import { type Ledger, pause, picture, World, type WorldOptions } from '../support/index.js';
import { Crew } from './crew.js';
import { Dice } from './dice.js';
import { GatewayTrouble } from './gateway-faults.js';
import { judge } from './judge.js';
import { commandOf, type StormOptions } from './options.js';
import { type Planned, planFaults } from './plan.js';
import { RedisTrouble } from './redis-faults.js';
import { Shipper } from './shipper.js';
import { unheardIn } from './unheard.js';

/** What became of a storm. */
export interface StormReport {
  readonly ledger: Ledger;
  /** Everything that breaks a promise; empty in a good run. */
  readonly breaches: readonly string[];
  /** Where the logs of a bad run are kept. */
  readonly logs?: string;
}

/** Part of a storm in which messages are enqueued; the rest lets the queues empty among faults. */
const SHIPPING_SHARE = 0.85;
const ACK_TIMEOUT_MS = 1_500;
/** Under the 60 s that the gateways remember: a probe may take a while from its claim to its answer. */
const SHORT_MEMORY_MS = 45_000;
const SHOWN = 60;

/**
 * Sends messages of every kind through a fleet of processes while everything around it fails in turn, lets it drain, and
 * draws the ledger. Every choice follows from the seed, and each fault is told as it strikes.
 */
export async function runStorm(options: StormOptions, tell: (line: string) => void): Promise<StormReport> {
  const dice = new Dice(options.seed);
  const plan = planFaults(options, dice.apart());
  const traffic = dice.apart();
  tell(
    `storm: seed ${options.seed}, ${options.messages} messages, ${plan.length} faults, ${options.memory} duplicate memory, appendfsync ${options.fsync}`,
  );
  tell(`to repeat it: ${commandOf(options)}`);
  const world = await World.open(worldOptions(options));
  const began = Date.now();
  const at = () => `${((Date.now() - began) / 1_000).toFixed(1).padStart(7)} s`;
  const say = (what: string) => tell(`${at()}  ${what}`);
  const crew = new Crew(world);
  const client = await PabalClient.connect({
    redis: world.redis.url,
    prefix: world.prefix,
    timeoutMs: 3_000,
  });
  let report: StormReport | undefined;
  const failures: string[] = [];
  try {
    await crew.muster();
    const pictures = ['a', 'b', 'c'].map((name) => picture(`${options.seed} ${name}`, 20_000));
    const [first = '', ...others] = await Promise.all(
      pictures.map(async ({ bytes }) => (await world.files.put(bytes)).id),
    );
    const shipper = new Shipper(world, client, traffic, [first, ...others]);
    const redis = new RedisTrouble(world, options.fsync, async (loss) => {
      const lostMs = loss.until - loss.from;
      say(`Redis is back without the last ${lostMs} ms; the producer puts again what it put since then`);
      await shipper.again(loss.from);
    });
    const gateways = { lghv: new GatewayTrouble(world.lghv), smtnt: new GatewayTrouble(world.smtnt) };
    say(`ready: ${crew.names}`);
    const start = Date.now();
    const shipping = shipper.ship(options.messages, options.durationMs * SHIPPING_SHARE);
    for (const planned of plan) {
      await pause(Math.max(0, start + planned.atMs - Date.now()));
      say(await strike(planned, { crew, redis, gateways }));
    }
    await redis.calm();
    const struck = await Promise.all([gateways.lghv.end(), gateways.smtnt.end()]);
    crew.thaw();
    await shipping;
    say(`no more faults; ${shipper.ids.length} enqueued, ${shipper.repeated} of them twice`);
    await world.settled(shipper.ids, options.drainMs).catch((error: unknown) => {
      failures.push(String(error).split('\n')[0] ?? '');
    });
    await pause(5_000); // repeats of reports, and results that should not come
    say('drained');
    const ledger = await judge(world, {
      ids: shipper.ids,
      cancellations: shipper.cancellations,
      losses: redis.losses,
      absences: crew.absences,
      unheard: unheardIn(crew.histories),
      brokenReports: struck.reduce((sum, counts) => sum + (counts.get('brokenReport') ?? 0), 0),
      silence: plan.some(({ kind }) => kind === 'freeze' || kind === 'freezeRedis' || kind === 'killRedis'),
    });
    tell(`faults that struck: ${JSON.stringify(struck.map((counts) => Object.fromEntries(counts)))}`);
    if (crew.brokenStops.length > 0) tell(`stops that took too long: ${crew.brokenStops.join(', ')}`);
    tell(`ledger storm-${options.seed}: ${JSON.stringify(ledger.summary)}`);
    const breaches = [
      ...ledger.breaches,
      ...failures,
      ...crew.deserted.map((name) => `${name} ended by itself`),
    ];
    report = { ledger, breaches };
    if (breaches.length > 0) {
      const logs = await keep(world, crew, report, options);
      report = { ...report, logs };
      for (const breach of breaches.slice(0, SHOWN)) tell(`BREACH ${breach}`);
      tell(`${breaches.length} breaches; logs in ${logs}\nto repeat it: ${commandOf(options)}`);
    }
    return report;
  } finally {
    crew.dismiss();
    world.redis.resume();
    await client.close();
    await world.close().catch((error: unknown) => {
      tell(`at the end: ${String(error).split('\n')[0]}`);
    });
  }
}

interface Targets {
  readonly crew: Crew;
  readonly redis: RedisTrouble;
  readonly gateways: Readonly<Record<'lghv' | 'smtnt', GatewayTrouble>>;
}

/** Makes one fault; says what was done, and to whom. */
async function strike(planned: Planned, { crew, redis, gateways }: Targets): Promise<string> {
  const nobody = 'nobody there';
  switch (planned.kind) {
    case 'kill':
      return `kill -9 ${crew.kill(planned.role, planned.roll) ?? nobody}`;
    case 'stop':
      return `SIGTERM ${crew.stop(planned.role, planned.roll) ?? nobody}`;
    case 'freeze':
      return `SIGSTOP ${crew.freeze(planned.role, planned.roll, planned.forMs) ?? nobody} for ${planned.forMs} ms`;
    case 'join':
      return `joins: ${crew.join(planned.role) ?? nobody}`;
    case 'loseLocks':
      return `${await redis.loseLocks(planned.share)} job locks are lost`;
    case 'killRedis':
      return redis.kill(planned.forMs);
    case 'freezeRedis':
      return redis.freeze(planned.forMs);
    case 'cutRedis':
      return redis.cut();
    case 'gateway':
      return gateways[planned.at].make(planned.fault, planned.roll);
    default:
      return planned satisfies never;
  }
}

function worldOptions(options: StormOptions): WorldOptions {
  const { seed, memory, fsync, reportDeadlineMs } = options;
  // Enough for the grants to be used while something else stands still, and to make up for it.
  const rate = Math.ceil(options.messages / ((options.durationMs * SHIPPING_SHARE) / 1_000));
  const half = Math.ceil(rate / 2);
  const memories = memory === 'short' ? ['--duplicate-memory', '60000', '--check-order', 'credit-first'] : [];
  const gateway = [
    `    ackTimeout: ${ACK_TIMEOUT_MS}`,
    `    reportDeadline: ${reportDeadlineMs}`,
    ...(memory === 'short' ? [`    duplicateMemory: ${SHORT_MEMORY_MS}`] : []),
  ];
  const common = [
    '--ack-delay',
    '5-150',
    '--report-delay',
    '50-12000',
    '--report-repeat',
    '3000',
    ...memories,
  ];
  return {
    lghv: [
      '--tps',
      `sms=${rate},lms=${half},mms=${half},kko=${half},kkf=${half}`,
      '--seed',
      String(seed),
      ...common,
    ],
    smtnt: [
      ...['--speed', String(rate), '--seed', String(seed + 1), ...common],
      ...['--account', 'test001:demo-password', '--account', 'test002:demo-password'],
    ],
    hellovision: ['    agentId: [S1, S2]', ...gateway],
    smtntBlock: gateway,
    smtntGateways: { smtnt2: ['bindId: test002', ...gateway.map((line) => line.trimStart())] },
    gateways: ['hellovision', 'smtnt', 'smtnt2'],
    reportGraceMs: 5_000,
    durability: fsync === 'always' ? 'fsync' : 'memory',
    redis: { aofTimestamps: true, args: ['--appendfsync', fsync] },
    logLevel: 'debug',
  };
}

/** Keeps the logs, and of every breach what gateways and records tell, without texts and numbers. */
async function keep(
  world: World,
  crew: Crew,
  { breaches, ledger }: StormReport,
  options: StormOptions,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `pabal-storm-${options.seed}-`));
  for (const [name, lines] of crew.logs)
    await writeFile(join(folder, `${name}.log`), `${lines.join('\n')}\n`);
  const stories = [];
  for (const id of someOfEachKind(breaches, ledger)) {
    const record = await world.connection.hgetall(`${world.prefix}:m:${id}`);
    const { c: _recipient, f: _nextStep, m: _meta, ...plain } = record;
    const account = ledger.accounts.get(id);
    const submits = account?.submits.map(({ to, from, subject, text, extra, files, ...rest }) => rest);
    const jobs = await whereabouts(world, id);
    stories.push({
      id,
      jobs,
      record: plain,
      submits,
      results: account?.results,
      arrived: world.results.times.get(id),
    });
  }
  await writeFile(join(folder, 'breaches.json'), JSON.stringify({ breaches, stories, options }, null, 2));
  return folder;
}

/** Messages to look at: a few of each kind of breach, so that a common one does not hide a rare one. */
function someOfEachKind(breaches: readonly string[], ledger: StormReport['ledger']): ReadonlySet<string> {
  const ids = new Set<string>();
  const kinds = new Map<string, number>();
  for (const breach of breaches) {
    const [id = '', ...what] = breach.split(':');
    const kind = what.join(':').replace(/\d+/g, 'N');
    const known = kinds.get(kind) ?? 0;
    if (known >= SHOWN / 3 || !ledger.accounts.has(id)) continue;
    kinds.set(kind, known + 1);
    ids.add(id);
  }
  return ids;
}

/** The queues in which a job of a message stands, and how. */
async function whereabouts(world: World, id: string): Promise<readonly string[]> {
  const keys = await world.connection.keys(`${world.prefix}:*:m*-${id}`);
  return Promise.all(
    keys.map(async (key) => {
      const [, queue = '', jobId = ''] = key.split(':');
      const state = await world.producer.queue(queue).getJobState(jobId);
      const locked = await world.connection.pttl(`${key}:lock`);
      return `${queue}: ${state}, lock ${locked} ms`;
    }),
  );
}
