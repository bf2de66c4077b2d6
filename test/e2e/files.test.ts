import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MessageRefused, PabalClient } from '@pabal/client';
import { fileKey } from '@pabal/files';
import type { MessageInput, ResultV1 } from '@pabal/message';
import type { LedgerEntry } from '@pabal/simulator';
import { drawLedger, type Picture, picture, until, World } from '../support/index.js';

/** Nobody stored a file of this id. */
const NOBODY = 'A'.repeat(43);
const SMTNT_PIXELS = '1024x768';
/** 300 KB (LGHV 2.2.5). */
const LGHV_BYTES = 307_200;

let world: World;
let client: PabalClient;
/** Every id that was enqueued, for the ledger at the end. */
const ids: string[] = [];

beforeAll(async () => {
  const delays = ['--ack-delay', '5-20', '--report-repeat', '1000'];
  world = await World.open({ lghv: ['--tps', 'sms=100,mms=50', ...delays], smtnt: delays });
  world.start('receiver');
  const sender = world.start('sender');
  for (const gateway of ['hellovision', 'smtnt']) {
    await sender.line(new RegExp(`^(?=.*"gateway":"${gateway}")(?=.*"to":"ready")`), 40_000);
  }
  client = await PabalClient.connect({ redis: world.redis.url, prefix: world.prefix });
}, 60_000);

afterAll(async () => {
  await client.close();
  await world.close();
});

let made = 0;

/** An MMS with these files; what it does not say is ordinary. */
function mms(id: string, files: readonly string[], shape: Partial<MessageInput> = {}): MessageInput {
  ids.push(id);
  const to = `0104433${1000 + made++}`;
  return { id, channel: 'mms', to, from: '15881234', text: `[${id}] 사진`, subject: '사진', files, ...shape };
}

async function submitsOf(id: string): Promise<LedgerEntry[]> {
  const query = `?textIncludes=${encodeURIComponent(`[${id}]`)}`;
  return [...(await world.lghv.ledger(query)), ...(await world.smtnt.ledger(query))];
}

async function resultOf(id: string): Promise<ResultV1 | undefined> {
  await world.settled([id], 20_000);
  return world.results.ids.get(id)?.[0];
}

async function expectArrived(id: string, gateway: string, pictures: readonly Picture[]): Promise<void> {
  expect(await resultOf(id)).toMatchObject({ status: 'delivered', gateway });
  expect((await submitsOf(id)).map(({ files }) => files)).toEqual([pictures.map(({ sha256 }) => sha256)]);
}

describe('files that a service stores', () => {
  it.each(['hellovision', 'smtnt'])('arrive over %s as they were, in their order', async (gateway) => {
    const pictures = [picture(`${gateway} 1`, 30_000), picture(`${gateway} 2`, 5_000)];
    const files: string[] = [];
    for (const { bytes } of pictures) files.push((await client.putFile(bytes)).id);
    const id = `stored-${gateway}`;
    await client.send(mms(id, files.toReversed(), { gateway }));
    await expectArrived(id, gateway, pictures.toReversed());
  });

  it('arrive from the command line', async () => {
    const image = picture('from a file', 12_345);
    const path = join(tmpdir(), `pabal-test-${process.pid}.jpg`);
    await writeFile(path, image.bytes);
    ids.push('by-hand');
    const words = [
      '--to',
      '01044331999',
      '--from',
      '15881234',
      '--text',
      '[by-hand] 사진',
      '--subject',
      '사진',
    ];
    const { code, output } = await world.run(
      ...['send', '--id', 'by-hand', '--image', path, '--gateway', 'smtnt', ...words],
      ...['--wait', '--timeout', '20s', '--config', world.config],
    );
    await rm(path);
    expect([code, output]).toEqual([0, expect.stringContaining('by-hand')]);
    await expectArrived('by-hand', 'smtnt', [image]);
  });
});

describe('P7: a file that is not stored', () => {
  it('is refused at once by the client, by its place', async () => {
    const { id } = await client.putFile(picture('there', 1_000).bytes);
    const message = { ...mms('unknown', [id, NOBODY]) };
    ids.pop();
    const refusal = await client.send(message).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(MessageRefused);
    expect(refusal).toMatchObject({ problems: [{ field: 'files.1', rule: 'unknown-file' }] });
    expect(await client.status('unknown')).toBeUndefined();
  });

  it('ends a raw job at once, by its place', async () => {
    const queue = world.producer.queue('send-default-mms');
    await queue.add('message', mms('raw', [NOBODY]), { jobId: 'raw-1', priority: 10, attempts: 3 });
    expect(await resultOf('raw')).toMatchObject({
      status: 'failed',
      reason: { code: 'file-error' },
      problems: [{ field: 'files.0', rule: 'unknown-file' }],
      attempts: [],
    });
    await until('failed', async () => (await queue.getFailedCount()) === 1);
    expect(await submitsOf('raw')).toEqual([]);
  });

  it('because its time was over between the queue and the wire, ends the message as failed', async () => {
    const { id } = await client.putFile(picture('short-lived', 1_000).bytes);
    await client.send(mms('expired', [id], { sendAt: new Date(Date.now() + 1_000).toISOString() }));
    await world.connection.pexpire(fileKey(world.prefix, id), 100);
    expect(await resultOf('expired')).toMatchObject({
      status: 'failed',
      reason: { code: 'file-error' },
      problems: [{ field: 'files.0', rule: 'unknown-file' }],
    });
    expect(await submitsOf('expired')).toEqual([]);
  });
});

describe('a file that not every gateway takes', () => {
  const WIDE = picture('wide', 50_000, [1200, 900]);
  const HEAVY = picture('heavy', 400_000);
  const BOTH = picture('both', 400_000, [1200, 900]);

  it.each([
    ['of too many pixels for SMTNT goes over LGHV', 'wide', WIDE, 'hellovision'],
    ['of too many bytes for LGHV goes over SMTNT', 'heavy', HEAVY, 'smtnt'],
  ] as const)('%s', async (_what, name, image, gateway) => {
    const { id } = await client.putFile(image.bytes);
    const some = [0, 1, 2].map((i) => `${name}-${i}`);
    for (const each of some) await client.send(mms(each, [id]));
    for (const each of some) await expectArrived(each, gateway, [image]);
  });

  const PIXELS = { field: 'files.0', rule: 'image-size', limit: SMTNT_PIXELS, actual: '1200x900' };
  const BYTES = { field: 'files.0', limit: LGHV_BYTES, actual: 400_000 };
  it.each([
    ['that no gateway takes', 'neither', BOTH, undefined, [BYTES, PIXELS]],
    ['for a gateway that does not take its pixels', 'pinned-wide', WIDE, 'smtnt', [PIXELS]],
    ['for a gateway that does not take its bytes', 'pinned-heavy', HEAVY, 'hellovision', [BYTES]],
  ] as const)(
    '%s is refused with every limit that it breaks',
    async (_what, name, image, gateway, problems) => {
      const { id } = await client.putFile(image.bytes);
      await client.send(mms(name, [id], gateway === undefined ? {} : { gateway }));
      const result = await resultOf(name);
      expect(result).toMatchObject({ status: 'failed', reason: { code: 'invalid-message' }, attempts: [] });
      expect(result?.problems).toHaveLength(problems.length);
      expect(result?.problems).toEqual(
        expect.arrayContaining(problems.map((each) => expect.objectContaining(each))),
      );
      expect(await submitsOf(name)).toEqual([]);
    },
  );
});

describe('a file of a campaign', () => {
  it('is read once by a worker, however many messages name it', async () => {
    const image = picture('campaign', 8_000);
    const { id } = await client.putFile(image.bytes);
    const key = fileKey(world.prefix, id);
    const reads: string[] = [];
    const monitor = await world.connection.monitor();
    monitor.on('monitor', (_time: string, [command = '', ...words]: string[]) => {
      if (/^(h?m?get|hgetall|hget)$/i.test(command) && words[0] === key) reads.push(command);
    });
    const messages = Array.from({ length: 40 }, (_, i) => mms(`campaign-${i}`, [id]));
    await client.sendMany(messages);
    await world.settled(
      messages.map((message) => message.id ?? ''),
      30_000,
    );
    monitor.disconnect();
    expect(reads).toEqual(['hmget']);
    for (const message of messages)
      expect((await submitsOf(message.id ?? ''))[0]?.files).toEqual([image.sha256]);
  }, 60_000);
});

describe('the end of it all', () => {
  it('the ledger: one result each, none accepted twice, no rule of a gateway broken', async () => {
    const ledger = await drawLedger(world, { ids });
    process.stdout.write(`ledger files: ${JSON.stringify(ledger.summary)}\n`);
    expect(ledger.breaches).toEqual([]);
  });
});
