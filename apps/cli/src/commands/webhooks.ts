import { randomBytes } from 'node:crypto';
import { connectRedis, Producer, redisReady } from '@pabal/queues';
import type { PabalConfig } from '@pabal/runtime';
import { systemClock } from '@pabal/session';
import {
  pingWebhook,
  WEBHOOK_STATES,
  WebhookDesk,
  type WebhookReplay,
  type WebhookState,
  type WebhookView,
} from '@pabal/webhooks';
import type { Command, Given, Io } from '../command.js';
import { CONFIG_FLAG, EXIT, isSet, JSON_FLAG, textFlag } from '../command.js';
import { UsageError } from '../failure.js';
import { localTime } from '../local-time.js';
import { configOf } from '../session.js';

const REDIS_LIMIT_MS = 5_000;
const SECRET_BYTES = 32;
const MESSAGE_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** What is asked for. */
export type WebhooksRequest =
  | { readonly kind: 'secret' }
  | { readonly kind: 'test'; readonly name: string }
  | { readonly kind: 'list'; readonly states: ReadonlySet<WebhookState> }
  | { readonly kind: 'replay'; readonly id: string }
  | { readonly kind: 'replayAll' };

const ENDS: Readonly<Record<WebhookReplay, string>> = {
  replayed: 'is tried now',
  underWay: 'waits for its turn already, or is being tried',
  notFound: 'is not there: it arrived, or never was',
};

/** `pabal webhooks` */
export const webhooksCommand: Command = {
  name: 'webhooks',
  summary: 'results on their way to a URL; tries dead ones again',
  notes: [
    'Lists those that wait for their turn, those that failed and are tried again, and the dead, which were given up and stay',
    'for 30 days. Replayed, one is tried now, with all its tries before it and under the same webhook-id.',
  ],
  flags: {
    waiting: { type: 'boolean', help: 'those that wait for their turn, or are being tried' },
    retrying: { type: 'boolean', help: 'those that wait for their next try' },
    dead: { type: 'boolean', help: 'those that were given up' },
    replay: { type: 'string', value: 'ID', help: "deliver this message's result again" },
    all: { type: 'boolean', help: 'deliver all dead ones again' },
    test: { type: 'string', value: 'NAME', help: 'deliver a sample to this webhook, and print its answer' },
    secret: { type: 'boolean', help: 'print a new secret for the configuration, and nothing else' },
    ...CONFIG_FLAG,
    ...JSON_FLAG,
  },
  run: async (given, io) => {
    const request = requestOf(given);
    if (request.kind === 'secret') {
      io.out(`whsec_${randomBytes(SECRET_BYTES).toString('base64')}`);
      return EXIT.done;
    }
    if (request.kind === 'test') return test(configOf(given, io), request.name, given, io);
    return withDesk(configOf(given, io), (desk) => {
      if (request.kind === 'list') return list(desk, request.states, given, io);
      return replay(desk, request, given, io);
    });
  },
};

/** @throws UsageError */
export function requestOf(given: Given): WebhooksRequest {
  const asked = WEBHOOK_STATES.filter((state) => isSet(given, state));
  const id = textFlag(given, 'replay');
  const name = textFlag(given, 'test');
  const wishes = [isSet(given, 'secret'), id !== undefined, isSet(given, 'all'), name !== undefined];
  if (wishes.filter(Boolean).length > 1)
    throw new UsageError('--secret, --test NAME, --replay ID and --all exclude one another');
  if (name !== undefined) return { kind: 'test', name };
  if (isSet(given, 'secret')) return { kind: 'secret' };
  if (id !== undefined) {
    if (asked.length > 0) throw new UsageError('--replay ID stands alone');
    if (!MESSAGE_ID.test(id)) throw new UsageError('--replay takes the id of a message');
    return { kind: 'replay', id };
  }
  if (isSet(given, 'all')) {
    if (asked.some((state) => state !== 'dead')) throw new UsageError('--all takes the dead ones only');
    return { kind: 'replayAll' };
  }
  return { kind: 'list', states: new Set(asked.length > 0 ? asked : WEBHOOK_STATES) };
}

/** One delivery as it is listed. Pure. */
export function lineOf({ id, webhook, state, failures, reason, since, nextAt }: WebhookView): string {
  const at = (ms: number) => localTime(new Date(ms).toISOString());
  const parts = [
    `${at(since)}  ${state}  ${webhook === '' ? '-' : webhook}`,
    ...(failures === 0 ? [] : [`${failures} failed`]),
    ...(reason === undefined ? [] : [reason]),
    ...(nextAt === undefined ? [] : [`next ${at(nextAt)}`]),
  ];
  return `${parts.join('  ')}  ${id}`;
}

async function test({ webhooks }: PabalConfig, name: string, given: Given, io: Io): Promise<number> {
  const settings = Object.hasOwn(webhooks, name) ? webhooks[name] : undefined;
  if (!settings)
    throw new UsageError(
      `--test takes one of webhooks: ${Object.keys(webhooks).join(', ') || 'there is none'}`,
    );
  const sample = randomBytes(6).toString('hex');
  const { verdict, ms } = await pingWebhook(settings, sample, { clock: systemClock, now: Date.now });
  const took = Math.round(ms);
  const reason = verdict.kind === 'delivered' ? undefined : verdict.reason;
  if (isSet(given, 'json')) {
    const answer = {
      webhook: name,
      delivered: reason === undefined,
      ...(reason === undefined ? {} : { reason }),
      ms: took,
    };
    io.out(JSON.stringify(answer));
  } else io.out(`${name} ${reason === undefined ? 'took it' : `did not take it: ${reason}`} (${took} ms)`);
  return reason === undefined ? EXIT.done : EXIT.failed;
}

async function list(
  desk: WebhookDesk,
  states: ReadonlySet<WebhookState>,
  given: Given,
  io: Io,
): Promise<number> {
  const json = isSet(given, 'json');
  for await (const view of desk.list(states)) await io.outTaken(json ? jsonOf(view) : lineOf(view));
  if (!json) {
    const { waiting, retrying, dead } = await desk.counts();
    io.err(`${waiting} waiting, ${retrying} to be tried again, ${dead} dead`);
  }
  return EXIT.done;
}

function jsonOf({ since, nextAt, ...view }: WebhookView): string {
  const times = {
    since: new Date(since).toISOString(),
    ...(nextAt === undefined ? {} : { nextAt: new Date(nextAt).toISOString() }),
  };
  return JSON.stringify({ ...view, ...times });
}

async function replay(
  desk: WebhookDesk,
  request: Extract<WebhooksRequest, { kind: 'replay' | 'replayAll' }>,
  given: Given,
  io: Io,
): Promise<number> {
  const ids = request.kind === 'replay' ? [request.id] : await deadIds(desk);
  let replayed = 0;
  for (const id of ids) {
    const end = await desk.replay(id);
    if (end === 'replayed') replayed++;
    if (isSet(given, 'json')) io.out(JSON.stringify({ id, end }));
    else if (request.kind === 'replay' && end !== 'replayed') io.err(`${id} ${ENDS[end]}`);
    else io.out(`${id} ${ENDS[end]}`);
  }
  if (request.kind === 'replay') return replayed === 1 ? EXIT.done : EXIT.failed;
  if (!isSet(given, 'json')) io.err(`${replayed} tried again`);
  return EXIT.done;
}

/** All at first: what is taken up while one goes on would shift the pages. */
async function deadIds(desk: WebhookDesk): Promise<string[]> {
  const ids = new Set<string>();
  for await (const { id } of desk.list(new Set(['dead']))) ids.add(id);
  return [...ids];
}

async function withDesk(config: PabalConfig, use: (desk: WebhookDesk) => Promise<number>): Promise<number> {
  const connection = connectRedis(config.redis, 'producer');
  connection.on('error', () => {}); // told by redisReady, or by the command that fails
  const producer = new Producer({ connection, prefix: config.redis.prefix });
  try {
    await redisReady(connection, REDIS_LIMIT_MS);
    return await use(new WebhookDesk(producer));
  } finally {
    await producer.close();
    connection.disconnect();
  }
}
