import { durationSchema } from '@pabal/session';
import { z } from 'zod';
import { pem } from './pem.js';
import { webhookSchema } from './webhook-config.js';

/** Names of gateways, routes and reply queues become parts of queue names and Redis keys. */
export const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;
export const NAME_CHARACTERS = 40;

const port = z.int().min(1).max(65_535);
/** 0 takes a free port. */
const listenPort = z.int().min(0).max(65_535);
const text = z.string().min(1);
const node = z.strictObject({ host: text.describe('Host of a node'), port: port.describe('Its port') });
const nodes = z.array(node).min(1).readonly();

const DEFAULT_REDIS_URL = 'redis://127.0.0.1:6379';

const tls = z.strictObject({
  ca: pem('CERTIFICATE')
    .optional()
    .describe("PEM text: authorities that are trusted instead of the system's (`${file:ca.pem}`)"),
  cert: pem('CERTIFICATE')
    .optional()
    .describe('PEM text: our certificate, for a Redis that asks for one (`${file:client.pem}`)'),
  key: pem('PRIVATE KEY').optional().describe('PEM text: its key (`${file:client.key}`)'),
  servername: text
    .optional()
    .describe("Name that Redis' certificate must carry, where it is not the host that is connected to"),
});

/** `tls: true` is TLS as the system has it, `tls: false` as good as absent. */
function tlsBlock(given: unknown): unknown {
  if (given === true) return {};
  return given === false ? undefined : given;
}

const redis = z.strictObject({
  url: z
    .string()
    .regex(/^rediss?:\/\/\S+$/, 'must start with redis:// or rediss://')
    .optional()
    .meta({
      description: '`redis://` or `rediss://`. Only one of url, sentinels and cluster',
      default: DEFAULT_REDIS_URL,
    }),
  sentinels: z
    .strictObject({
      name: text.describe('Name of the master that the sentinels watch'),
      nodes,
      username: text.optional().describe('User of the sentinels themselves'),
      password: text.optional().describe('Their password'),
      tls: z.boolean().optional().describe('Connect to the sentinels by TLS. Without it: as to Redis'),
    })
    .optional(),
  cluster: z.strictObject({ nodes }).optional(),
  username: text.optional().describe('User of the ACL'),
  password: text.optional().describe('Its password'),
  tls: z.preprocess(tlsBlock, tls.optional()),
  prefix: z
    .string()
    .regex(/^[A-Za-z0-9_{}-]{1,40}$/, 'must be 1 to 40 characters of A-Z, a-z, 0-9, _, -, { and }')
    .default('pabal')
    .describe(
      'Begins every key: several fleets share a Redis by different prefixes. In a cluster it becomes a hash tag, `{pabal}`: all of a fleet lies in one slot',
    ),
});

/** In a cluster every key of a fleet must lie in one slot: that of the part of the prefix in braces. */
function hashTagged(prefix: string): string {
  return /[{}]/.test(prefix) ? prefix : `{${prefix}}`;
}

/** Membership is checked entry by entry, so that a route's other mistakes do not hide it. */
function routeSchema(gateways: readonly string[]) {
  const gateway = z
    .string()
    .refine((name) => gateways.includes(name), 'is not a gateway of this configuration');
  return z.strictObject({
    gateways: z.array(gateway).min(1).readonly().describe('Gateways of the route, by name, in order'),
    policy: z
      .enum(['balance', 'failover'])
      .default('balance')
      .describe(
        '`balance`: all of them, each as its grant allows; `failover`: the first in order that is usable',
      ),
  });
}

/** What a key of the HTTP API may do. */
export const API_SCOPES = ['send', 'read', 'results', 'metrics'] as const;
export type ApiScope = (typeof API_SCOPES)[number];

const MIBIBYTE = 1_048_576;

const apiKey = z.strictObject({
  name: z
    .string()
    .max(NAME_CHARACTERS)
    .regex(NAME, `must be 1 to ${NAME_CHARACTERS} characters of a-z, 0-9 and single hyphens between them`)
    .describe('Name of the key: stands in logs and metrics'),
  hash: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, 'must be sha256: and 64 hexadecimal digits, as pabal key prints it')
    .describe('Hash of the key, as `pabal key NAME` prints it'),
  scopes: z
    .array(z.enum(API_SCOPES))
    .min(1)
    .readonly()
    .default(['send', 'read', 'results'])
    .describe(
      'What it may do. `send`: messages and files, and cancel; `read`: where messages and gateways stand; `results`: look at results and acknowledge them; `metrics`: figures for Prometheus',
    ),
  perSecond: z
    .int()
    .min(1)
    .optional()
    .describe('Messages a second that it may send, over all API processes together. Without it: no limit'),
  replyTo: text
    .optional()
    .describe('Results of its messages go to `results-<replyTo>` and nowhere else, and it reads those only'),
  webhook: text
    .optional()
    .describe('Results of its messages are delivered to this one of `webhooks` and nowhere else'),
});

const api = z.strictObject({
  host: text.default('127.0.0.1').describe('Where the HTTP API listens'),
  port: listenPort.default(8080).describe('Its port; 0 takes a free one'),
  keys: z.array(apiKey).readonly().default([]).describe('Required unless the host is a loopback address'),
  bodyLimit: z
    .int()
    .min(65_536)
    .max(64 * MIBIBYTE)
    .default(8 * MIBIBYTE)
    .describe('Longest body of a request, bytes; a thousand long messages are 4 MB'),
  maxConnections: z
    .int()
    .min(1)
    .default(2_000)
    .describe('Connections at once for a process; further ones are closed at once'),
  requestTimeout: durationSchema
    .default(30_000)
    .describe('How long a request may take to come in whole; who is slower is cut off'),
});

const board = z.strictObject({
  host: text.default('127.0.0.1').describe('Where the board listens'),
  port: listenPort.default(8081).describe('Its port; 0 takes a free one'),
  user: text.default('pabal').describe('Who may log in'),
  password: text
    .optional()
    .describe(
      'Required (or its hash) unless the host is a loopback address; without one nobody has to log in',
    ),
  passwordHash: text
    .optional()
    .describe('The password as `$scrypt$ln=15,r=8,p=1$<salt>$<hash>`, instead of it'),
});

const logging = z.strictObject({
  level: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('The least important lines that are still written'),
});

const files = z.strictObject({
  keep: durationSchema
    .default(7 * 86_400_000)
    .describe('How long a file is kept after it was stored. A message that names it keeps it longer'),
});

/** All durations: milliseconds after parsing. */
const fleet = z.strictObject({
  reportGrace: durationSchema
    .default(600_000)
    .describe('Deadlines stand still for so long after the report path of a gateway came back'),
  idempotencyWindow: durationSchema
    .default(86_400_000)
    .describe('For so long after its result an id enqueued again is the same message'),
  drainLimit: durationSchema
    .default(20_000)
    .describe('How long a stopping process waits for the answers to what it has in flight'),
});

/**
 * The sections of the file beside `gateways`, whose blocks each gateway kind checks by itself. The descriptions are what
 * `docs/configuration.md` says.
 */
export function sectionSchemas(gateways: readonly string[]) {
  return {
    redis: redis.prefault({}).transform((given) => {
      const known = given.url ?? given.sentinels ?? given.cluster;
      if (known === undefined) return { ...given, url: DEFAULT_REDIS_URL };
      return given.cluster ? { ...given, prefix: hashTagged(given.prefix) } : given;
    }),
    routes: z.record(z.string(), routeSchema(gateways)),
    replies: z
      .array(z.string())
      .readonly()
      .default(['results'])
      .describe('Result queues: `results` (always there) and `results-<name>` for each `replyTo` in use'),
    webhooks: z.record(z.string(), webhookSchema).default({}),
    durability: z
      .enum(['fsync', 'replica', 'memory'])
      .default('fsync')
      .describe(
        'What Redis is trusted to keep: `fsync` (append-only file, written before each answer), `replica` (each step waits for one replica), `memory`',
      ),
    api: api.prefault({}),
    board: board.prefault({}),
    logging: logging.prefault({}),
    files: files.prefault({}),
    fleet: fleet.prefault({}),
  } as const;
}

export const SECTION_NAMES: readonly string[] = Object.keys(sectionSchemas([]));

type Schemas = ReturnType<typeof sectionSchemas>;

/** What the sections hold. Durations are milliseconds. */
export type Sections = { readonly [K in keyof Schemas]: Readonly<z.output<Schemas[K]>> };
