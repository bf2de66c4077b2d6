import { describe, expect, it } from '@jest/globals';
import type { MessageV1, ParsedMessage } from '@pabal/message';
import { RedisUnavailable } from './errors.js';
import { type ChunkDeps, sendChunks } from './send-many.js';

const problem = { field: 'to', rule: 'required', message: 'to is required' };

function harness(failAt?: number) {
  const chunks: string[][] = [];
  const deps: ChunkDeps = {
    check: async (item): Promise<ParsedMessage> =>
      item === 'bad'
        ? { ok: false, problems: [problem] }
        : { ok: true, message: { id: String(item) } as MessageV1 },
    keepFiles: async (messages) =>
      messages.map(({ id }) => (id.startsWith('without-') ? [{ ...problem, field: 'files.0' }] : [])),
    enqueue: async (messages) => {
      if (chunks.length === failAt) throw new RedisUnavailable('gone');
      chunks.push(messages.map(({ id }) => id));
    },
  };
  return { chunks, deps };
}

describe('sending many', () => {
  it('sends in chunks and lists every item with its place', async () => {
    const { chunks, deps } = harness();
    const report = await sendChunks(['a', 'bad', 'b', 'c'], { chunk: 2 }, deps);
    expect(chunks).toEqual([['a', 'b'], ['c']]);
    expect(report.accepted).toEqual([
      { index: 0, id: 'a' },
      { index: 2, id: 'b' },
      { index: 3, id: 'c' },
    ]);
    expect(report.refused).toEqual([{ index: 1, problems: [problem] }]);
  });

  it('refuses what lacks a file by itself, at its place, and enqueues no empty chunk', async () => {
    const { chunks, deps } = harness();
    const items = ['a', 'without-1', 'bad', 'b', 'without-2', 'without-3', 'bad', 'without-4'];
    const report = await sendChunks(items, { chunk: 3 }, deps);
    expect(chunks).toEqual([['a', 'b']]);
    expect(report.accepted).toEqual([
      { index: 0, id: 'a' },
      { index: 3, id: 'b' },
    ]);
    expect(report.refused.map(({ index, problems }) => [index, problems[0]?.field])).toEqual([
      [1, 'files.0'],
      [2, 'to'],
      [4, 'files.0'],
      [5, 'files.0'],
      [6, 'to'],
      [7, 'files.0'],
    ]);
  });

  it('reads an async source no faster than it sends, and tells its progress', async () => {
    const { deps } = harness();
    const seen: string[] = [];
    async function* source() {
      for (const item of ['a', 'b', 'bad']) yield item;
    }
    await sendChunks(
      source(),
      { chunk: 1, onProgress: ({ accepted, refused }) => seen.push(`${accepted}/${refused}`) },
      deps,
    );
    expect(seen).toEqual(['1/0', '2/0', '2/1']);
  });

  it('hands back the chunk under way when Redis goes, with what was done before', async () => {
    const { deps } = harness(1);
    const error = await sendChunks(['a', 'b', 'c'], { chunk: 1 }, deps).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(RedisUnavailable);
    const { interrupted } = error as RedisUnavailable;
    expect(interrupted.pending.map(({ id }) => id)).toEqual(['b']);
    expect(interrupted.report?.accepted).toEqual([{ index: 0, id: 'a' }]);
  });
});
