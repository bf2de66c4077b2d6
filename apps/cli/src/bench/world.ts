import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Store, storeConnectionOptions } from '@pabal/fate';
import { readStatuses } from '@pabal/fleet';
import { type PrivateRedis, startPrivateRedis } from '@pabal/local-redis';
import { connectRedis, queueName, type RedisConnection, redisReady, sendQueue } from '@pabal/queues';
import { type Durability, fleetConfig, type GatewayChoice } from './fleet-config.js';
import type { ChildRole, ChildSettings } from './messages.js';
import { channelFor } from './payload.js';
import { BenchProcess, type Profiling } from './process.js';

const REDIS_LIMIT_MS = 10_000;
/** Leases, logins and the grant; a second sender waits for the first to let go of its share. */
const FLEET_READY_MS = 60_000;
const POLL_MS = 100;

/** How our Redis is run; both paths use the same one. */
export const REDIS_ARGUMENTS = {
  memory: ['--appendonly', 'no'],
  // A rewrite of the file in the middle of a run would be in one run and not in the other.
  fsync: ['--appendonly', 'yes', '--appendfsync', 'always', '--auto-aof-rewrite-percentage', '0'],
} as const satisfies Record<Durability, readonly string[]>;

export interface WorldOptions {
  readonly durability: Durability;
  readonly gateways: readonly GatewayChoice[];
  readonly senders: number;
  /** Agents of each gateway; as many as senders where absent. */
  readonly agents?: number;
  /** Submits a second granted to each agent. */
  readonly grant: number;
  readonly seed: number;
  readonly textBytes: number;
  readonly profile?: string | undefined;
}

/** Everything that a measurement runs on: a Redis of its own, simulators, and processes as they are asked for. */
export class BenchWorld {
  readonly redis: PrivateRedis;
  /** The bench's own connection, for questions between runs. */
  readonly connection: RedisConnection;
  readonly #options: WorldOptions;
  readonly #dir: string;
  readonly #store: Store;
  readonly #processes: BenchProcess[] = [];
  readonly #profiling: Profiling | undefined;

  private constructor(
    options: WorldOptions,
    redis: PrivateRedis,
    dir: string,
    connections: RedisConnection[],
  ) {
    const [connection, storeConnection] = connections;
    if (!connection || !storeConnection) throw new Error('two connections are needed');
    this.#options = options;
    this.#dir = dir;
    this.redis = redis;
    this.connection = connection;
    this.#store = new Store({ redis: storeConnection, prefix: 'pabal' });
    this.#profiling = options.profile === undefined ? undefined : { dir: options.profile };
  }

  /** Starts Redis. What is started later ends with {@link close}. */
  static async open(options: WorldOptions): Promise<BenchWorld> {
    const redis = await startPrivateRedis({ args: REDIS_ARGUMENTS[options.durability] });
    const connections = [
      connectRedis({ url: redis.url }, 'worker'),
      connectRedis({ url: redis.url }, 'producer', storeConnectionOptions),
    ];
    for (const connection of connections) connection.on('error', () => {}); // a failed command rejects at its caller
    const dir = await mkdtemp(join(tmpdir(), 'pabal-bench-'));
    const world = new BenchWorld(options, redis, dir, connections);
    try {
      await Promise.all(connections.map((connection) => redisReady(connection, REDIS_LIMIT_MS)));
    } catch (error) {
      await world.close();
      throw error;
    }
    return world;
  }

  get queueSettings(): { readonly redisUrl: string } {
    return { redisUrl: this.redis.url };
  }

  /** Processes of a role that run, in the order of their start. */
  of(...roles: readonly ChildRole[]): BenchProcess[] {
    return this.#processes.filter(({ role, running }) => running && roles.includes(role));
  }

  /** The one process of a role. */
  only(role: ChildRole): BenchProcess {
    const [process, second] = this.of(role);
    if (!process || second) throw new Error(`not one ${role} runs`);
    return process;
  }

  get #agents(): number {
    return this.#options.agents ?? this.#options.senders;
  }

  /** Starts so many processes of one role. */
  async start<R extends ChildRole>(
    role: R,
    settings: ChildSettings[R],
    count = 1,
  ): Promise<BenchProcess<R>[]> {
    const known = this.#processes.filter((process) => process.role === role).length;
    const profiling = role === 'simulator' ? undefined : this.#profiling;
    const starting = Array.from({ length: count }, (_, i) =>
      BenchProcess.start(role, `${role}-${known + i + 1}`, settings, profiling),
    );
    const results = await Promise.allSettled(starting);
    const started = results.filter((result) => result.status === 'fulfilled').map(({ value }) => value);
    this.#processes.push(...(started as unknown as BenchProcess[]));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    return started;
  }

  /** Starts the simulators and writes the fleet's configuration; answers its path. */
  async gateways(): Promise<string> {
    const { gateways, grant, seed, durability } = this.#options;
    const agents = this.#agents;
    const ports = new Map<GatewayChoice, Readonly<Record<string, number>>>();
    for (const gateway of gateways) {
      const [simulator] = await this.start('simulator', { gateway, agents, grant, seed });
      if (simulator) ports.set(gateway, await simulator.ask('ports', undefined));
    }
    const config = join(this.#dir, 'pabal.config.yaml');
    const setting = { redisUrl: this.redis.url, durability, gateways: ports, agents };
    await writeFile(config, fleetConfig(setting));
    return config;
  }

  /** Waits until every agent is logged in, and the messages' queue is served by every sender that can have one. */
  async fleetReady(roles: readonly ('sender' | 'receiver')[]): Promise<void> {
    const { gateways, textBytes } = this.#options;
    const agents = this.#agents;
    const senders = this.of('sender').length;
    const queue = queueName(sendQueue('default', channelFor(textBytes), 'normal'));
    const reporting = roles.includes('receiver') && gateways.includes('lghv') ? agents : 0;
    const end = performance.now() + FLEET_READY_MS;
    for (;;) {
      const statuses = await readStatuses(this.#store);
      const open = statuses.flatMap(({ lines }) => lines).filter((line) => line.open);
      const count = (kind: 'send' | 'report') => open.filter((line) => line.kind === kind).length;
      const serving = statuses.filter((status) => status.serving.includes(queue)).length;
      const present = statuses.filter(({ role }) => role === 'sender').length;
      const sending = count('send') === gateways.length * agents && present === senders;
      if (sending && count('report') >= reporting && serving === Math.min(senders, agents)) return;
      if (performance.now() > end) {
        const tails = this.of(...roles).flatMap(({ name, tail }) => tail.map((line) => `${name}: ${line}`));
        throw new Error([`the fleet was not ready within ${FLEET_READY_MS / 1000} s`, ...tails].join('\n'));
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  /** The sender that owns a line to a gateway now. */
  async owner(): Promise<BenchProcess> {
    const statuses = await readStatuses(this.#store);
    const owners = statuses.filter(({ lines }) => lines.some(({ kind, open }) => kind === 'send' && open));
    const owner = this.of('sender').find(({ pid }) =>
      owners.some((status) => status.owner.includes(`/${pid}/`)),
    );
    if (!owner) throw new Error('no sender owns a line');
    return owner;
  }

  /** Ends everything. The fleet goes before what it stands on. */
  async close(): Promise<void> {
    await Promise.allSettled(this.of('sender', 'receiver').map((process) => process.stop()));
    await Promise.allSettled(this.#processes.map((process) => process.stop()));
    await this.#store.close();
    this.connection.disconnect();
    await this.redis.stop();
    await rm(this.#dir, { recursive: true, force: true });
  }
}
