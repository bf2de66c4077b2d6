import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hashApiKey, makeApiKey } from '@pabal/api';
import type { ResultV1 } from '@pabal/message';
import { ordinaryMessages, picture, until, World } from '../support/index.js';

/** Messages that go in over HTTP, over both gateways, and whose results are taken over HTTP: nothing else is used. */

let world: World;
let url: string;
const key = makeApiKey();
const results = new Map<string, ResultV1[]>();

async function ask(method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }> {
  const answer = await fetch(url + path, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body instanceof Uint8Array
        ? { 'content-type': 'image/jpeg' }
        : body === undefined
          ? {}
          : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: body instanceof Uint8Array ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, json: text.startsWith('{') ? (JSON.parse(text) as unknown) : text };
}

/** One look at the results that wait, each acknowledged once it is kept. */
async function takeResults(): Promise<void> {
  const { json } = await ask('GET', '/v1/results?limit=1000&waitSeconds=2');
  const found = (json as { results: ResultV1[] }).results;
  if (found.length === 0) return;
  for (const result of found) results.set(result.id, [...(results.get(result.id) ?? []), result]);
  const ids = found.map(({ id }) => id);
  const acknowledged = await ask('POST', '/v1/results/acknowledge', { ids });
  expect(acknowledged).toEqual({ status: 200, json: { acknowledged: ids, held: [], notFound: [] } });
}

async function resultsOf(ids: readonly string[]): Promise<readonly ResultV1[]> {
  await until(
    'every result',
    async () => {
      await takeResults();
      return ids.every((id) => results.has(id));
    },
    90_000,
  );
  return ids.flatMap((id) => results.get(id) ?? []);
}

beforeAll(async () => {
  world = await World.open({
    replies: ['shop'],
    apiKeys: [
      `{ name: shop, hash: "${hashApiKey(key)}", scopes: [send, read, results, metrics], replyTo: shop }`,
    ],
  });
  [url] = await Promise.all([world.startApi(), world.startReady('sender'), world.startReady('receiver')]);
});

afterAll(() => world?.close());

describe('a message over HTTP', () => {
  it('is delivered by each gateway, and its result comes over HTTP once', async () => {
    for (const gateway of ['hellovision', 'smtnt']) {
      const [message] = ordinaryMessages(1, `http-${gateway}`, () => ({ gateway, ref: 'ours' }));
      expect((await ask('POST', '/v1/messages', message)).status).toBe(202);
      const [result] = await resultsOf([message?.id ?? '']);
      expect(result).toMatchObject({ status: 'delivered', gateway, ref: 'ours' });
    }
  });

  it('names an image that was stored over HTTP', async () => {
    const stored = await ask('POST', '/v1/files', picture('over http', 20_000).bytes);
    expect(stored).toMatchObject({ status: 201, json: { bytes: 20_000, width: 640, height: 480 } });
    const { id } = stored.json as { id: string };
    const mms = {
      id: 'http-mms',
      channel: 'mms',
      to: '01022223333',
      from: '15881234',
      text: '[http-mms] 사진',
      files: [id],
    };
    expect((await ask('POST', '/v1/messages', mms)).status).toBe(202);
    expect(await resultsOf(['http-mms'])).toMatchObject([{ status: 'delivered', channel: 'mms' }]);
  });

  it('is followed to its result, and cannot be cancelled after it', async () => {
    const [message] = ordinaryMessages(1, 'http-follow');
    const id = message?.id ?? '';
    await ask('POST', '/v1/messages', message);
    await resultsOf([id]);
    const { json } = await ask('GET', `/v1/messages/${id}`);
    expect(json).toMatchObject({ state: 'settled', result: { status: 'delivered' } });
    expect(await ask('DELETE', `/v1/messages/${id}`)).toMatchObject({
      status: 409,
      json: { code: 'already-settled' },
    });
  });

  it('that is for later is cancelled, never sent, and has its result', async () => {
    const sendAt = new Date(Date.now() + 3_600_000).toISOString();
    const [message] = ordinaryMessages(1, 'http-later', () => ({ sendAt }));
    const id = message?.id ?? '';
    await ask('POST', '/v1/messages', message);
    expect((await ask('GET', `/v1/messages/${id}`)).json).toMatchObject({ state: 'scheduled' });
    expect((await ask('DELETE', `/v1/messages/${id}`)).status).toBe(200);
    expect(await resultsOf([id])).toMatchObject([{ status: 'cancelled', attempts: [] }]);
  });
});

describe('six hundred messages of one request', () => {
  it('come to one result each, however the list is repeated', async () => {
    const messages = ordinaryMessages(600, 'http-bulk');
    const ids = messages.map(({ id }) => id ?? '');
    for (let i = 0; i < 2; i++) {
      const { status, json } = await ask('POST', '/v1/messages', { messages });
      expect([status, (json as { accepted: unknown[] }).accepted.length]).toEqual([202, 600]);
    }
    await resultsOf(ids);
    const gateways = new Set([...results.values()].flat().map(({ gateway }) => gateway));
    expect([...gateways].sort()).toEqual([undefined, 'hellovision', 'smtnt'].sort());
  });
});

describe('afterwards', () => {
  it('the gateways stand open with ready sessions, also in the metrics', async () => {
    const { json } = await ask('GET', '/v1/gateways');
    const { gateways } = json as { gateways: { state: string; agents: { owned: boolean }[] }[] };
    expect(gateways.map(({ state }) => state)).toEqual(['open', 'open']);
    expect(gateways.flatMap(({ agents }) => agents).every(({ owned }) => owned)).toBe(true);
    const metrics = String((await ask('GET', '/metrics')).json);
    expect(metrics).toMatch(
      /^pabal_results_total\{process="[^"]+",status="delivered",gateway="smtnt"\} \d+$/m,
    );
    expect(metrics).toMatch(/^pabal_session_state\{gateway="hellovision",.*state="ready"\} 1$/m);
    expect(metrics).toMatch(/^pabal_rate_granted\{gateway="smtnt",.*\} \d+$/m);
    expect(metrics).toMatch(/^pabal_api_messages_accepted_total\{client="shop"\} 1205$/m);
    expect(metrics).toMatch(/^pabal_redis_up 1$/m);
  });

  it('no result is left, none came twice, and no gateway saw a message twice', async () => {
    await takeResults();
    expect((await ask('GET', '/v1/results')).json).toEqual({ results: [], unreadable: 0 });
    expect([...results].filter(([, each]) => each.length > 1)).toEqual([]);
    expect(results.size).toBe(605);
    expect(world.results.all).toEqual([]);
    const submits = [...(await world.lghv.ledger()), ...(await world.smtnt.ledger())];
    expect(submits.length).toBe(604);
  });
});
