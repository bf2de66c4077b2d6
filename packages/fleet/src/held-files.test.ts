import { describe, expect, it } from '@jest/globals';
import { type LoadedFiles, MAX_FILE_BYTES } from '@pabal/files';
import { quiet } from '@pabal/session/testing';
import { FileHands } from './held-files.js';
import { testFile } from './testing/entries.js';

const loaded = (ids: readonly string[], size: number): LoadedFiles => ({
  kind: 'loaded',
  files: ids.map((id) => testFile(id, size)),
});

describe('files in hand', () => {
  it('count by their bytes, each once however many messages name it', async () => {
    const hands = new FileHands(async (ids) => loaded(ids, 100));
    const [first, second] = await Promise.all([hands.take(['a', 'b']), hands.take(['b', 'b'])]);
    expect(hands.bytes).toBe(200);
    first.release();
    expect(hands.bytes).toBe(100);
    second.release();
    second.release();
    expect(hands.bytes).toBe(0);
  });

  it('wait for room before they are read, in the order of their coming', async () => {
    const reads: string[] = [];
    const hands = new FileHands(async (ids) => {
      reads.push(...ids);
      return loaded(ids, MAX_FILE_BYTES);
    }, 2 * MAX_FILE_BYTES);
    const first = await hands.take(['a']);
    await hands.take(['b']);
    const third = hands.take(['c']);
    const fourth = hands.take(['d']);
    await quiet();
    expect(reads).toEqual(['a', 'b']);
    first.release();
    (await third).release();
    await fourth;
    expect(reads).toEqual(['a', 'b', 'c', 'd']);
    expect(hands.bytes).toBe(2 * MAX_FILE_BYTES);
  });

  it('of a campaign, which are all the same, never wait', async () => {
    const hands = new FileHands(async (ids) => loaded(ids, MAX_FILE_BYTES), MAX_FILE_BYTES);
    const all = await Promise.all(Array.from({ length: 1_000 }, () => hands.take(['banner'])));
    expect(hands.bytes).toBe(MAX_FILE_BYTES);
    for (const { release } of all) release();
    expect(hands.bytes).toBe(0);
  });

  it('that turn out smaller than they might have been make room for others', async () => {
    const hands = new FileHands(async (ids) => loaded(ids, 10), 2 * MAX_FILE_BYTES);
    const all = await Promise.all(Array.from({ length: 50 }, (_, i) => hands.take([`f${i}`])));
    expect(hands.bytes).toBe(500);
    expect(all).toHaveLength(50);
  });

  it('let one message through that needs more than there may ever be', async () => {
    const hands = new FileHands(async (ids) => loaded(ids, MAX_FILE_BYTES), MAX_FILE_BYTES);
    const held = await hands.take(['a', 'b', 'c']);
    const next = hands.take(['d']);
    held.release();
    expect((await next).kind).toBe('loaded');
  });

  it('are let go by who finds them missing, and by who cannot read them', async () => {
    const hands = new FileHands(async () => ({ kind: 'missing', places: [0] }), MAX_FILE_BYTES);
    const missing = await hands.take(['a']);
    expect(missing).toMatchObject({ kind: 'missing', places: [0] });
    missing.release();
    expect(hands.bytes).toBe(0);
    const broken = new FileHands(() => Promise.reject(new Error('closed')), MAX_FILE_BYTES);
    await expect(broken.take(['a'])).rejects.toThrow('closed');
    expect(broken.bytes).toBe(0);
  });
});
