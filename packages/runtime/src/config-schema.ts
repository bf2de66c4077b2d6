import { durationSchema } from '@pabal/session';
import { z } from 'zod';

/** Names of gateways, routes and reply queues become parts of queue names and Redis keys. */
export const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;
export const NAME_CHARACTERS = 40;

const port = z.int().min(1).max(65_535);
/** 0 takes a free port. */
const listenPort = z.int().min(0).max(65_535);
const text = z.string().min(1);
const node = z.strictObject({ host: text, port });
const nodes = z.array(node).min(1).readonly();

const DEFAULT_REDIS_URL = 'redis://127.0.0.1:6379';

const redis = z.strictObject({
  /** `redis://` or `rediss://`. One of url, sentinels and cluster; default the local Redis. */
  url: z
    .string()
    .regex(/^rediss?:\/\/\S+$/, 'must start with redis:// or rediss://')
    .optional(),
  sentinels: z.strictObject({ name: text, nodes }).optional(),
  cluster: z.strictObject({ nodes }).optional(),
  username: text.optional(),
  password: text.optional(),
  tls: z.boolean().default(false),
  /** Begins every key: several fleets share a Redis by different prefixes. */
  prefix: z
    .string()
    .regex(/^[A-Za-z0-9_{}-]{1,40}$/, 'must be 1 to 40 characters of A-Z, a-z, 0-9, _, -, { and }')
    .default('pabal'),
});

/** Membership is checked entry by entry, so that a route's other mistakes do not hide it. */
function routeSchema(gateways: readonly string[]) {
  const gateway = z
    .string()
    .refine((name) => gateways.includes(name), 'is not a gateway of this configuration');
  return z.strictObject({
    gateways: z.array(gateway).min(1).readonly(),
    /** `balance`: by free rate; `failover`: the first of the list that can. */
    policy: z.enum(['balance', 'failover']).default('balance'),
  });
}

const apiKey = z.strictObject({ name: text, hash: text });

const api = z.strictObject({
  host: text.default('127.0.0.1'),
  port: listenPort.default(8080),
  keys: z.array(apiKey).readonly().default([]),
});

const board = z.strictObject({
  host: text.default('127.0.0.1'),
  port: listenPort.default(8081),
  user: text.default('pabal'),
  password: text.optional(),
  passwordHash: text.optional(),
});

const logging = z.strictObject({
  level: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** All durations: milliseconds after parsing. */
const fleet = z.strictObject({
  /** Deadlines stand still for so long after the report path came back. */
  reportGrace: durationSchema.default(600_000),
  /** For so long after its result an id enqueued again is the same message. */
  idempotencyWindow: durationSchema.default(86_400_000),
  /** How long a stopping process waits for the answers to what it has in flight. */
  drainLimit: durationSchema.default(20_000),
});

/** The sections of the file beside `gateways`, whose blocks each gateway kind checks by itself. */
export function sectionSchemas(gateways: readonly string[]) {
  return {
    redis: redis.prefault({}).transform((given) => {
      const known = given.url ?? given.sentinels ?? given.cluster;
      return known === undefined ? { ...given, url: DEFAULT_REDIS_URL } : given;
    }),
    routes: z.record(z.string(), routeSchema(gateways)),
    replies: z.array(z.string()).readonly().default(['results']),
    durability: z.enum(['fsync', 'replica', 'memory']).default('fsync'),
    api: api.prefault({}),
    board: board.prefault({}),
    logging: logging.prefault({}),
    fleet: fleet.prefault({}),
  } as const;
}

export const SECTION_NAMES: readonly string[] = Object.keys(sectionSchemas([]));

type Schemas = ReturnType<typeof sectionSchemas>;

/** What the sections hold. Durations are milliseconds. */
export type Sections = { readonly [K in keyof Schemas]: Readonly<z.output<Schemas[K]>> };
