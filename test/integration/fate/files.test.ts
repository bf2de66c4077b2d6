import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileStore, fileKey, MAX_FILE_BYTES } from '@pabal/files';
import { jpegBytes } from '@pabal/files/testing';
import { DAY_MS, HOUR_MS, PREFIX, Stage, until } from './stage.js';

let stage: Stage;
let files: FileStore;
beforeAll(async () => {
  stage = await Stage.open();
  files = new FileStore({ redis: stage.control, prefix: PREFIX, keepMs: HOUR_MS });
});
afterAll(() => stage.close());

const lifetime = (id: string) => stage.control.pttl(fileKey(PREFIX, id));
let made = 0;
const image = (bytes = 0) => jpegBytes(640, 480, { bytes, comment: `image ${++made}` });

describe('the file store', () => {
  it('gives back the bytes with their size in pixels, under the hash of their content', async () => {
    const bytes = image(MAX_FILE_BYTES);
    const { id, ...sizes } = await files.put(bytes);
    expect(sizes).toEqual({ size: MAX_FILE_BYTES, width: 640, height: 480 });
    const read = await files.get(id);
    expect(read).toMatchObject({ id, width: 640, height: 480 });
    expect(Buffer.compare(read?.bytes ?? new Uint8Array(), bytes)).toBe(0);
  });

  it('keeps the same bytes once, and a repeat renews their time', async () => {
    const bytes = image();
    const { id } = await files.put(bytes);
    await stage.control.pexpire(fileKey(PREFIX, id), 1_000);
    expect((await files.put(bytes)).id).toBe(id);
    expect(await lifetime(id)).toBeGreaterThan(HOUR_MS - 10_000);
  });

  it('never shortens the time of a file', async () => {
    const bytes = image();
    const { id } = await files.put(bytes);
    await files.keep([id], 63 * DAY_MS);
    await files.keep([id], HOUR_MS);
    await files.put(bytes);
    expect(await lifetime(id)).toBeGreaterThan(63 * DAY_MS - 10_000);
    expect(await lifetime(id)).toBeLessThanOrEqual(63 * DAY_MS);
  });

  it('says in one answer which files are there, each kept for its own time', async () => {
    const [a, b] = await Promise.all([files.put(image()), files.put(image())]);
    const nobody = 'A'.repeat(43);
    const there = await files.keepEach(
      new Map([
        [a.id, 2 * DAY_MS],
        [nobody, DAY_MS],
        ['no id: at all', DAY_MS],
        [b.id, 3 * DAY_MS],
      ]),
    );
    expect([...there].sort()).toEqual([a.id, b.id].sort());
    expect(Math.round((await lifetime(a.id)) / DAY_MS)).toBe(2);
    expect(Math.round((await lifetime(b.id)) / DAY_MS)).toBe(3);
    expect(await stage.control.exists(fileKey(PREFIX, nobody))).toBe(0);
    expect(await files.has([a.id, nobody])).toEqual(new Set([a.id]));
    expect(Math.round((await lifetime(a.id)) / DAY_MS)).toBe(2);
  });

  it('leaves a file alone that somebody has made to stay for ever', async () => {
    const bytes = image();
    const { id } = await files.put(bytes);
    await stage.control.persist(fileKey(PREFIX, id));
    await files.put(bytes);
    expect(await files.has([id])).toEqual(new Set([id]));
    await files.keep([id], HOUR_MS);
    expect(await lifetime(id)).toBe(-1);
  });

  it('forgets a file after its time', async () => {
    const short = new FileStore({ redis: stage.control, prefix: PREFIX, keepMs: 20 });
    const { id } = await short.put(image());
    await until('gone', async () => (await files.get(id)) === undefined);
    expect(await files.keep([id], HOUR_MS)).toEqual(new Set());
  });

  it('stores nothing that is not a JPEG', async () => {
    const before = await stage.control.dbsize();
    await expect(files.put(new TextEncoder().encode('GIF89a'))).rejects.toMatchObject({
      code: 'file-refused',
      rule: 'not-jpeg',
    });
    expect(await stage.control.dbsize()).toBe(before);
  });
});
