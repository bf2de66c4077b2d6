import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { verifyWebhook } from '@pabal/client/webhook';
import { pause, until } from '../../support/child.js';
import { type Delivery, status } from '../../support/receiver.js';
import { makeCertificates } from '../../support/topologies.js';
import { hook, result, type Scene, SECRET, Theatre } from './stage.js';

let theatre: Theatre;
let scene: Scene;
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(() => theatre.close());
beforeEach(() => {
  scene = theatre.scene();
});
afterEach(() => scene.close());

const stands = (id: string, state: string) =>
  until(`${id} ${state}`, async () => (await scene.state(id)) === state, 15_000, 20);
const idsOf = (count: number, name: string) => Array.from({ length: count }, (_, i) => `${name}-${i}`);

describe('a delivery', () => {
  it('is the result as it is, signed, and gone from the queue once it is answered with 2xx', async () => {
    const receiver = await scene.receiver();
    scene.deliverer({ shop: hook(receiver.url, { previousSecret: `whsec_${'A'.repeat(32)}` }) });
    await scene.publish({ name: 'shop' }, ['order-1'], { ref: '주문 1', userData: '{"a":1}' });
    await stands('order-1', 'gone');
    expect(receiver.deliveries).toHaveLength(1);
    const { method, url, headers, body } = receiver.deliveries[0] as Delivery;
    expect({ method, url, body: JSON.parse(body) as unknown }).toEqual({
      method: 'POST',
      url: '/results',
      body: { ...result('order-1'), ref: '주문 1', userData: '{"a":1}' },
    });
    expect(headers).toMatchObject({ 'webhook-id': 'r-order-1', 'content-type': 'application/json' });
    for (const secret of [SECRET, `whsec_${'A'.repeat(32)}`])
      expect(verifyWebhook({ headers, body, secret })).toMatchObject({
        id: 'r-order-1',
        result: { ref: '주문 1' },
      });
  });

  it('goes to the URL of its message, where that names one', async () => {
    const [declared, own] = [await scene.receiver(), await scene.receiver()];
    scene.deliverer({ shop: hook(declared.url) });
    await scene.publish({ name: 'shop', url: `${own.url}?for=a` }, ['own-1']);
    await stands('own-1', 'gone');
    expect([declared.deliveries.length, own.deliveries[0]?.url]).toEqual([0, '/results?for=a']);
  });

  it('that fails comes again under the same id, until it arrives', async () => {
    const receiver = await scene.receiver(status(500));
    const deliverer = scene.deliverer({ shop: hook(receiver.url) });
    await scene.publish({ name: 'shop' }, ['again-1']);
    for (const failures of [1, 2, 3]) {
      await stands('again-1', 'delayed');
      expect(await scene.data('again-1')).toMatchObject({ failures, reason: 'http-500' });
      if (failures === 3) receiver.answer = status(200);
      await scene.due('again-1');
      await until('the next one', () => receiver.deliveries.length > failures);
    }
    await stands('again-1', 'gone');
    expect(new Set(receiver.deliveries.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set(['r-again-1']),
    );
    expect(new Set(receiver.deliveries.map(({ body }) => body)).size).toBe(1);
    expect(deliverer.counts.get('shop')).toEqual({ delivered: 1, failed: 3, dead: 0 });
  });

  it.each<[string, Parameters<typeof status>, string]>([
    ['a redirect, which is not followed', [302, { location: 'http://127.0.0.1:1/' }], 'http-302'],
    ['not found', [404], 'http-404'],
    ['too many, with a time', [429, { 'retry-after': '30' }], 'http-429'],
  ])('is tried again after %s', async (_name, answer, reason) => {
    const receiver = await scene.receiver(status(...answer));
    scene.deliverer({ shop: hook(receiver.url) });
    await scene.publish({ name: 'shop' }, ['retry-1']);
    await stands('retry-1', 'delayed');
    const data = await scene.data('retry-1');
    expect(data).toMatchObject({ failures: 1, reason });
    const inMs = (data.nextAt ?? 0) - Date.now();
    expect(inMs).toBeGreaterThan(reason === 'http-429' ? 20_000 : 0);
    expect(inMs).toBeLessThanOrEqual(reason === 'http-429' ? 30_000 : 5_000);
    expect(receiver.deliveries).toHaveLength(1);
  });

  it('is tried again when nobody listens, or what listens speaks no HTTP', async () => {
    const gone = await scene.receiver();
    const { url } = gone;
    await gone.stop();
    const babbler = createServer(
      (socket) => void socket.on('error', () => {}).end('SSH-2.0-OpenSSH_9.2\r\n'),
    );
    await new Promise<void>((resolve) => babbler.listen(0, '127.0.0.1', resolve));
    const { port } = babbler.address() as AddressInfo;
    scene.deliverer({
      gone: hook(url),
      babbler: hook(`http://127.0.0.1:${port}`),
      tls: hook(`https://127.0.0.1:${port}`),
    });
    for (const name of ['gone', 'babbler', 'tls']) await scene.publish({ name }, [name]);
    for (const name of ['gone', 'babbler', 'tls']) await stands(name, 'delayed');
    const reasons = ['gone', 'babbler', 'tls'].map(async (name) => (await scene.data(name)).reason);
    expect(await Promise.all(reasons)).toEqual(['connection-refused', 'bad-answer', 'tls-failed']);
    babbler.close();
  });

  it('counts as arrived by its status, whatever follows: a huge body, or one that never ends', async () => {
    const receiver = await scene.receiver((response, { url }) => {
      response.writeHead(200);
      response.on('error', () => {});
      if (url.endsWith('huge')) response.end('x'.repeat(50_000_000));
      else response.write('never ends');
    });
    scene.deliverer({ shop: hook(receiver.url) });
    const startedAt = Date.now();
    for (const kind of ['huge', 'endless'])
      await scene.publish({ name: 'shop', url: `${receiver.url}/${kind}` }, [kind]);
    for (const kind of ['huge', 'endless']) await stands(kind, 'gone');
    expect(Date.now() - startedAt).toBeLessThan(4_000);
  });

  it('ends at once with 410, and where its job is none of ours', async () => {
    const receiver = await scene.receiver(status(410));
    scene.deliverer({ shop: hook(receiver.url) });
    await scene.publish({ name: 'shop' }, ['gone-1']);
    await scene.producer.queue('webhooks').add('webhook', { planted: 'x' }, { jobId: 'r-raw-1' });
    await stands('gone-1', 'failed');
    await stands('raw-1', 'failed');
    expect((await scene.job('gone-1'))?.failedReason).toBe('undeliverable: http-410');
    expect((await scene.job('raw-1'))?.failedReason).toBe('undeliverable: invalid-job');
    const [event] = await scene.producer.queue('events').getJobs(['wait']);
    expect(event).toMatchObject({
      name: 'webhook-dead',
      data: { v: 1, id: 'gone-1', webhook: 'shop', reason: 'http-410', failures: 1 },
    });
  });

  it('to a webhook that this process does not know waits for one that does', async () => {
    const receiver = await scene.receiver();
    const old = scene.deliverer({});
    await scene.publish({ name: 'shop' }, ['new-1']);
    await stands('new-1', 'delayed');
    await old.stop(0);
    scene.deliverer({ shop: hook(receiver.url) });
    await scene.due('new-1');
    await stands('new-1', 'gone');
  });
});

describe('an address that is not allowed', () => {
  const names: Readonly<Record<string, readonly string[]>> = {
    'inside.test': ['127.0.0.1'],
    'mixed.test': ['203.0.114.1', '127.0.0.1'],
    'metadata.test': ['127.0.0.1', '169.254.169.254'],
  };
  const resolve =
    (asked: string[] = []) =>
    async (name: string) => {
      asked.push(name);
      return (names[name] ?? []).map((address) => ({ address, family: 4 }));
    };

  it('is spoken to by no way: as itself, in another form, or behind a name that leads elsewhere as well', async () => {
    const receiver = await scene.receiver();
    const port = `:${receiver.port}`;
    const hosts = [
      ...['127.0.0.1', 'localhost', '127.1', '0x7f000001', '2130706433', '0', '[::1]', '[::ffff:127.0.0.1]'],
      ...['[64:ff9b::7f00:1]', 'inside.test', 'mixed.test'],
    ];
    const dns = resolve();
    const lookup = async (name: string) =>
      name === 'localhost' ? [{ address: '127.0.0.1', family: 4 }] : dns(name);
    scene.deliverer({ shop: hook(receiver.url, { allowPrivate: false }) }, { resolve: lookup });
    for (const [i, host] of hosts.entries()) {
      await scene.publish({ name: 'shop', url: `http://${host}${port}/` }, [`host-${i}`]);
    }
    for (const i of hosts.keys()) await stands(`host-${i}`, 'failed');
    const reasons = await Promise.all(
      [...hosts.keys()].map(async (i) => (await scene.job(`host-${i}`))?.failedReason),
    );
    expect(new Set(reasons)).toEqual(new Set(['undeliverable: address-refused']));
    expect(receiver.deliveries).toEqual([]);
  });

  it('is not even spoken to where private ones are, if it is that of a metadata service', async () => {
    const receiver = await scene.receiver();
    scene.deliverer({ shop: hook(`http://metadata.test:${receiver.port}/`) }, { resolve: resolve() });
    await scene.publish({ name: 'shop' }, ['metadata-1']);
    await stands('metadata-1', 'failed');
    expect(receiver.deliveries).toEqual([]);
  });

  it('is not reached by a name that says another thing once it was judged', async () => {
    const receiver = await scene.receiver();
    const asked: string[] = [];
    // The name exists nowhere but in this look-up: a second one, anywhere below, would find nothing.
    scene.deliverer({ shop: hook(`http://inside.test:${receiver.port}/`) }, { resolve: resolve(asked) });
    await scene.publish({ name: 'shop' }, ['pinned-1']);
    await stands('pinned-1', 'gone');
    expect(asked).toEqual(['inside.test']);
    expect(receiver.deliveries[0]?.headers.host).toBe(`inside.test:${receiver.port}`);
  });
});

describe('a receiver that speaks TLS', () => {
  it('is believed only by its name and an authority that is trusted', async () => {
    const certificates = await makeCertificates();
    const { ca, cert, key } = certificates;
    const receiver = await scene.receiver(undefined, { cert, key });
    const at = (name: string) => `https://${name}:${receiver.port}/results`;
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    scene.deliverer(
      {
        trusted: hook(at('redis.test'), { ca }),
        unknown: hook(at('redis.test')),
        misnamed: hook(at('other.test'), { ca }),
      },
      { resolve },
    );
    for (const name of ['trusted', 'unknown', 'misnamed']) await scene.publish({ name }, [name]);
    await stands('trusted', 'gone');
    for (const name of ['unknown', 'misnamed']) {
      await stands(name, 'delayed');
      expect((await scene.data(name)).reason).toBe('tls-failed');
    }
    expect(receiver.ids).toEqual(['trusted']);
    await certificates.remove();
  });
});

describe('a receiver that hangs', () => {
  it('holds up nobody else, and is left alone before long', async () => {
    const [hanging, good] = [await scene.receiver(() => {}), await scene.receiver()];
    scene.deliverer(
      { bad: hook(hanging.url, { timeout: 500, concurrency: 5 }), good: hook(good.url) },
      { concurrency: 100 },
    );
    await scene.publish({ name: 'bad' }, idsOf(500, 'bad'));
    await until('it hangs', () => hanging.deliveries.length >= 5);
    const startedAt = Date.now();
    await scene.publish({ name: 'good' }, idsOf(100, 'good'));
    await until('the others', () => good.deliveries.length === 100, 20_000, 10);
    // One after the other behind those that hang it would take 50 s.
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    await until('its rest', () => scene.lines.some((line) => line.includes('webhook.hostRests')));
    expect(hanging.deliveries.length).toBeLessThanOrEqual(20);
    expect((await scene.desk.counts()).dead).toBe(0);
  });

  it('answers again: what waited comes', async () => {
    const receiver = await scene.receiver((response) => void response.destroy());
    scene.deliverer({ shop: hook(receiver.url, { concurrency: 5 }) });
    const ids = idsOf(30, 'back');
    await scene.publish({ name: 'shop' }, ids);
    await until('its rest', () => scene.lines.some((line) => line.includes('webhook.hostRests')));
    receiver.answer = status(204);
    const seen = receiver.deliveries.length;
    await until('all of them', () => new Set(receiver.ids.slice(seen)).size === ids.length, 30_000);
    expect(await scene.desk.counts()).toEqual({ waiting: 0, retrying: 0, dead: 0 });
  });
});

describe('a deliverer that stops', () => {
  it('lets what is under way finish, hands back the rest, and nothing is lost', async () => {
    const receiver = await scene.receiver(
      (response) => void setTimeout(() => response.writeHead(200).end(), 300),
    );
    const webhooks = { shop: hook(receiver.url, { concurrency: 5 }) };
    const first = scene.deliverer(webhooks);
    const ids = idsOf(40, 'stop');
    await scene.publish({ name: 'shop' }, ids);
    await until('under way', () => first.underWay === 5);
    await first.stop(5_000);
    expect(first.underWay).toBe(0);
    const before = receiver.deliveries.length;
    scene.deliverer(webhooks);
    await until('all of them', () => new Set(receiver.ids).size === ids.length);
    expect(receiver.deliveries).toHaveLength(ids.length);
    expect(before).toBeLessThan(ids.length);
  });

  it('breaks off what takes longer than the limit, and another one delivers it', async () => {
    const receiver = await scene.receiver(() => {});
    const webhooks = { shop: hook(receiver.url, { timeout: 60_000 }) };
    const first = scene.deliverer(webhooks);
    await scene.publish({ name: 'shop' }, ['long-1']);
    await until('it hangs', () => receiver.deliveries.length === 1);
    await first.stop(100);
    receiver.answer = status(204);
    scene.deliverer(webhooks);
    await stands('long-1', 'gone');
    expect(receiver.ids).toEqual(['long-1', 'long-1']);
  });
});

describe('a dead webhook', () => {
  it('is listed without content, and arrives once it is replayed', async () => {
    const receiver = await scene.receiver(status(410));
    scene.deliverer({ shop: hook(`${receiver.url}?key=planted-key`) });
    await scene.publish({ name: 'shop' }, ['dead-1', 'dead-2'], { ref: 'planted ref' });
    await stands('dead-1', 'failed');
    await stands('dead-2', 'failed');
    const listed = [];
    for await (const view of scene.desk.list(new Set(['dead']))) listed.push(view);
    expect(
      listed.map(({ id, webhook, state, failures, reason }) => ({ id, webhook, state, failures, reason })),
    ).toEqual(
      expect.arrayContaining([
        { id: 'dead-1', webhook: 'shop', state: 'dead', failures: 1, reason: 'http-410' },
      ]),
    );
    expect(await scene.desk.counts()).toEqual({ waiting: 0, retrying: 0, dead: 2 });
    expect(await scene.desk.replay('dead-1', 'other')).toBe('notFound');
    receiver.answer = status(204);
    expect(await scene.desk.replay('dead-1')).toBe('replayed');
    await stands('dead-1', 'gone');
    expect(await scene.desk.replay('dead-1')).toBe('notFound');
    expect(await scene.state('dead-2')).toBe('failed');
    expect(JSON.stringify([listed, scene.lines])).not.toContain('planted');
    expect(scene.lines.join()).not.toContain('127.0.0.1');
    expect(scene.lines.join()).not.toContain('whsec_');
  });

  it('is in no way of another result under the same id, and both arrive in the end', async () => {
    const receiver = await scene.receiver(status(410));
    scene.deliverer({ shop: hook(receiver.url) });
    await scene.publish({ name: 'shop' }, ['twice-1'], { ref: 'first' });
    await until('aside', async () => (await scene.producer.failedIds('webhooks', 'r-twice-1')).length === 1);
    receiver.answer = status(204);
    // As it is a week later, when nothing folds any more.
    await scene.producer.queue('webhooks').removeDeduplicationKey('r-twice-1');
    await scene.publish({ name: 'shop' }, ['twice-1'], { ref: 'second' });
    await until('the second', () => receiver.deliveries.length === 2);
    expect(await scene.desk.replay('twice-1')).toBe('replayed');
    await until('the first', () => receiver.deliveries.length === 3);
    const refs = receiver.deliveries.map(({ body }) => (JSON.parse(body) as { ref: string }).ref);
    expect(refs).toEqual(['first', 'second', 'first']);
    expect(new Set(receiver.deliveries.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set(['r-twice-1']),
    );
  });

  it('that is only waiting for its next try is tried now', async () => {
    const receiver = await scene.receiver(status(503));
    scene.deliverer({ shop: hook(receiver.url) });
    await scene.publish({ name: 'shop' }, ['early-1']);
    await stands('early-1', 'delayed');
    receiver.answer = status(204);
    expect(await scene.desk.replay('early-1')).toBe('replayed');
    await stands('early-1', 'gone');
  });
});

describe('Redis', () => {
  it('that is away for a while loses no delivery', async () => {
    const receiver = await scene.receiver(
      (response) => void setTimeout(() => response.writeHead(200).end(), 20),
    );
    scene.deliverer({ shop: hook(receiver.url) });
    const ids = idsOf(200, 'redis');
    await scene.publish({ name: 'shop' }, ids);
    await until('some', () => receiver.deliveries.length > 20);
    await theatre.redis.kill();
    await pause(500);
    await theatre.redis.start();
    await until('all of them', () => new Set(receiver.ids).size === ids.length, 60_000);
    await until('an empty queue', async () => (await scene.desk.counts()).waiting === 0, 60_000);
  });
});
