import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashApiKey, makeApiKey } from '@pabal/api';
import { type PrivateRedis, startPrivateRedis } from '@pabal/local-redis';
import { connectRedis, Producer, type RedisConnection } from '@pabal/queues';
import { Child } from './child.js';
import { PABAL } from './paths.js';

export interface ApiStageOptions {
  /** Keys by name, with what stands beside name and hash in the configuration (YAML flow). */
  readonly keys?: Readonly<Record<string, string>>;
  /** Further lines of the section `api`, YAML at two spaces. */
  readonly lines?: readonly string[];
  /** Further lines of the configuration. */
  readonly sections?: readonly string[];
}

export interface ApiCall {
  /** Name of the key; without one no key is sent. */
  readonly as?: string;
  readonly json?: unknown;
  /** A body as it is. */
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  readonly json: Readonly<Record<string, unknown>> | undefined;
}

/** An API process over a Redis of its own, and no fleet: what is sent stays in its queue. */
export class ApiStage {
  readonly redis: PrivateRedis;
  readonly keys: ReadonlyMap<string, string>;
  readonly connection: RedisConnection;
  readonly producer: Producer;
  readonly #folder: string;
  readonly #children: Child[] = [];
  #url = '';

  private constructor(redis: PrivateRedis, folder: string, keys: ReadonlyMap<string, string>) {
    this.redis = redis;
    this.keys = keys;
    this.#folder = folder;
    this.connection = connectRedis({ url: redis.url }, 'worker');
    this.connection.on('error', () => {});
    this.producer = new Producer({ connection: this.connection, prefix: 'pabal' });
  }

  /** Starts Redis and one API process. */
  static async open(options: ApiStageOptions = {}): Promise<ApiStage> {
    const [redis, folder] = await Promise.all([startPrivateRedis({}), mkdtemp(join(tmpdir(), 'pabal-api-'))]);
    const keys = new Map(Object.keys(options.keys ?? {}).map((name) => [name, makeApiKey()]));
    const stage = new ApiStage(redis, folder, keys);
    await writeFile(stage.config, configuration(redis.url, keys, options));
    await stage.start();
    return stage;
  }

  get config(): string {
    return join(this.#folder, 'pabal.config.yaml');
  }

  /** Where the process that was started last answers. */
  get url(): string {
    return this.#url;
  }

  /** The process that was started last. */
  get process(): Child {
    const child = this.#children.at(-1);
    if (!child) throw new Error('no API was started');
    return child;
  }

  /** Everything that the API processes logged. */
  get log(): string {
    return this.#children.flatMap(({ lines }) => lines).join('\n');
  }

  /** Starts one more API process, which is asked from now on. */
  async start(): Promise<Child> {
    const child = new Child(`api-${this.#children.length + 1}`, process.execPath, [
      PABAL,
      'api',
      '--config',
      this.config,
    ]);
    this.#children.push(child);
    const line = await child.line(/"api\.listening"/, 40_000);
    this.#url = (JSON.parse(line) as { url: string }).url;
    return child;
  }

  /** Asks the API. */
  async call(
    method: string,
    path: string,
    { as, json, body, headers = {} }: ApiCall = {},
  ): Promise<ApiAnswer> {
    const key = as === undefined ? undefined : this.keys.get(as);
    if (as !== undefined && key === undefined) throw new Error(`there is no key ${as}`);
    const content = json === undefined ? body : JSON.stringify(json);
    const response = await fetch(this.#url + path, {
      method,
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(content === undefined ? {} : { body: content }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  }

  /** Ends everything; fails when a process that was not killed did not end by itself. */
  async close(): Promise<void> {
    const alive = this.#children.filter(({ running }) => running);
    for (const child of alive) child.signal('SIGCONT');
    const ends = await Promise.all(alive.map((child) => child.stop()));
    await this.producer.close();
    this.connection.disconnect();
    await this.redis.stop();
    await rm(this.#folder, { recursive: true, force: true });
    const bad = alive.filter((_, place) => ends[place] !== 0);
    if (bad.length > 0)
      throw new Error(
        `did not stop with 0: ${bad.map(({ lines }) => lines.slice(-10).join('\n')).join('\n')}`,
      );
  }
}

function parsed(text: string): ApiAnswer['json'] {
  try {
    return JSON.parse(text) as ApiAnswer['json'];
  } catch {
    return undefined;
  }
}

/** A gateway at which nobody listens: the API never speaks to one. */
function configuration(
  url: string,
  keys: ReadonlyMap<string, string>,
  { keys: more = {}, lines = [], sections = [] }: ApiStageOptions,
): string {
  return [
    `redis: { url: "${url}" }`,
    'gateways:',
    '  smtnt:',
    '    protocol: smtnt',
    '    host: 127.0.0.1',
    '    port: 9',
    '    bindId: test001',
    '    password: demo-password',
    '    crypto: { key: "pabal-demo-key-1", iv: "pabal-demo-iv-01", mode: plain }',
    'replies: [results, results-shop]',
    'api:',
    '  port: 0',
    ...lines,
    ...(keys.size === 0 ? [] : ['  keys:']),
    ...[...keys].map(([name, key]) => {
      const rest = more[name] ? `, ${more[name]}` : '';
      return `    - { name: ${name}, hash: "${hashApiKey(key)}"${rest} }`;
    }),
    ...sections,
    '',
  ].join('\n');
}
