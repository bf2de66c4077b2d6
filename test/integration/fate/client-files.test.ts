import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileError, MessageRefused, PabalClient } from '@pabal/client';
import { fileKey } from '@pabal/files';
import { jpegBytes } from '@pabal/files/testing';
import type { MessageInput } from '@pabal/message';
import { DAY_MS, HOUR_MS, PREFIX, Stage } from './stage.js';

/** How other services store files and name them in messages, over a real Redis. */

let stage: Stage;
let client: PabalClient;
beforeAll(async () => {
  stage = await Stage.open();
  client = await PabalClient.connect({ redis: stage.redis.url, prefix: PREFIX });
});
afterAll(async () => {
  await client.close();
  await stage.close();
});

let made = 0;
const put = () => client.putFile(jpegBytes(640, 480, { comment: `image ${++made}` }));
const lifetime = (id: string) => stage.control.pttl(fileKey(PREFIX, id));
const NOBODY = 'A'.repeat(43);

const mms = (files: readonly string[], change: Partial<MessageInput> = {}): MessageInput => ({
  channel: 'mms',
  to: '01012345678',
  from: '15881234',
  text: '안내',
  files,
  ...change,
});

describe('a file that a service stores', () => {
  it('comes back as its id and sizes, and stays for a week where the fleet says nothing else', async () => {
    const { id, width, height, size } = await put();
    expect([width, height]).toEqual([640, 480]);
    expect(size).toBeGreaterThan(30);
    expect(Math.round((await lifetime(id)) / HOUR_MS)).toBe(7 * 24);
  });

  it('stays as long as the fleet’s configuration says', async () => {
    const catalogue = { v: 1, routes: {}, gateways: {}, replies: [], filesKeepMs: 2 * HOUR_MS };
    await stage.control.set(stage.store.keys.catalogue, JSON.stringify(catalogue));
    const other = await PabalClient.connect({ redis: stage.redis.url, prefix: PREFIX });
    const { id } = await other.putFile(jpegBytes(1, 1, { comment: 'short' }));
    await other.close();
    await stage.control.del(stage.store.keys.catalogue);
    expect(Math.round((await lifetime(id)) / HOUR_MS)).toBe(2);
  });

  it('is refused with its rule when it is no JPEG', async () => {
    const refusal = await client.putFile(new TextEncoder().encode('GIF89a')).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(FileError);
    expect(refusal).toMatchObject({ code: 'file-refused', rule: 'not-jpeg' });
  });
});

describe('a message that names files', () => {
  it('keeps them until three days after its last moment', async () => {
    const { id } = await put();
    const sendAt = new Date(Date.now() + 59 * DAY_MS).toISOString();
    await client.send(mms([id], { sendAt, ttlSeconds: 86_400 }));
    expect(Math.round((await lifetime(id)) / DAY_MS)).toBe(63);
    await client.send(mms([id]));
    expect(Math.round((await lifetime(id)) / DAY_MS)).toBe(63);
  });

  it('is refused by the place of each file that is not stored, and is then nowhere', async () => {
    const { id } = await put();
    const refusal = await client.send(mms([NOBODY, id], { id: 'm-1' })).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(MessageRefused);
    expect(refusal).toMatchObject({ problems: [{ field: 'files.0', rule: 'unknown-file' }] });
    expect(await client.status('m-1')).toBeUndefined();
  });

  it('can be checked without keeping anything longer', async () => {
    const { id } = await put();
    const before = await lifetime(id);
    const sendAt = new Date(Date.now() + 59 * DAY_MS).toISOString();
    expect(await client.check(mms([id], { sendAt }))).toMatchObject({ ok: true });
    expect(await lifetime(id)).toBeLessThanOrEqual(before);
    expect(await client.check(mms([NOBODY]))).toMatchObject({
      ok: false,
      problems: [{ field: 'files.0', rule: 'unknown-file' }],
    });
  });

  it('is told from the others where many are sent', async () => {
    const { id } = await put();
    const report = await client.sendMany([
      mms([id], { id: 'many-1' }),
      mms([NOBODY], { id: 'many-2' }),
      { ...mms([]), id: 'many-3', channel: 'lms', files: undefined },
      mms([id], { id: 'many-4', ttlSeconds: 10 * 86_400 }),
    ]);
    expect(report.accepted.map(({ id: accepted }) => accepted)).toEqual(['many-1', 'many-3', 'many-4']);
    expect(report.refused).toMatchObject([{ index: 1, problems: [{ field: 'files.0' }] }]);
    expect(Math.round((await lifetime(id)) / DAY_MS)).toBe(13);
  });
});
