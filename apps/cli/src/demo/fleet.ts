import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashApiKey, makeApiKey } from '@pabal/api';
import { findRedis, type LocalRedis, RedisUnavailable } from '@pabal/local-redis';
import { CliFailure } from '../failure.js';
import { PabalChild } from './child.js';
import { DEMO_GATEWAYS, type DemoGateway, demoConfiguration, SIMULATE } from './configuration.js';
import { clearKeys, demoPrefix } from './redis-room.js';
import { SimulatorAdmin } from './simulator-admin.js';
import type { Stage } from './stage.js';

/** How long a process may take until it says that it stands; generous, for machines with other work. */
const STAND_MS = 40_000;

/** Where everything is that the fleet needs and that stays after it. */
export interface Surroundings {
  readonly redisUrl: string;
  readonly prefix: string;
  /** The demo's own folder; it goes when the demo ends. */
  readonly folder: string;
  /** Path of the configuration file. */
  readonly config: string;
  readonly simulators: Readonly<Record<DemoGateway, SimulatorAdmin>>;
  /** What the API asks for. */
  readonly apiKey: string;
}

/** Rejects when a process ends that nobody told to. */
export type Watch = (child: PabalChild) => void;

/** Finds Redis; starts both simulators; writes the configuration. */
export async function setSurroundings(
  stage: Stage,
  watch: Watch,
  say: (line: string) => void,
): Promise<Surroundings> {
  const [redis, hellovision, smtnt, dir] = await Promise.all([
    stage.set(
      'redis',
      () => redisOrReasons(say),
      { end: (found) => found.stop() }, // at once: it ends with us by itself
    ),
    startSimulator(stage, watch, 'hellovision'),
    startSimulator(stage, watch, 'smtnt'),
    stage.set('files', () => mkdtemp(join(tmpdir(), 'pabal-demo-')), {
      end: (path) => rm(path, { recursive: true, force: true }),
      atOnce: (path) => rmSync(path, { recursive: true, force: true }),
    }),
  ]);
  const shared = redis.source === 'REDIS_URL';
  const prefix = demoPrefix(shared);
  const where = shared ? 'from REDIS_URL' : `${redis.source}, our own, gone when the demo ends`;
  say(`Redis ${redis.version}: ${where}`);
  if (shared) await stage.set('keys', () => prefix, { end: () => clearKeys(redis.url, prefix) });
  const config = join(dir, 'pabal.config.yaml');
  const apiKey = makeApiKey();
  const places = {
    redisUrl: redis.url,
    prefix,
    grantPort: hellovision.port,
    smtntPort: smtnt.port,
    keyHash: hashApiKey(apiKey),
  };
  await writeFile(config, demoConfiguration(places));
  return {
    redisUrl: redis.url,
    prefix,
    folder: dir,
    config,
    simulators: { hellovision: hellovision.admin, smtnt: smtnt.admin },
    apiKey,
  };
}

/** @throws CliFailure with what was tried and what to install */
async function redisOrReasons(say: (line: string) => void): Promise<LocalRedis> {
  try {
    return await findRedis({ onProgress: say });
  } catch (error) {
    if (error instanceof RedisUnavailable) throw new CliFailure(error.message, { cause: error });
    throw error;
  }
}

/** A process of the fleet that stands. */
export interface StandingFleet {
  /** URLs. */
  readonly api: string;
  readonly board: string;
}

/**
 * Starts two senders, the receiver, the API and the board, and waits until both gateways can be sent over, reports come from both,
 * and each sender has its share: the first to come owns everything until the second has asked for its part.
 */
export async function startFleet(stage: Stage, watch: Watch, config: string): Promise<StandingFleet> {
  const role = (name: string, word: string) =>
    startChild(stage, watch, 'workers', name, [word, '--config', config, '--with-parent']);
  const senders = await Promise.all([role('sender-1', 'sender'), role('sender-2', 'sender')]);
  const receiver = await role('receiver', 'receiver');
  const [api, board] = await Promise.all([role('api', 'api'), role('board', 'board')]);
  const ready = (child: PabalChild, gateway?: DemoGateway) =>
    child.tell(
      `session with ${gateway ?? 'a gateway'}`,
      STAND_MS,
      (line) => isReady(line, gateway) || undefined,
    );
  const [apiUrl, boardUrl] = await Promise.all([
    api.tell('address', STAND_MS, (line) => urlOf(line, 'api.listening')),
    board.tell('address', STAND_MS, (line) => urlOf(line, 'board.listening')),
    ready(receiver, 'hellovision'), // reports of smtnt come over the session that its sender owns
    ...senders.map((child) => ready(child)),
    ...DEMO_GATEWAYS.map((gateway) => either(senders.map((child) => ready(child, gateway)))),
  ]);
  return { api: apiUrl, board: boardUrl };
}

/** The first that succeeds; when none does, the first failure. */
async function either<T>(tries: readonly Promise<T>[]): Promise<T> {
  try {
    return await Promise.any(tries);
  } catch (error) {
    throw error instanceof AggregateError ? error.errors[0] : error;
  }
}

interface StandingSimulator {
  readonly admin: SimulatorAdmin;
  /** Where it grants (LGHV) or listens (SMTNT). */
  readonly port: number;
}

async function startSimulator(stage: Stage, watch: Watch, gateway: DemoGateway): Promise<StandingSimulator> {
  const name = `simulator ${gateway}`;
  const child = await startChild(stage, watch, 'simulators', name, ['simulate', ...SIMULATE[gateway]]);
  const [port, admin] = await Promise.all([
    child.tell('port', STAND_MS, (line) => portOf(line)),
    child.tell('admin address', STAND_MS, (line) => / admin on (http:\S+)/.exec(line)?.[1]),
  ]);
  return { port, admin: new SimulatorAdmin(admin) };
}

async function startChild(
  stage: Stage,
  watch: Watch,
  phase: 'workers' | 'simulators',
  name: string,
  words: readonly string[],
): Promise<PabalChild> {
  const child = await stage.set(phase, () => new PabalChild(name, words), {
    end: (started) => started.stop(),
    atOnce: (started) => started.kill(),
  });
  watch(child);
  return child;
}

/** `lghv grant on port 40123`, `smtnt smtnt on port 40124`. */
function portOf(line: string): number | undefined {
  const digits = /^(?:lghv grant|smtnt smtnt) on port (\d+)$/.exec(line)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function isReady(line: string, gateway: DemoGateway | undefined): boolean {
  const { msg, to, gateway: about } = fieldsOf(line);
  return msg === 'session.changed' && to === 'ready' && (gateway === undefined || about === gateway);
}

function urlOf(line: string, event: string): string | undefined {
  const { msg, url } = fieldsOf(line);
  return msg === event && typeof url === 'string' ? url : undefined;
}

/** The fields of a log line; none where it is no JSON object. */
function fieldsOf(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {}; // a line that is no log line, such as a warning of Node's
  }
}
