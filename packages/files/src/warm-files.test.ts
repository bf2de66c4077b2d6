import { describe, expect, it } from '@jest/globals';
import type { StoredFile } from './file-store.js';
import { WarmFiles } from './warm-files.js';

const file = (id: string, size = 10): StoredFile => ({
  id,
  bytes: new Uint8Array(size),
  width: 1,
  height: 1,
});

/** A store that counts what is read from it. */
function shelf(files: readonly StoredFile[]) {
  const stored = new Map(files.map((each) => [each.id, each]));
  const reads: string[] = [];
  return {
    stored,
    reads,
    read: async (id: string) => {
      reads.push(id);
      return stored.get(id);
    },
  };
}

describe('warm files', () => {
  it('are read once, also when many ask at the same moment', async () => {
    const { read, reads } = shelf([file('a')]);
    const warm = new WarmFiles(read);
    const [first, second] = await Promise.all([warm.get('a'), warm.get('a')]);
    expect(first).toBe(second);
    expect(await warm.get('a')).toBe(first);
    expect(reads).toEqual(['a']);
  });

  it('come in the order in which the message names them', async () => {
    const warm = new WarmFiles(shelf([file('a'), file('b')]).read);
    const loaded = await warm.load(['b', 'a', 'b']);
    expect(loaded.kind === 'loaded' && loaded.files.map(({ id }) => id)).toEqual(['b', 'a', 'b']);
  });

  it('tell the place of each one that is missing, and ask for it again the next time', async () => {
    const { read, reads, stored } = shelf([file('a')]);
    const warm = new WarmFiles(read);
    expect(await warm.load(['x', 'a', 'y'])).toEqual({ kind: 'missing', places: [0, 2] });
    stored.set('x', file('x'));
    expect(await warm.get('x')).toBe(stored.get('x'));
    expect(reads.filter((id) => id === 'x')).toHaveLength(2);
  });

  it('never hold more bytes than they may, and let go of what was unused for longest', async () => {
    const { read, reads } = shelf([file('a', 40), file('b', 40), file('c', 40)]);
    const warm = new WarmFiles(read, 100);
    await warm.get('a');
    await warm.get('b');
    await warm.get('a');
    await warm.get('c');
    expect(warm.bytes).toBe(80);
    await warm.get('a');
    await warm.get('b');
    expect(reads).toEqual(['a', 'b', 'c', 'b']);
    expect(warm.bytes).toBe(80);
  });

  it('do not push out everything for one that is too large to be kept', async () => {
    const { read, reads } = shelf([file('a', 40), file('huge', 101)]);
    const warm = new WarmFiles(read, 100);
    await warm.get('a');
    expect((await warm.get('huge'))?.bytes.length).toBe(101);
    await warm.get('a');
    expect([reads, warm.bytes]).toEqual([['a', 'huge'], 40]);
  });

  it('pass an error on to all who wait, and try again for the next one', async () => {
    let fails = true;
    const warm = new WarmFiles(async (id) => {
      if (fails) throw new Error('away');
      return file(id);
    });
    const both = await Promise.allSettled([warm.get('a'), warm.get('a')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fails = false;
    expect((await warm.get('a'))?.id).toBe('a');
  });
});
