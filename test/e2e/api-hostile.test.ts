import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ApiAnswer, ApiStage, pause } from '../support/index.js';

/**
 * A client that does everything wrong, on purpose and all at once, beside one that does its work: the first is refused
 * quickly and clearly, the second hardly notices. Both share the machine with the API.
 */

const CALM_MS = 2_500;
const STORM_MS = 5_000;
const REQUEST_TIMEOUT_MS = 2_000;
/** Nobody's, but it must not be in a log all the same. */
const NUMBER = '01077778888';
const SECRET = 'geheim-텍스트';

const sms = { channel: 'sms', to: '01012345678', from: '0212345678', text: '[good] 안녕하세요' };

let stage: ApiStage;

beforeAll(async () => {
  stage = await ApiStage.open({
    keys: { good: '', hostile: 'perSecond: 200' },
    lines: ['  bodyLimit: 1048576', `  requestTimeout: ${REQUEST_TIMEOUT_MS}`],
  });
  const headers = { 'idempotency-key': 'replayed' };
  await stage.call('POST', '/v1/messages', { as: 'hostile', json: sms, headers });
});

afterAll(() => stage?.close());

/** The good client: four at a time, each message as soon as the one before it was answered. Latencies in ms. */
async function work(forMs: number): Promise<number[]> {
  const end = performance.now() + forMs;
  const latencies: number[] = [];
  const one = async () => {
    while (performance.now() < end) {
      const began = performance.now();
      const answer = await stage.call('POST', '/v1/messages', { as: 'good', json: sms });
      latencies.push(performance.now() - began);
      expect(answer.status).toBe(202);
    }
  };
  await Promise.all([one(), one(), one(), one()]);
  return latencies.sort((a, b) => a - b);
}

function at(latencies: readonly number[], share: number): number {
  return latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))] ?? Number.NaN;
}

type Attack = () => Promise<ApiAnswer>;

const post = (body: string | Uint8Array, headers: Record<string, string> = {}, path = '/v1/messages') =>
  stage.call('POST', path, {
    as: 'hostile',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
const field = (fields: object) => post(JSON.stringify({ ...sms, to: NUMBER, ...fields }));
let turn = 0;

/** Each by the statuses that it must be answered with. */
const ATTACKS: readonly (readonly [name: string, statuses: readonly number[], attack: Attack])[] = [
  [
    'a guessed key',
    [401],
    () =>
      stage.call('POST', '/v1/messages', { json: sms, headers: { authorization: `Bearer pabal_${++turn}` } }),
  ],
  [
    'a guessed path',
    [404],
    () => stage.call('GET', `/v1/${SECRET}/${NUMBER}/../../admin`, { as: 'hostile' }),
  ],
  ['half of a JSON', [400], () => post(`{"to":"${NUMBER}","text":"${SECRET}`)],
  [
    'JSON of 100,000 levels',
    [422, 400, 429],
    () => post(`{"text":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
  ],
  [
    'objects of 50,000 levels',
    [422, 429],
    () => post(`{"kakao":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`),
  ],
  [
    'sixty thousand fields',
    [422, 429],
    () => post(`{${Array.from({ length: 60_000 }, (_, i) => `"f${i}":1`).join()}}`),
  ],
  ['a poisoned prototype', [400], () => post(`{"__proto__":{"to":"${NUMBER}"}}`)],
  ['a megabyte and more', [413], () => post(`{"text":"${'x'.repeat(1_100_000)}"}`)],
  ['a megabyte of text', [422, 429], () => field({ text: '가'.repeat(330_000) })],
  ['characters that no charset has', [422, 429], () => field({ text: '😀'.repeat(50_000) })],
  ['a number that never ends', [422, 429], () => field({ to: `+${'1'.repeat(500_000)}x` })],
  ['a time that never ends', [422, 429], () => field({ sendAt: `2026-01-01T${'0'.repeat(500_000)}Z!` })],
  ['an id that nearly matches', [422, 429], () => field({ id: `${'a'.repeat(500_000)}!` })],
  [
    'a URL that nearly matches',
    [422, 429],
    () => field({ webhook: { url: `http://${'a.'.repeat(200_000)}!` } }),
  ],
  [
    'a thousand bad messages',
    [422, 429],
    () =>
      post(JSON.stringify({ messages: Array.from({ length: 1_000 }, () => ({ to: NUMBER, text: SECRET })) })),
  ],
  ['bytes that are no text', [400], () => post(new Uint8Array(100_000).fill(0xff))],
  ['a bomb of zeros', [415], () => post(new Uint8Array(1_000), { 'content-encoding': 'gzip' })],
  [
    'a key that came with another request',
    [422, 429, 409],
    () => post(JSON.stringify({ ...sms, ref: String(++turn) }), { 'idempotency-key': 'replayed' }),
  ],
  [
    'a query that never ends',
    [400, 431],
    () => stage.call('GET', `/v1/results?limit=${'9'.repeat(10_000)}`, { as: 'hostile' }),
  ],
  [
    'a file that is no JPEG',
    [422],
    () => post(new Uint8Array(200_000), { 'content-type': 'image/jpeg' }, '/v1/files'),
  ],
  [
    'a JPEG of 65,535 pixels a side in a few bytes',
    [422],
    () =>
      post(
        Uint8Array.from([0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0xff, 0xff, 0xff, 0xff, 1, 1, 0x11]),
        { 'content-type': 'image/jpeg' },
        '/v1/files',
      ),
  ],
  [
    'a form of nothing but boundaries',
    [400, 422],
    () => post('--b\r\n'.repeat(50_000), { 'content-type': 'multipart/form-data; boundary=b' }, '/v1/files'),
  ],
];

/** Attacks in turn until the time is over; the longest that each took, ms. */
async function storm(forMs: number): Promise<Map<string, number>> {
  const end = performance.now() + forMs;
  const longest = new Map<string, number>();
  let next = 0;
  const one = async () => {
    // Each at least once, however slow the machine is.
    while (performance.now() < end || next < ATTACKS.length) {
      const [name, statuses, attack] = ATTACKS[next++ % ATTACKS.length] ?? [];
      if (name === undefined || !statuses || !attack) return;
      const began = performance.now();
      // One that is refused before it has said everything loses its connection while it still speaks.
      const answer = await attack().catch(() => undefined);
      longest.set(name, Math.max(longest.get(name) ?? 0, performance.now() - began));
      if (answer)
        expect([name, statuses.includes(answer.status), answer.status]).toEqual([name, true, answer.status]);
    }
  };
  await Promise.all([one(), one()]);
  return longest;
}

/** Connections whose requests come a byte at a time; how long each was borne, ms. */
async function slowloris(count: number): Promise<number[]> {
  const { hostname, port } = new URL(stage.url);
  const head = `POST /v1/messages HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${stage.keys.get('hostile')}\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n`;
  const one = (place: number) =>
    new Promise<number>((resolve) => {
      const began = performance.now();
      const socket: Socket = connect(Number(port), hostname);
      const text = place % 2 === 0 ? head : `${head}{"text":"`;
      let sent = place % 2 === 0 ? 0 : head.length;
      if (sent > 0) socket.write(text.slice(0, sent));
      const timer = setInterval(() => socket.write(text[sent++ % text.length] ?? ' '), 100);
      socket.on('error', () => {}); // its close follows
      socket.on('data', () => {});
      socket.on('close', () => {
        clearInterval(timer);
        resolve(performance.now() - began);
      });
    });
  return Promise.all(Array.from({ length: count }, (_, place) => one(place)));
}

describe('a hostile client beside a good one', () => {
  it('is refused quickly and cut off, while the good one goes on at nearly its pace', async () => {
    await work(1_000); // compiles what runs often
    const calm = await work(CALM_MS);
    const slow = slowloris(100);
    const [busy, longest] = await Promise.all([work(STORM_MS), storm(STORM_MS)]);
    const borne = await slow;
    const figures = {
      calm: { n: calm.length, p50: at(calm, 0.5), p99: at(calm, 0.99) },
      storm: { n: busy.length, p50: at(busy, 0.5), p99: at(busy, 0.99) },
    };
    process.stdout.write(`hostile: ${JSON.stringify(figures)}\n`);
    // A single regular expression gone wrong, or a body parsed for seconds, would be far beyond these.
    expect(figures.storm.p50).toBeLessThan(10 * figures.calm.p50 + 50);
    expect(figures.storm.p99).toBeLessThan(1_500);
    for (const [name, ms] of longest) expect([name, ms < 3_000]).toEqual([name, true]);
    expect([...longest.keys()].sort()).toEqual(ATTACKS.map(([name]) => name).sort());
    expect(Math.max(...borne)).toBeLessThan(REQUEST_TIMEOUT_MS + 4_000);
  });

  it('leaves nothing of itself in the log, and no growing process behind', async () => {
    await pause(200);
    expect(stage.log).not.toMatch(new RegExp(`${NUMBER}|${SECRET}|pabal_\\d|replayed`));
    expect(stage.log).not.toMatch(/"api\.failed"/);
    const refused = stage.log.split('\n').filter((line) => /"status":4\d\d/.test(line));
    expect(refused.length).toBeGreaterThan(ATTACKS.length / 2);
    expect((await stage.call('GET', '/readyz')).status).toBe(200);
  });
});
