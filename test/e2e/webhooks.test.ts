import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyWebhook } from '@pabal/client/webhook';
import { Queue } from 'bullmq';
import { type Child, ordinaryMessages, Receiver, status, until, World } from '../support/index.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const PLANTED = 'planted-key-01055501234';

let world: World;
let receiver: Receiver;
let other: Receiver;
let api: Child;
let apiUrl: string;
const children: Child[] = [];

async function startApi(): Promise<void> {
  api = world.start('api');
  children.push(api);
  apiUrl = (JSON.parse(await api.line(/"api\.listening"/, 40_000)) as { url: string }).url;
}

async function post(path: string, body: unknown): Promise<{ status: number; json: unknown }> {
  const answer = await fetch(apiUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, json: await answer.json() };
}

beforeAll(async () => {
  receiver = await Receiver.start();
  other = await Receiver.start();
  world = await World.open({
    sections: [
      'webhooks:',
      `  shop: { url: "${receiver.url}?key=${PLANTED}", secret: "${SECRET}", allowPrivate: true, concurrency: 5 }`,
      `  outside: { url: "http://localhost:${receiver.port}/", secret: "${SECRET}" }`,
    ],
  });
  children.push(...(await Promise.all([world.startReady('sender'), world.startReady('receiver')])));
  await startApi();
});

afterAll(async () => {
  await world?.close();
  await Promise.all([receiver?.stop(), other?.stop()]);
});

const forId = (from: Receiver, id: string) =>
  from.deliveries.filter(({ headers }) => headers['webhook-id'] === `r-${id}`);
const came = (from: Receiver, ids: readonly string[]) =>
  until('every webhook', () => ids.every((id) => forId(from, id).length > 0), 60_000);

describe('the result of a message with a webhook', () => {
  it('arrives signed from both gateways, whether the message came over HTTP or by a raw BullMQ client, and in no queue', async () => {
    const webhook = { name: 'shop' };
    const messages = ordinaryMessages(20, 'w', (i) => ({
      webhook: i % 5 === 0 ? { ...webhook, url: `${other.url}/own` } : webhook,
      gateway: i % 2 === 0 ? 'hellovision' : 'smtnt',
      ref: `ref of ${i}`,
    }));
    const { status: accepted, json } = await post('/v1/messages', { messages: messages.slice(0, 10) });
    expect([accepted, json]).toMatchObject([202, { refused: [] }]);
    const queue = new Queue('send-default-sms', {
      connection: { url: world.redis.url },
      prefix: world.prefix,
    });
    for (const message of messages.slice(10)) {
      await queue.add('message', message, { jobId: `m-${message.id}`, priority: 10 });
    }
    await queue.close();
    const ids = messages.map(({ id }) => id ?? '');
    const [own, declared] = [ids.filter((_, i) => i % 5 === 0), ids.filter((_, i) => i % 5 !== 0)];
    await came(other, own);
    await came(receiver, declared);
    for (const [from, mine] of [
      [other, own],
      [receiver, declared],
    ] as const) {
      expect(from.ids.toSorted()).toEqual(mine.toSorted());
      for (const { headers, body } of from.deliveries) {
        const { id, result } = verifyWebhook({ headers, body, secret: SECRET });
        expect([id, result.status, result.ref]).toEqual([
          `r-${result.id}`,
          'delivered',
          `ref of ${ids.indexOf(result.id)}`,
        ]);
      }
    }
    expect(ids.filter((id) => world.results.ids.has(id))).toEqual([]);
  });

  it('arrives also where the message is refused by the door of the fleet, or cancelled', async () => {
    const queue = new Queue('send-default-sms', {
      connection: { url: world.redis.url },
      prefix: world.prefix,
    });
    const bad = {
      id: 'w-bad',
      channel: 'sms',
      to: '0105550x',
      from: '15881234',
      text: 'x',
      webhook: { name: 'shop' },
    };
    await queue.add('message', bad, { jobId: 'm-w-bad', priority: 10 });
    await queue.close();
    const later = {
      ...ordinaryMessages(1, 'w-later')[0],
      sendAt: new Date(Date.now() + 3_600_000).toISOString(),
    };
    await post('/v1/messages', { ...later, webhook: { name: 'shop' } });
    await fetch(`${apiUrl}/v1/messages/w-later-0`, { method: 'DELETE' });
    await came(receiver, ['w-bad', 'w-later-0']);
    const statuses = ['w-bad', 'w-later-0'].map(
      (id) => JSON.parse(forId(receiver, id)[0]?.body ?? '{}') as object,
    );
    expect(statuses).toMatchObject([
      { status: 'failed', reason: { code: 'invalid-message' } },
      { status: 'cancelled' },
    ]);
  });

  it('is announced by a sample, which tells whether the receiver takes it', async () => {
    const shop = await world.run('webhooks', '--test', 'shop', '--config', world.config);
    expect([shop.code, shop.output]).toEqual([0, expect.stringMatching(/^shop took it \(\d+ ms\)$/)]);
    const { headers, body } = receiver.deliveries.at(-1) ?? { headers: {}, body: '' };
    expect(verifyWebhook({ headers, body, secret: SECRET }).id).toMatch(/^r-webhook-test-[0-9a-f]{12}$/);
    const outside = await world.run('webhooks', '--test', 'outside', '--json', '--config', world.config);
    expect([outside.code, JSON.parse(outside.output)]).toMatchObject([
      1,
      { delivered: false, reason: 'address-refused' },
    ]);
    expect((await world.run('webhooks', '--test', 'nobody', '--config', world.config)).code).toBe(2);
  });

  it('is refused at the door of the API where nobody declares the webhook, or it stands beside replyTo', async () => {
    const [message] = ordinaryMessages(1, 'w-no');
    const undeclared = await post('/v1/messages', { ...message, webhook: { name: 'nobody' } });
    expect([undeclared.status, undeclared.json]).toMatchObject([
      422,
      { problems: [{ field: 'webhook.name', rule: 'undeclared-webhook', limit: 'shop, outside' }] },
    ]);
    const both = await post('/v1/messages', { ...message, webhook: { name: 'shop' }, replyTo: 'a' });
    expect(both).toMatchObject({ status: 422 });
  });
});

describe('a delivery', () => {
  it('that was under way when its process was killed comes again, and nothing is lost', async () => {
    receiver.answer = (response) => void setTimeout(() => response.writeHead(204).end(), 200);
    const messages = ordinaryMessages(60, 'k', () => ({ webhook: { name: 'shop' } }));
    const ids = messages.map(({ id }) => id ?? '');
    await world.enqueue(messages);
    await until(
      'some under way',
      () => ids.filter((id) => forId(receiver, id).length > 0).length >= 10,
      60_000,
    );
    api.signal('SIGKILL');
    await api.exited;
    receiver.answer = status(204);
    await startApi();
    await came(receiver, ids);
    await until(
      'an empty queue',
      async () => {
        const counts = await world.producer
          .queue('webhooks')
          .getJobCounts('wait', 'active', 'delayed', 'prioritized');
        return Object.values(counts).every((count) => count === 0);
      },
      40_000,
    );
    const repeated = ids.filter((id) => forId(receiver, id).length > 1);
    expect(repeated.length).toBeLessThanOrEqual(5); // what the limit of its host had under way
    expect(new Set(repeated.flatMap((id) => forId(receiver, id).map(({ body }) => body))).size).toBe(
      repeated.length,
    );
  });

  it('that is dead is told, listed and replayed', async () => {
    receiver.answer = status(410);
    const messages = ordinaryMessages(2, 'd', () => ({ webhook: { name: 'shop' }, ref: 'planted ref' }));
    await world.enqueue([
      ...messages,
      ...ordinaryMessages(1, 'd-out', () => ({ webhook: { name: 'outside' } })),
    ]);
    const dead = async () => {
      const { output } = await world.run('webhooks', '--dead', '--json', '--config', world.config);
      return output
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { id: string; reason: string });
    };
    await until('three dead', async () => (await dead()).length === 3, 60_000, 500);
    expect((await dead()).map(({ id, reason }) => `${id} ${reason}`).toSorted()).toEqual([
      'd-0 http-410',
      'd-1 http-410',
      'd-out-0 address-refused',
    ]);
    const events = await world.producer.queue('events').getJobs(['wait', 'prioritized']);
    expect(
      events
        .filter(({ name }) => name === 'webhook-dead')
        .map(({ data }) => (data as { id: string }).id)
        .toSorted(),
    ).toEqual(['d-0', 'd-1', 'd-out-0']);
    receiver.answer = status(204);
    const before = receiver.deliveries.length;
    expect(await post('/v1/webhooks/d-0/replay', {})).toMatchObject({ status: 202 });
    expect(await world.run('webhooks', '--replay', 'd-1', '--config', world.config)).toMatchObject({
      code: 0,
    });
    await until('both', () => receiver.deliveries.length === before + 2, 20_000);
    expect(await world.run('webhooks', '--replay', 'd-1', '--config', world.config)).toMatchObject({
      code: 1,
    });
    const listed = await fetch(`${apiUrl}/v1/webhooks?state=dead`);
    expect(await listed.json()).toMatchObject({ webhooks: [{ id: 'd-out-0' }], counts: { dead: 1 } });
    const metrics = await (await fetch(`${apiUrl}/metrics`)).text();
    expect(metrics).toContain('pabal_webhook_deliveries_total{webhook="shop",end="dead"} 2');
  });

  it('leaves no URL, secret or content in any log', async () => {
    const lines = children.flatMap((child) => child.lines).join('\n');
    expect(lines).toContain('webhook.dead');
    for (const word of [PLANTED, 'whsec_', 'ref of', 'planted ref', `:${receiver.port}`])
      expect(lines).not.toContain(word);
  });
});
