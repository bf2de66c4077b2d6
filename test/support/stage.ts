import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PrivateRedis } from '@pabal/local-redis';
import type { MessageInput } from '@pabal/message';
import { parseMessage } from '@pabal/message';
import { connectRedis, Producer, type RedisConnection } from '@pabal/queues';
import { Child, until } from './child.js';
import { PABAL } from './paths.js';
import { RedisRelay } from './redis-relay.js';
import { ResultLog } from './result-log.js';
import type { Simulator } from './simulator.js';

/** What many stages share. */
export interface Theatre {
  readonly redis: PrivateRedis;
  readonly lghv: Simulator;
  readonly smtnt: Simulator;
}

export interface StageOptions {
  /** Prefix of the fleet, and id of its account; both gateways know it with the password of the demo. */
  readonly name: string;
  readonly gateway: 'lghv' | 'smtnt';
  /** Further lines of the gateway's block. */
  readonly lines?: readonly string[];
}

/**
 * A small fleet of its own, with one gateway, in a theatre that many share at once. One process, the victim, reaches Redis
 * through a relay; the others do not.
 */
export class Stage {
  readonly name: string;
  readonly relay: RedisRelay;
  readonly results: ResultLog;
  readonly connection: RedisConnection;
  readonly #gateway: Simulator;
  readonly #producer: Producer;
  readonly #folder: string;
  readonly #children: Child[] = [];

  private constructor(theatre: Theatre, options: StageOptions, relay: RedisRelay, folder: string) {
    this.name = options.name;
    this.relay = relay;
    this.#gateway = theatre[options.gateway];
    this.#folder = folder;
    this.connection = connectRedis({ url: theatre.redis.url }, 'worker');
    this.connection.on('error', () => {});
    this.#producer = new Producer({ connection: this.connection, prefix: options.name });
    this.results = new ResultLog(theatre.redis.url, options.name);
  }

  static async open(theatre: Theatre, options: StageOptions): Promise<Stage> {
    const relay = new RedisRelay(theatre.redis.port);
    const folder = await mkdtemp(join(tmpdir(), 'pabal-stage-'));
    const through = await relay.start();
    await writeFile(join(folder, 'direct.yaml'), configuration(theatre, options, theatre.redis.url));
    await writeFile(join(folder, 'relayed.yaml'), configuration(theatre, options, through));
    return new Stage(theatre, options, relay, folder);
  }

  /** Starts a role; the victim behind the relay. */
  start(role: 'sender' | 'receiver', as: 'victim' | 'other'): Child {
    const config = join(this.#folder, as === 'victim' ? 'relayed.yaml' : 'direct.yaml');
    const child = new Child(`${this.name} ${role} (${as})`, process.execPath, [
      PABAL,
      role,
      '--config',
      config,
    ]);
    this.#children.push(child);
    return child;
  }

  async enqueue(inputs: readonly MessageInput[]): Promise<void> {
    const items = inputs.map((input) => {
      const parsed = parseMessage(input);
      if (!parsed.ok) throw new Error(`a test's message is bad: ${JSON.stringify(parsed.problems)}`);
      return { message: parsed.message, route: 'default' };
    });
    await this.#producer.enqueueMany(items, Date.now());
  }

  /** What the gateway saw of this fleet. */
  submits(): ReturnType<Simulator['ledger']> {
    return this.#gateway.ledger(`?account=${this.name}`);
  }

  async settled(ids: readonly string[], limitMs: number): Promise<void> {
    await until(
      `${this.name}: a result for each of ${ids.length}`,
      () => ids.every((id) => this.results.ids.has(id)),
      limitMs,
      100,
    ).catch((error: unknown) => {
      const missing = ids.filter((id) => !this.results.ids.has(id));
      throw new Error(`${String(error)}; missing ${missing.slice(0, 5).join(' ')}\n${this.#tails()}`);
    });
  }

  async close(): Promise<void> {
    for (const child of this.#children) child.signal('SIGCONT');
    await Promise.all(this.#children.map((child) => child.stop()));
    await this.results.close();
    await this.#producer.close();
    this.connection.disconnect();
    await this.relay.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #tails(): string {
    return this.#children.map((child) => `${child.name}:\n${child.lines.slice(-8).join('\n')}`).join('\n');
  }
}

function configuration(
  { lghv, smtnt }: Theatre,
  { name, gateway, lines = [] }: StageOptions,
  url: string,
): string {
  const address =
    gateway === 'lghv'
      ? [
          'protocol: lghv',
          `grantUrl: "http://127.0.0.1:${lghv.ports.grant}/goGrant"`,
          `userId: ${name}`,
          'agentId: S1',
        ]
      : ['protocol: smtnt', 'host: 127.0.0.1', `port: ${smtnt.ports.smtnt}`, `bindId: ${name}`];
  const mode = gateway === 'lghv' ? '' : ', mode: plain';
  const block = [
    ...address,
    'password: demo-password',
    `crypto: { key: "pabal-demo-key-1", iv: "pabal-demo-iv-01"${mode} }`,
    ...lines,
  ];
  return [
    `redis: { url: "${url}", prefix: "${name}" }`,
    'gateways:',
    '  gateway:',
    ...block.map((line) => `    ${line}`),
    'routes:',
    '  default: { gateways: [gateway] }',
    'replies: [results]',
    'durability: fsync',
    'fleet: { reportGrace: 0 }',
    'logging: { level: debug }',
    '',
  ].join('\n');
}
