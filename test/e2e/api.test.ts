import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ApiAnswer, type ApiCall, ApiStage, pause, until } from '../support/index.js';

/** What the API keeps to through repeats, crashes and stops, on a real Redis without a fleet. */

let stage: ApiStage;

const sms = { channel: 'sms', to: '01012345678', from: '0212345678', text: '[api] 안녕하세요' };
const send = (call: ApiCall) => stage.call('POST', '/v1/messages', { as: 'shop', json: sms, ...call });
const queue = 'pabal:send-default-sms';

beforeAll(async () => {
  stage = await ApiStage.open({
    keys: { shop: '', other: '', slow: 'perSecond: 5', own: 'replyTo: shop' },
    lines: ['  requestTimeout: 2s'],
  });
});

afterAll(() => stage?.close());

function idOf({ json }: ApiAnswer): string {
  return String(json?.id);
}

/** How many jobs wait, single ones. */
function waiting(): Promise<number> {
  return stage.connection.zcard(`${queue}:prioritized`);
}

describe('an accepted message', () => {
  it('stands in its queue as the queue wants it, and is found where Location says', async () => {
    const answer = await send({ json: { ...sms, id: 'stands', to: '+821012345678' } });
    expect([answer.status, answer.json]).toEqual([202, { id: 'stands' }]);
    const data = JSON.parse(String(await stage.connection.hget(`${queue}:m-stands`, 'data'))) as object;
    expect(data).toEqual({ v: 1, ...sms, id: 'stands', priority: 'normal' });
    const found = await stage.call('GET', answer.headers.get('location') ?? '', { as: 'shop' });
    expect(found.json).toMatchObject({ id: 'stands', state: 'queued', queue: 'send-default-sms' });
  });

  it('is one message however often it is sent, and another one under its id is refused', async () => {
    const before = await waiting();
    for (let i = 0; i < 3; i++) expect((await send({ json: { ...sms, id: 'once' } })).status).toBe(202);
    expect(await waiting()).toBe(before + 1);
    const other = await send({ json: { ...sms, id: 'once', text: 'another' } });
    expect([other.status, other.json?.problems]).toMatchObject([409, [{ field: 'id', rule: 'id-conflict' }]]);
  });

  it('goes with others of the same moment: each gets its own answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, place) =>
        send({ json: place % 4 === 0 ? { ...sms, to: 'x' } : { ...sms, id: `together-${place}` } }),
      ),
    );
    for (const [place, answer] of answers.entries()) {
      if (place % 4 === 0) expect(answer.status).toBe(422);
      else expect([answer.status, idOf(answer)]).toEqual([202, `together-${place}`]);
    }
  });
});

describe('many messages', () => {
  it('are stored in batches, and the bad ones are told by their place', async () => {
    const messages = Array.from({ length: 1_000 }, (_, place) =>
      place % 100 === 7 ? { ...sms, text: 'x'.repeat(91) } : { ...sms, id: `many-${place}` },
    );
    const answer = await send({ json: { messages } });
    const { accepted, refused } = answer.json as {
      accepted: { index: number; id: string }[];
      refused: { index: number; problems: { field: string; limit: number; actual: number }[] }[];
    };
    expect([answer.status, accepted.length, refused.length]).toEqual([202, 990, 10]);
    expect(accepted[7]).toEqual({ index: 8, id: 'many-8' });
    expect(refused[1]).toMatchObject({ index: 107, problems: [{ field: 'text', limit: 90, actual: 91 }] });
    expect(await stage.connection.hlen('pabal:batched')).toBe(990);
    const found = await stage.call('GET', '/v1/messages/many-8', { as: 'shop' });
    expect(found.json).toMatchObject({ state: 'queued' });
    const cancelled = await stage.call('DELETE', '/v1/messages/many-8', { as: 'shop' });
    expect(cancelled.json).toEqual({ id: 'many-8', status: 'cancelled' });
  });

  it('over a thousand are refused whole, with the limit', async () => {
    const answer = await send({ json: { messages: Array.from({ length: 1_001 }, () => sms) } });
    expect([answer.status, answer.json?.problems]).toMatchObject([
      422,
      [{ field: 'messages', rule: 'too-long', limit: 1_000, actual: 1_001 }],
    ]);
  });
});

describe('a request under an Idempotency-Key', () => {
  const headers = { 'idempotency-key': 'order-4711' };

  it('repeated is answered as the first time, and sends nothing', async () => {
    const before = await waiting();
    const first = await send({ headers });
    const again = await send({ headers });
    expect([again.status, again.json]).toEqual([202, first.json]);
    expect([first, again].map((answer) => answer.headers.get('idempotency-replayed'))).toEqual([
      null,
      'true',
    ]);
    expect(again.headers.get('location')).toBe(`/v1/messages/${idOf(first)}`);
    expect(await waiting()).toBe(before + 1);
  });

  it('is another one for another key of the API, and refused with another body', async () => {
    const others = await send({ headers, as: 'other' });
    expect(others.headers.get('idempotency-replayed')).toBeNull();
    const reused = await send({ headers, json: { ...sms, text: 'another' } });
    expect([reused.status, reused.json?.code]).toEqual([422, 'idempotency-key-reused']);
  });

  it('of which many come at once is carried out once', async () => {
    const before = await waiting();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => send({ headers: { 'idempotency-key': 'at-once' } })),
    );
    for (const answer of answers) {
      if (answer.status !== 202)
        expect([answer.status, answer.json?.code]).toEqual([409, 'idempotency-under-way']);
    }
    expect(new Set(answers.filter(({ status }) => status === 202).map(idOf)).size).toBe(1);
    expect(await waiting()).toBe(before + 1);
  });

  it('that was refused may be mended and sent under the same key', async () => {
    const own = { 'idempotency-key': 'mended' };
    expect((await send({ headers: own, json: { ...sms, to: 'x' } })).status).toBe(422);
    expect((await send({ headers: own })).status).toBe(202);
  });

  it('whose process was killed before it noted the answer folds into itself, singly and in bulk', async () => {
    const bodies = [
      sms,
      { messages: Array.from({ length: 600 }, (_, place) => ({ ...sms, ref: `${place}` })) },
    ];
    for (const [place, json] of bodies.entries()) {
      const own = { 'idempotency-key': `killed-${place}` };
      const known = new Set(await stage.connection.keys('pabal:idempotency:*'));
      const first = await send({ headers: own, json });
      const [key = ''] = (await stage.connection.keys('pabal:idempotency:*')).filter(
        (each) => !known.has(each),
      );
      // What a kill between the enqueueing and the note leaves behind, and then its time is over.
      await stage.connection.hdel(key, 'a');
      expect((await send({ headers: own, json })).status).toBe(409);
      await stage.connection.del(key);
      const jobs = [await waiting(), await stage.connection.hlen('pabal:batched')];
      const again = await send({ headers: own, json });
      expect([again.status, again.json]).toEqual([202, first.json]);
      expect(again.headers.get('idempotency-replayed')).toBeNull();
      expect([await waiting(), await stage.connection.hlen('pabal:batched')]).toEqual(jobs);
    }
  });
});

describe('a key with so many messages a second', () => {
  it('is held to it over two processes, and says when to come again', async () => {
    const first = stage.url;
    await stage.start();
    const ask = (url: string) =>
      fetch(`${url}/v1/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${stage.keys.get('slow')}`, 'content-type': 'application/json' },
        body: JSON.stringify(sms),
      });
    const began = performance.now();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, place) => ask(place % 2 === 0 ? first : stage.url)),
    );
    const seconds = (performance.now() - began) / 1_000;
    const accepted = answers.filter(({ status }) => status === 202).length;
    expect(accepted).toBeGreaterThanOrEqual(5);
    expect(accepted).toBeLessThanOrEqual(5 + Math.ceil(5 * seconds));
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBe(1);
  });

  it('may send a list that is longer than its second, and pays for it', async () => {
    await pause(2_100);
    const list = { messages: Array.from({ length: 20 }, () => sms) };
    expect((await send({ as: 'slow', json: list })).status).toBe(202);
    const next = await send({ as: 'slow' });
    expect(next.status).toBe(429);
    expect(Number(next.headers.get('retry-after'))).toBeGreaterThanOrEqual(3);
  });
});

describe('a key with a reply queue', () => {
  it('sends and reads there and nowhere else', async () => {
    const sent = await send({ as: 'own', json: { ...sms, id: 'own-1' } });
    expect(sent.status).toBe(202);
    const data = JSON.parse(String(await stage.connection.hget(`${queue}:m-own-1`, 'data'))) as object;
    expect(data).toMatchObject({ replyTo: 'shop' });
    const elsewhere = await stage.call('GET', '/v1/results?queue=results', { as: 'own' });
    expect([elsewhere.status, elsewhere.json?.code]).toEqual([403, 'queue-refused']);
    expect((await stage.call('GET', '/v1/results', { as: 'own' })).json).toEqual({
      results: [],
      unreadable: 0,
    });
  });
});

describe('SIGTERM', () => {
  it('lets the request under way finish, takes no more, and exits 0', async () => {
    const url = stage.url;
    const child = stage.process;
    const slow = stage.call('GET', '/v1/results?waitSeconds=20', { as: 'shop' });
    await pause(300);
    const began = performance.now();
    child.signal('SIGTERM');
    expect((await slow).status).toBe(200);
    expect(await child.exited).toBe(0);
    expect(performance.now() - began).toBeLessThan(4_000);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    expect(child.lines.join('\n')).toContain('"process.stopped"');
  });

  it('does not wait for who never comes to an end of its request', async () => {
    const child = await stage.start();
    const { hostname, port } = new URL(stage.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    socket.write(
      `POST /v1/messages HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${stage.keys.get('shop')}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`,
    );
    await pause(200);
    const began = performance.now();
    child.signal('SIGTERM');
    expect(await child.exited).toBe(0);
    expect(performance.now() - began).toBeLessThan(9_500);
    socket.destroy();
    await stage.start();
    await until('it answers', async () => (await stage.call('GET', '/readyz')).status === 200);
  });

  it('ends it also when nobody reads its log any more', async () => {
    const child = await stage.start();
    child.stopReading();
    expect((await stage.call('GET', '/readyz')).status).toBe(200);
    expect(await child.stop('SIGTERM', 9_500)).toBe(0);
    await stage.start();
    await until('it answers', async () => (await stage.call('GET', '/readyz')).status === 200);
  });
});

describe('the log', () => {
  it('names requests by route, key and id, and holds no number, text or key', () => {
    const requests = stage.log.split('\n').filter((line) => line.includes('"api.request"'));
    expect(requests.length).toBeGreaterThan(50);
    for (const key of stage.keys.values()) expect(stage.log).not.toContain(key);
    expect(stage.log).not.toMatch(/안녕|01012345678|0212345678|order-4711|together-1/);
  });
});
