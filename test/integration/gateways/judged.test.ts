/**
 * What the door takes and a gateway says that it carries, that gateway's judge must take without a word: the rules of
 * messages, the mapping of each gateway and its simulator were written apart, and here they meet.
 */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { configSchema, lghv } from '@pabal/gateway-lghv';
import { smtnt, smtntConfigSchema } from '@pabal/gateway-smtnt';
import { type MessageV1, parseMessage } from '@pabal/message';
import { type AttachedFile, type GatewayKind, type SendLine, systemClock } from '@pabal/session';
import { LocalMemory } from '@pabal/session/testing';
import {
  LGHV_DEFAULT_CRYPTO,
  type SimulatorHandle,
  SMTNT_DEFAULT_CRYPTO,
  startLghvSimulator,
  startSmtntSimulator,
} from '@pabal/simulator';
import fc from 'fast-check';
import { anyMessage, FILES } from './any-message.js';

const RATE = 50_000;
/** Another one for every run, printed when it fails; PABAL_SEED repeats it. */
const SEED = Number(process.env.PABAL_SEED ?? Date.now() % 0x7fffffff);
const MESSAGES = Number(process.env.PABAL_RUNS ?? 300);
const MOST_ROUNDS = 20;

/** What stops after each test, whatever became of it. */
const stopping: (() => unknown)[] = [];

afterEach(async () => {
  for (const stop of stopping.splice(0).reverse()) await stop();
});

const quiet = () => {};

/** A gateway's line, logged in at its judge. */
interface Stage<C> {
  readonly kind: GatewayKind<C>;
  readonly config: C;
  readonly line: SendLine;
  readonly judge: SimulatorHandle;
}

function open<C>(kind: GatewayKind<C>, config: C, judge: SimulatorHandle): Stage<C> {
  const [identity] = kind.agents('judged', config);
  if (!identity) throw new Error('no agent');
  const line = kind.openSendLine(config, {
    identity,
    clock: systemClock,
    random: Math.random,
    fleetNow: Date.now,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    mayWrite: () => true,
    onEvent: quiet,
    onNotice: () => Promise.resolve(),
    agentsOfAccount: [identity.agent],
    memory: new LocalMemory(),
  });
  stopping.push(() => line.close('test-over'));
  return { kind, config, line, judge };
}

async function atLghv(change: { readonly charset?: 'euc-kr' }) {
  const tps = { sms: RATE, lms: RATE, mms: RATE, kko: RATE, kkf: RATE };
  const judge = await startLghvSimulator({
    tps,
    recipients: {},
    reportDelayMs: 3_600_000,
    charset: change.charset ?? 'cp949',
  });
  stopping.push(() => judge.close());
  const config = configSchema.parse({
    protocol: 'lghv',
    grantUrl: `http://127.0.0.1:${judge.ports.grant}/goGrant`,
    userId: 'demo',
    agentId: 'S1',
    password: 'demo-password',
    crypto: LGHV_DEFAULT_CRYPTO,
    recipientBurst: 0,
    ...change,
  });
  return open(lghv, config, judge);
}

async function atSmtnt(change: object, mode: 'plain' | 'encrypted' = 'plain') {
  const judge = await startSmtntSimulator({ speed: RATE, recipients: {}, reportDelayMs: 3_600_000, mode });
  stopping.push(() => judge.close());
  const { key, iv } = SMTNT_DEFAULT_CRYPTO;
  const config = smtntConfigSchema.parse({
    protocol: 'smtnt',
    host: '127.0.0.1',
    port: judge.ports.smtnt,
    bindId: 'test001',
    password: 'demo-password',
    crypto: mode === 'plain' ? { key, iv } : { iv, mode },
    recipientBurst: 0,
    ...change,
  });
  return open(smtnt, config, judge);
}

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function filesOf({ files = [] }: MessageV1): readonly AttachedFile[] {
  return files.map((id) => {
    const file = FILES.get(id);
    if (!file) throw new Error('a file that the test does not have');
    return file;
  });
}

/** A recipient gets few messages in a row: the same kind of number, another for each message. */
function toNumber(like: string, index: number): string {
  return like.slice(0, -6) + String(index).padStart(6, '0');
}

/** What the judge must have read. */
function contentOf(message: MessageV1) {
  const { to, from, text, subject = '' } = message;
  const files = filesOf(message).map(({ bytes }) => createHash('sha256').update(bytes).digest('hex'));
  return { to, from, text, subject, files };
}

/** What the line refuses to prepare: `undefined` where it prepares the message. */
function refusalOf(prepare: () => unknown): string | undefined {
  try {
    prepare();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.name : 'unknown';
  }
}

/** Sends a message all the way; its outcome. */
async function submit(line: SendLine, message: MessageV1, wireId: string) {
  const files = filesOf(message);
  const staging = await line.stage(message, files, false);
  if (staging && staging.kind !== 'staged') return staging;
  const prepared = line.prepare(message, wireId, { files, ...(staging && { staged: staging.staged }) });
  await until(() => line.nextAt(message.channel) <= systemClock.now());
  const slot = line.reserve(message.channel);
  if (!slot) throw new Error('no slot');
  return slot.write(prepared);
}

/**
 * {@link MESSAGES} of them; and as many again while not `enough`: chance may leave a channel without one that gets through,
 * which would show nothing.
 */
function* draw(enough: () => boolean) {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    yield* fc.sample(anyMessage, { seed: SEED + round, numRuns: MESSAGES });
    if (enough()) return;
  }
}

/** Sends them; of each of `channels` at least one must go through. */
async function judged<C>({ kind, config, line, judge }: Stage<C>, channels: readonly string[]) {
  const carried = kind.channels(config);
  await until(() => carried.every((channel) => line.isOpen(channel)));
  const went: Record<string, number> = {};
  const against: unknown[] = [];
  let index = 0;
  for (const drawn of draw(() => channels.every((channel) => went[channel]))) {
    index += 1;
    const input = { ...drawn, to: toNumber(String(drawn.to), index) };
    const parsed = parseMessage(input);
    if (!parsed.ok) continue;
    const { message } = parsed;
    const wireId = String(index).padStart(20, '0');
    const problems = kind.problems(message, config, filesOf(message));
    if (problems.length > 0) {
      // The line must not be more generous than the door, and must say it in the same way.
      const refusal = message.files ? 'FieldError' : refusalOf(() => line.prepare(message, wireId));
      if (refusal !== 'FieldError') against.push({ input, problems, refusal });
      continue;
    }
    const outcome = await submit(line, message, wireId);
    const violations = judge.violations().map(({ rule, samples }) => `${rule}: ${samples[0]?.detail}`);
    const read = judge
      .submits()
      .map(({ to, from, text, subject, files }) => ({ to, from, text, subject, files }));
    judge.reset();
    const whole = isDeepStrictEqual(read, [contentOf(message)]);
    if (outcome.kind !== 'accepted' || violations.length > 0 || !whole) {
      against.push({ input, outcome, violations, read });
    }
    went[message.channel] = (went[message.channel] ?? 0) + 1;
  }
  const missing = channels.filter((channel) => !went[channel]);
  expect({ seed: SEED, against, missing }).toEqual({ seed: SEED, against: [], missing: [] });
}

const LGHV_CHANNELS = ['sms', 'lms', 'mms', 'alimtalk', 'friendtalk'];

describe('any message that the door takes and LGHV says that it carries', () => {
  it.each<[string, { readonly charset?: 'euc-kr'; readonly [option: string]: unknown }]>([
    ['as it is', {}],
    ['in EUC-KR alone', { charset: 'euc-kr' }],
    ['with numbers encrypted', { encode: '1' }],
    ['with subjects and keys encrypted', { encode: '2' }],
    ['with texts encrypted', { encode: '9' }],
    [
      'as a KKO, with lengths of all and images by URL as files',
      { alimtalkType: 'KKO', mmsLength: 'total', kakaoUrlImage: 'i' },
    ],
    ['without using images again, as a reseller', { imageReuse: 0, reseller: '987654321' }],
  ])('passes its judge %s', async (_, change) => {
    await judged(await atLghv(change), LGHV_CHANNELS);
  });
});

describe('any message that the door takes and SMTNT says that it carries', () => {
  it.each<[string, object, 'plain' | 'encrypted']>([
    ['as it is', {}, 'plain'],
    [
      'with buttons in an object, and uploads used again',
      { kakaoButtonForm: 'object', uploadReuse: '1h' },
      'plain',
    ],
    ['encrypted', {}, 'encrypted'],
  ])('passes its judge %s', async (_, change, mode) => {
    await judged(await atSmtnt(change, mode), [...LGHV_CHANNELS, 'rcs']);
  });
});
