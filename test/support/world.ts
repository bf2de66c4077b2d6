import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileStore } from '@pabal/files';
import type { PrivateRedis } from '@pabal/local-redis';
import { startPrivateRedis } from '@pabal/local-redis';
import type { MessageInput } from '@pabal/message';
import { parseMessage } from '@pabal/message';
import { connectRedis, Producer, type RedisConnection, type RedisLocation } from '@pabal/queues';
import type { Cluster, Redis } from 'ioredis';
import { Child, until } from './child.js';
import { PABAL } from './paths.js';
import { ResultLog } from './result-log.js';
import { Simulator } from './simulator.js';

export interface WorldOptions {
  readonly lghv?: readonly string[];
  readonly smtnt?: readonly string[];
  /** Gateways of the default route, in order; default both. */
  readonly gateways?: readonly string[];
  readonly policy?: 'balance' | 'failover';
  /** Extra lines for a gateway's block, YAML at four spaces. */
  readonly hellovision?: readonly string[];
  readonly smtntBlock?: readonly string[];
  /** Further gateways at the LGHV simulator by name, each with an account (`--account`) and options of its own. */
  readonly lghvGateways?: Readonly<Record<string, readonly string[]>>;
  /**
   * Further gateways at the SMTNT simulator by name, each with an account (`--account`) and options of its own. One
   * whose `crypto` line says `mode: encrypted` is at the encrypted port.
   */
  readonly smtntGateways?: Readonly<Record<string, readonly string[]>>;
  /** Puts something between the fleet and the LGHV simulator: gives the port where GRANT is asked for. */
  readonly relay?: (ports: Readonly<Record<string, number>>) => Promise<number>;
  /** Further routes, YAML at two spaces. */
  readonly routes?: readonly string[];
  /** Names for `replyTo`, whose results nobody here consumes. */
  readonly replies?: readonly string[];
  /** Further sections, YAML. */
  readonly sections?: readonly string[];
  readonly reportGraceMs?: number;
  readonly redis?: { readonly aofTimestamps?: boolean; readonly args?: readonly string[] };
  /** Another Redis than one server of the world's own, which then merely stands by. */
  readonly place?: Place;
  /** Default `fsync`. */
  readonly durability?: 'fsync' | 'memory';
  /** Of the roles; default `debug`. */
  readonly logLevel?: 'debug' | 'info';
  readonly prefix?: string;
  /** Keys of the HTTP API, as `api.keys` has them in YAML; none: open on loopback. Its port is a free one. */
  readonly apiKeys?: readonly string[];
}

/** Where a fleet's Redis is, when that is not one server. */
export interface Place {
  readonly location: RedisLocation;
  /** The same as YAML: what stands between the braces of `redis`. */
  readonly yaml: string;
  /** A connection of whoever reads results. */
  readonly reader: () => Redis | Cluster;
}

/** A whole fleet's surroundings: Redis, both simulators, a configuration, and a consumer that folds nothing. */
export class World {
  readonly redis: PrivateRedis;
  readonly lghv: Simulator;
  readonly smtnt: Simulator;
  readonly config: string;
  readonly results: ResultLog;
  readonly prefix: string;
  readonly #dir: string;
  readonly #children: Child[] = [];
  readonly #connection: RedisConnection;
  readonly producer: Producer;
  /** Where messages find their files. */
  readonly files: FileStore;
  #spawned = 0;

  private constructor(parts: {
    redis: PrivateRedis;
    lghv: Simulator;
    smtnt: Simulator;
    config: string;
    dir: string;
    prefix: string;
    place: Place | undefined;
  }) {
    this.redis = parts.redis;
    this.lghv = parts.lghv;
    this.smtnt = parts.smtnt;
    this.config = parts.config;
    this.prefix = parts.prefix;
    this.#dir = parts.dir;
    this.#connection = connectRedis(parts.place?.location ?? { url: parts.redis.url }, 'worker');
    this.#connection.on('error', () => {});
    this.producer = new Producer({ connection: this.#connection, prefix: parts.prefix });
    this.files = new FileStore({ redis: this.#connection, prefix: parts.prefix });
    this.results = new ResultLog(parts.place?.reader() ?? parts.redis.url, parts.prefix);
  }

  static async open(options: WorldOptions = {}): Promise<World> {
    const [redis, lghv, smtnt, dir] = await Promise.all([
      startPrivateRedis(options.redis ?? {}),
      Simulator.start('lghv', options.lghv),
      Simulator.start('smtnt', options.smtnt),
      mkdtemp(join(tmpdir(), 'pabal-test-')),
    ]);
    const config = join(dir, 'pabal.config.yaml');
    const prefix = options.prefix ?? 'pabal';
    const grantPort = (await options.relay?.(lghv.ports)) ?? lghv.ports.grant ?? 0;
    const where = options.place?.yaml ?? `url: "${redis.url}"`;
    await writeFile(config, configuration(options, where, prefix, grantPort, smtnt.ports));
    return new World({ redis, lghv, smtnt, config, dir, prefix, place: options.place });
  }

  /** The test's own connection, to look at keys with. */
  get connection(): RedisConnection {
    return this.#connection;
  }

  /** Starts `pabal <role>` as a process of its own, as a deployment does. */
  start(role: 'api' | 'sender' | 'receiver' | 'up' | 'board', args: readonly string[] = []): Child {
    const name = `${role}-${++this.#spawned}`;
    const child = new Child(name, process.execPath, [PABAL, role, '--config', this.config, ...args]);
    this.#children.push(child);
    return child;
  }

  /** Starts one and waits until a session of it is ready. */
  async startReady(role: 'sender' | 'receiver'): Promise<Child> {
    const child = this.start(role);
    await child.line(/"to":"ready"/, 40_000);
    return child;
  }

  /** Starts the HTTP API; resolves with its address once it listens. */
  async startApi(): Promise<string> {
    const line = await this.start('api').line(/"api\.listening"/, 40_000);
    return (JSON.parse(line) as { url: string }).url;
  }

  /** Runs a command to its end. */
  async run(...args: readonly string[]): Promise<{ code: number | NodeJS.Signals; output: string }> {
    const child = new Child(args[0] ?? 'pabal', process.execPath, [PABAL, ...args]);
    const code = await child.exited;
    return { code, output: child.lines.join('\n') };
  }

  /** Lines that match, of what all processes logged so far. */
  logged(pattern: RegExp): readonly string[] {
    return this.#children.flatMap(({ lines }) => lines.filter((line) => pattern.test(line)));
  }

  /** The process that owns an agent of a gateway, from the fleet's own status. */
  async ownerPid(kind: 'send' | 'report', gateway: string): Promise<number> {
    const { output } = await this.run('status', '--json', '--config', this.config);
    const status = JSON.parse(output) as {
      processes: { owner: string; lines: { kind: string; gateway: string; open: boolean }[] }[];
    };
    const owner = status.processes.find(({ lines }) =>
      lines.some((line) => line.kind === kind && line.gateway === gateway && line.open),
    );
    const pid = Number(/\/(\d+)\//.exec(owner?.owner ?? '')?.[1]);
    if (!Number.isInteger(pid)) throw new Error(`nobody owns ${kind} of ${gateway}: ${output}`);
    return pid;
  }

  /** Enqueues checked messages in bulk, the way the SDK does. */
  async enqueue(inputs: readonly MessageInput[], route = 'default'): Promise<void> {
    const items = inputs.map((input) => {
      const parsed = parseMessage(input);
      if (!parsed.ok) throw new Error(`a test's message is bad: ${JSON.stringify(parsed.problems)}`);
      return { message: parsed.message, route };
    });
    for (let i = 0; i < items.length; i += 500)
      await this.producer.enqueueMany(items.slice(i, i + 500), Date.now());
  }

  /** Waits until all of these messages have a result; says what stands of those that have none. */
  async settled(ids: readonly string[], limitMs: number): Promise<void> {
    const missing = () => ids.filter((id) => !this.results.ids.has(id));
    try {
      await until('a result for every message', () => missing().length === 0, limitMs, 100);
    } catch (error) {
      const left = missing();
      const known = await Promise.all(left.slice(0, 5).map((id) => this.explain(id)));
      throw new Error(`${String(error)}: ${left.length} of ${ids.length} have none\n${known.join('\n')}`);
    }
  }

  /** Everything that Redis and the gateways know of a message. */
  async explain(id: string): Promise<string> {
    const keys = await this.#connection.keys(`${this.prefix}:*:m-${id}`);
    const jobs = await Promise.all(
      keys.map(async (key) => ({
        key,
        ...(await this.#connection.hgetall(key)),
        states: await this.#statesOf(key),
      })),
    );
    const record = await this.#connection.hgetall(`${this.prefix}:m:${id}`);
    const submits = [...(await this.lghv.ledger()), ...(await this.smtnt.ledger())].filter(({ text }) =>
      text.includes(`[${id}]`),
    );
    const redis = this.#connection;
    const [ttl, outbox, deduplication, result] = await Promise.all([
      redis.pttl(`${this.prefix}:m:${id}`),
      redis.zscore(`${this.prefix}:outbox`, id),
      redis.get(`${this.prefix}:results:de:r-${id}`),
      redis.hgetall(`${this.prefix}:results:r-${id}`),
    ]);
    return JSON.stringify({ id, record, ttl, outbox, deduplication, result, jobs, submits });
  }

  async #statesOf(jobKey: string): Promise<string[]> {
    const [, queue = '', jobId = ''] = jobKey.split(':');
    const state = await this.producer.queue(queue).getJobState(jobId);
    return [state];
  }

  /** Ends everything that was started; fails when a role did not stop by itself. */
  async close(): Promise<void> {
    const alive = this.#children.filter((child) => child.running);
    for (const child of alive) child.signal('SIGCONT');
    const ends = await Promise.all(alive.map((child) => child.stop()));
    await this.results.close();
    await this.producer.close();
    this.#connection.disconnect();
    await Promise.allSettled([this.lghv.stop(), this.smtnt.stop(), this.redis.stop()]);
    await rm(this.#dir, { recursive: true, force: true });
    const bad = alive.filter((_, i) => ends[i] !== 0);
    if (bad.length > 0) {
      const tails = bad.map((child) => `${child.name}:\n${child.lines.slice(-15).join('\n')}`);
      throw new Error(`did not stop with 0: ${tails.join('\n')}`);
    }
  }
}

function configuration(
  options: WorldOptions,
  redisPlace: string,
  prefix: string,
  grantPort: number,
  smtntPorts: Readonly<Record<string, number>>,
): string {
  const gateways = options.gateways ?? ['hellovision', 'smtnt'];
  return [
    `redis: { ${redisPlace}, prefix: "${prefix}" }`,
    'gateways:',
    ...lghvBlock('hellovision', grantPort, ['userId: demo', ...unindented(options.hellovision)]),
    ...Object.entries(options.lghvGateways ?? {}).flatMap(([name, lines]) =>
      lghvBlock(name, grantPort, lines),
    ),
    ...smtntBlock('smtnt', smtntPorts, ['bindId: test001', ...unindented(options.smtntBlock)]),
    ...Object.entries(options.smtntGateways ?? {}).flatMap(([name, lines]) =>
      smtntBlock(name, smtntPorts, lines),
    ),
    'routes:',
    `  default: { gateways: [${gateways.join(', ')}], policy: ${options.policy ?? 'balance'} }`,
    ...(options.routes ?? []),
    `replies: [${['results', ...(options.replies ?? []).map((name) => `results-${name}`)].join(', ')}]`,
    `durability: ${options.durability ?? 'fsync'}`,
    `api: { host: 127.0.0.1, port: 0, keys: [${(options.apiKeys ?? []).join(', ')}] }`,
    ...(options.sections ?? []),
    'fleet:',
    `  reportGrace: ${options.reportGraceMs ?? 600_000}`,
    `logging: { level: ${options.logLevel ?? 'debug'} }`,
    '',
  ].join('\n');
}

/** Lines at four spaces as they stand in their block. */
function unindented(lines: readonly string[] = []): readonly string[] {
  return lines.map((line) => line.slice(4));
}

/** An LGHV gateway; the agent is S1 unless its lines name another one. */
function lghvBlock(name: string, grantPort: number, lines: readonly string[]): readonly string[] {
  const agent = lines.some((line) => line.startsWith('agentId:')) ? [] : ['agentId: S1'];
  const block = [
    'protocol: lghv',
    `grantUrl: "http://127.0.0.1:${grantPort}/goGrant"`,
    'password: demo-password',
    'crypto: { key: "pabal-demo-key-1", iv: "pabal-demo-iv-01" }',
    ...agent,
    ...lines,
  ];
  return [`  ${name}:`, ...block.map((line) => `    ${line}`)];
}

/** An SMTNT gateway; it is at the plain port unless its lines say otherwise. */
function smtntBlock(
  name: string,
  ports: Readonly<Record<string, number>>,
  lines: readonly string[],
): readonly string[] {
  const encrypted = lines.some((line) => line.startsWith('crypto:') && line.includes('mode: encrypted'));
  const block = [
    'protocol: smtnt',
    'host: 127.0.0.1',
    `port: ${encrypted ? ports.encrypted : ports.smtnt}`,
    ...(lines.some((line) => line.startsWith('accounts:')) ? [] : ['password: demo-password']),
    ...(encrypted ? [] : ['crypto: { key: "pabal-demo-key-1", iv: "pabal-demo-iv-01", mode: plain }']),
    ...lines,
  ];
  return [`  ${name}:`, ...block.map((line) => `    ${line}`)];
}
