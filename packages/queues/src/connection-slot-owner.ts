import { isIP, connect as tcpConnect } from 'node:net';
import { type ConnectionOptions as TlsOptions, connect as tlsConnect } from 'node:tls';
import { AbstractConnector, Redis, type RedisOptions } from 'ioredis';

export interface NodeAddress {
  readonly host: string;
  readonly port: number;
}

/** Where a cluster is, and which of its nodes is wanted. */
export interface ClusterPlace {
  /** Some nodes of the cluster; the others are learned from them. */
  readonly nodes: readonly NodeAddress[];
  /** Begins every key: the node that owns its slot is the one to connect to. */
  readonly prefix: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly tls?: TlsOptions | undefined;
}

/** A server that is named as a cluster's node runs without cluster mode. */
export class NoCluster extends Error {
  readonly code = 'redis-mismatch';
  override readonly name = 'NoCluster';

  constructor({ host, port }: NodeAddress) {
    super(
      `redis.cluster is configured, but Redis at ${host}:${port} is no cluster node. Name it in redis.url, or start it with cluster-enabled yes`,
    );
  }
}

/** Who owns a slot, by the word of one node. */
export interface SlotClaim extends NodeAddress {
  /** The later one is right where two nodes differ. */
  readonly epoch: number;
}

/** How long a node may take to say who owns the slot; a frozen one must not hold up the others. */
const ASK_MS = 700;
const FIRST_WAIT_MS = 50;
const LAST_WAIT_MS = 500;

/**
 * Reads `CLUSTER NODES` as one node tells it: every node with its address, and the master that serves a slot. A node
 * that does not know its own address names none: it is where it was asked.
 */
export function readClusterNodes(
  text: string,
  slot: number,
  asked: NodeAddress,
  preferNames = false,
): { readonly nodes: readonly NodeAddress[]; readonly owner: SlotClaim | undefined } {
  const nodes: NodeAddress[] = [];
  let owner: SlotClaim | undefined;
  for (const line of text.split('\n')) {
    const [, place = '', flags = '', , , , epoch = '0', , ...slots] = line.trim().split(' ');
    const [address = '', name = ''] = place.split(',');
    const match = /^(.*):(\d+)(?:@\d+)?$/.exec(address);
    const marks = flags.split(',');
    if (!match || marks.includes('noaddr') || marks.includes('handshake')) continue;
    const ip = match[1] === '' ? asked.host : (match[1] ?? '');
    const node = { host: preferNames && name !== '' ? name : ip, port: Number(match[2]) };
    nodes.push(node);
    const serves = marks.includes('master') && !marks.includes('fail') && slots.some(holds(slot));
    if (serves) owner = { ...node, epoch: Number(epoch) };
  }
  return { nodes, owner };
}

/** `5461`, `0-5460`; what moves in or out stands in brackets and is no ownership. */
function holds(slot: number): (range: string) => boolean {
  return (range) => {
    const match = /^(\d+)(?:-(\d+))?$/.exec(range);
    if (!match) return false;
    const first = Number(match[1]);
    return slot >= first && slot <= Number(match[2] ?? first);
  };
}

/**
 * Everything of a fleet lies in one slot of a cluster, so that one step may touch any of its keys: a connection
 * therefore needs one node, the slot's owner, as one behind sentinels needs their master. After a failover, or when the
 * slot has moved, connecting again finds the next owner; a step that must know the run, the clock or the memory of its
 * server asks the right one by itself.
 */
export function slotOwnerConnector(place: ClusterPlace): NonNullable<RedisOptions['Connector']> {
  const directory = new Directory(place);
  return class SlotOwnerConnector extends AbstractConnector {
    constructor(options: unknown) {
      super(disconnectTimeoutOf(options));
    }

    override async connect(emitError: (type: string, error: Error) => void) {
      this.connecting = true;
      for (let wait = FIRST_WAIT_MS; ; wait = Math.min(LAST_WAIT_MS, wait * 2)) {
        const { owner, failure } = await directory.look();
        if (!this.connecting) throw new Error('Connection is closed.');
        if (owner) {
          this.stream = open(owner, place.tls);
          this.stream.once('error', (error: Error) => {
            this.firstError = error;
          });
          return this.stream;
        }
        emitError('error', failure);
        await new Promise((resolve) => setTimeout(resolve, wait));
        if (!this.connecting) throw new Error('Connection is closed.');
      }
    }

    /** The parsed INFO of a server that is connected. */
    override check(info: { readonly role?: string }): boolean {
      return info.role === undefined || info.role === 'master';
    }
  };
}

function disconnectTimeoutOf(options: unknown): number {
  const { disconnectTimeout } = options as Pick<RedisOptions, 'disconnectTimeout'>;
  return disconnectTimeout ?? 0;
}

function open({ host, port }: NodeAddress, tls: TlsOptions | undefined) {
  if (!tls) return tcpConnect({ host, port });
  const servername = isIP(host) ? {} : { servername: host };
  return tlsConnect({ ...servername, ...tls, host, port });
}

type Found =
  | { readonly owner: NodeAddress; readonly failure?: never }
  | { readonly owner?: never; readonly failure: Error };

type Answer =
  | { readonly told: ReturnType<typeof readClusterNodes>; readonly failure?: never }
  | { readonly told?: never; readonly failure: Error };

/** What is known of a cluster's nodes. Connections that are opened together ask once. */
class Directory {
  readonly #place: ClusterPlace;
  readonly #known = new Map<string, NodeAddress>();
  #asking: Promise<Found> | undefined;

  constructor(place: ClusterPlace) {
    this.#place = place;
    this.#learn(place.nodes);
  }

  /** The node that owns the slot now, or why none is known. */
  look(): Promise<Found> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<Found> {
    const answers = await Promise.all([...this.#known.values()].map((node) => this.#askNode(node)));
    let owner: SlotClaim | undefined;
    let failure: Error | undefined;
    for (const answer of answers) {
      if (answer.failure) {
        if (!(failure instanceof NoCluster)) ({ failure } = answer);
        continue;
      }
      this.#learn(answer.told.nodes);
      const claim = answer.told.owner;
      if (claim && (!owner || claim.epoch > owner.epoch)) owner = claim;
    }
    if (owner) return { owner };
    return {
      failure: failure ?? new Error(`no node of the cluster owns the slot of ${this.#place.prefix}`),
    };
  }

  async #askNode(node: NodeAddress): Promise<Answer> {
    const { prefix, username, password, tls } = this.#place;
    const redis = new Redis({
      ...node,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      ...(tls === undefined ? {} : { tls }),
      lazyConnect: true,
      enableReadyCheck: false,
      retryStrategy: () => null,
      connectTimeout: ASK_MS,
      disconnectTimeout: 0,
      maxRetriesPerRequest: 0,
    });
    let failure: Error | undefined;
    redis.on('error', (error: Error) => {
      failure = error;
    });
    let late: NodeJS.Timeout | undefined;
    try {
      const asking = async () => {
        await redis.connect();
        return Promise.all([redis.cluster('KEYSLOT', `${prefix}:`), redis.call('CLUSTER', 'NODES')]);
      };
      const limit = new Promise<never>((_, reject) => {
        const why = `cluster node ${node.host}:${node.port} did not answer within ${ASK_MS} ms`;
        late = setTimeout(() => reject(new Error(why)), ASK_MS);
      });
      const [slot, text] = await Promise.race([asking(), limit]);
      return { told: readClusterNodes(String(text), Number(slot), node, tls !== undefined) };
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error));
      if (reason.message.includes('cluster support disabled')) return { failure: new NoCluster(node) };
      return { failure: reason.message === 'Connection is closed.' ? (failure ?? reason) : reason };
    } finally {
      clearTimeout(late);
      if (redis.status !== 'end' && redis.status !== 'close') redis.disconnect();
    }
  }

  #learn(nodes: readonly NodeAddress[]): void {
    for (const node of nodes) this.#known.set(`${node.host}:${node.port}`, node);
  }
}
