import { describe, expect, it } from '@jest/globals';
import type { MessageV1, ParsedMessage } from '@pabal/message';
import { MemoryGuardClosed, RedisUnavailable, SendingStopped } from './errors.js';
import { type ChunkDeps, sendChunks } from './send-many.js';
import type { SendManyReport } from './send-many-report.js';

const problem = { field: 'to', rule: 'required', message: 'to is required' };

function harness(failAt?: number) {
  const chunks: string[][] = [];
  const pauses: number[] = [];
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
      return messages.map(({ id }) => (id === 'other' ? [{ ...problem, field: 'id' }] : []));
    },
    waiting: async () => 0,
    pause: async (ms, signal) => {
      signal?.throwIfAborted();
      pauses.push(ms);
    },
  };
  return { chunks, pauses, deps };
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

  it('refuses what stands for another message already', async () => {
    const { deps } = harness();
    const report = await sendChunks(['a', 'other', 'b'], {}, deps);
    expect(report.accepted.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(report.refused).toEqual([{ index: 1, problems: [{ ...problem, field: 'id' }] }]);
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

  it('tells every chunk and then keeps only how many there were', async () => {
    const { deps } = harness();
    const told: SendManyReport[] = [];
    const onChunk = (chunk: SendManyReport) => void told.push(chunk);
    const report = await sendChunks(['a', 'bad', 'b', 'c'], { chunk: 2, onChunk }, deps);
    expect(report).toEqual({ accepted: [], refused: [], totals: { accepted: 3, refused: 1 } });
    expect(told).toEqual([
      {
        accepted: [
          { index: 0, id: 'a' },
          { index: 2, id: 'b' },
        ],
        refused: [{ index: 1, problems: [problem] }],
        totals: { accepted: 2, refused: 1 },
      },
      { accepted: [{ index: 3, id: 'c' }], refused: [], totals: { accepted: 1, refused: 0 } },
    ]);
  });

  it('asks for no item before what was told of the last chunk is done with', async () => {
    const { deps } = harness();
    const order: string[] = [];
    async function* source() {
      for (const item of ['a', 'b']) {
        order.push(`read ${item}`);
        yield item;
      }
    }
    const onChunk = async () => {
      await Promise.resolve();
      order.push('told');
    };
    await sendChunks(source(), { chunk: 1, onChunk }, deps);
    expect(order).toEqual(['read a', 'told', 'read b', 'told', 'told']);
  });

  it('waits while too many messages wait, and says so once', async () => {
    const { chunks, pauses, deps } = harness();
    const depths = [11, 11, 10];
    const seen: unknown[] = [];
    await sendChunks(
      ['a'],
      { maxWaiting: 10, onProgress: (progress) => seen.push(progress) },
      { ...deps, waiting: async () => depths.shift() ?? 0 },
    );
    expect(pauses).toHaveLength(2);
    expect(chunks).toEqual([['a']]);
    expect(seen).toEqual([
      { accepted: 0, refused: 0, waitingFor: 'queues' },
      { accepted: 1, refused: 0 },
    ]);
  });

  it('waits for a Redis that is nearly full only when it is told to', async () => {
    const { chunks, pauses, deps } = harness();
    let full = 2;
    const enqueue: ChunkDeps['enqueue'] = async (messages) => {
      if (full-- > 0) throw new MemoryGuardClosed(0.9);
      return deps.enqueue(messages);
    };
    const error = await sendChunks(['a'], {}, { ...deps, enqueue }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'out-of-memory-guard', interrupted: { pending: [{ id: 'a' }] } });
    await sendChunks(['a'], { waitForMemory: true }, { ...deps, enqueue });
    expect(pauses).toHaveLength(1);
    expect(chunks).toEqual([['a']]);
  });

  it('stops at its signal, between two items or in a wait, with what was done and what was not', async () => {
    const { chunks, deps } = harness();
    const stop = new AbortController();
    function* source() {
      yield 'a';
      yield 'b';
      stop.abort(new Error('enough'));
      yield 'c';
    }
    const error = await sendChunks(source(), { chunk: 2, signal: stop.signal }, deps).catch(
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(SendingStopped);
    expect(error).toMatchObject({
      code: 'sending-aborted',
      cause: { message: 'enough' },
      interrupted: { pending: [], report: { totals: { accepted: 2, refused: 0 } } },
    });
    const other = new AbortController();
    const waiting = async () => {
      other.abort();
      return 1;
    };
    const inWait = sendChunks(['d'], { maxWaiting: 0, signal: other.signal }, { ...deps, waiting });
    await expect(inWait).rejects.toMatchObject({
      code: 'sending-aborted',
      interrupted: { pending: [{ id: 'd' }] },
    });
    expect(chunks).toEqual([['a', 'b']]);
  });

  it('keeps what it had done, and the ids that it had made, when the input breaks', async () => {
    const { deps } = harness();
    async function* source() {
      yield 'a';
      yield 'b';
      throw new Error('cursor lost');
    }
    const error = await sendChunks(source(), { chunk: 2 }, deps).catch((e: unknown) => e);
    expect(error).toMatchObject({
      code: 'sending-failed',
      cause: { message: 'cursor lost' },
      interrupted: {
        report: {
          accepted: [
            { index: 0, id: 'a' },
            { index: 1, id: 'b' },
          ],
        },
        pending: [],
      },
    });
    const early = await sendChunks(source(), { chunk: 3 }, deps).catch((e: unknown) => e);
    expect(early).toMatchObject({ interrupted: { pending: [{ id: 'a' }, { id: 'b' }] } });
  });

  it('hands back what waits for its chunk when Redis goes while an item is checked', async () => {
    const { deps } = harness();
    const check: ChunkDeps['check'] = async (item) => {
      if (item === 'b') throw new RedisUnavailable('gone');
      return deps.check(item);
    };
    const error = await sendChunks(['a', 'b'], {}, { ...deps, check }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'redis-unavailable', interrupted: { pending: [{ id: 'a' }] } });
  });
});
