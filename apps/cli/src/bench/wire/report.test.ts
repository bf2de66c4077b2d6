import { describe, expect, it } from '@jest/globals';
import { aimsOf, figure, packetFigures, pairsOf, wireLines } from './report.js';
import { runRounds } from './rounds.js';
import type { PacketTasks, Task } from './task.js';

const task = (name: string): Task => ({ name, run: (index) => index });
const packet = (name: string, parts: readonly string[] = []): PacketTasks => ({
  name,
  bytes: 100,
  encode: task('encode'),
  decode: task('decode'),
  parts: parts.map(task),
});

const PARTS = ['deflate node', 'inflate node', 'deflate pako', 'inflate pako'];
const alone = (...times: number[]) => ({ task: times, baseline: [] });

describe('the figures of a packet', () => {
  it('are medians of microseconds, the middle half, and calls a second', () => {
    expect(figure([5, 1, 2, 3, 4])).toEqual({ microseconds: 3, perSecond: 1_000_000 / 3, low: 2, high: 4 });
  });

  it('compare each round with the baseline of the same round', () => {
    const figures = packetFigures(packet('LGHV SMS'), [
      { task: [1, 2, 4], baseline: [10, 20, 40] },
      { task: [5, 5, 5], baseline: [5, 10, 15] },
    ]);
    expect([figures.encode.timesSmpp, figures.decode.timesSmpp]).toEqual([10, 2]);
    expect(aimsOf([figures])).toEqual([
      { what: 'LGHV SMS encode, times smpp', atLeast: 5, found: 10, met: true },
      { what: 'LGHV SMS decode, times smpp', atLeast: 2, found: 2, met: true },
    ]);
  });

  it('say which share zlib takes of either way', () => {
    const figures = packetFigures(packet('SMTNT MsgSendReq SMS', PARTS), [
      { task: [40, 40], baseline: [10, 10] },
      { task: [20, 20], baseline: [4, 4] },
      ...[20, 5, 80, 15].map((time) => alone(time, time)),
    ]);
    expect(figures.compression).toMatchObject({ deflateShare: 0.5, inflateShare: 0.25 });
  });

  it('are printed with the aims, met or missed', () => {
    const sms = packetFigures(packet('LGHV SMS'), [
      { task: [5], baseline: [10] },
      { task: [1], baseline: [10] },
    ]);
    const lines = wireLines({
      measured: ['what is counted'],
      command: { rounds: 1, sliceMs: 1 },
      machine: { cores: 1, model: 'a machine', node: '20' },
      baseline: { name: 'smpp 1', bytes: 90, encode: figure([10]), decode: figure([10]) },
      packets: [sms],
      aims: aimsOf([sms]),
      checksum: 1,
    });
    expect(lines).toContain('LGHV SMS encode, times smpp: 2.0, aim 5: missed');
    expect(lines).toContain('LGHV SMS decode, times smpp: 10.0, aim 2: met');
    expect(lines.find((line) => line.startsWith('LGHV SMS  '))).toMatch(/5\.00 .*200,000 .*2\.0 .*1\.00/);
  });
});

describe('the rounds', () => {
  it('run each task beside the baseline, turn about, and add up what they give out', async () => {
    let time = 0;
    const order: string[] = [];
    const costly = (name: string, ms: number): Task => ({
      name,
      run: () => {
        time += ms;
        order.push(name);
        return 1;
      },
    });
    const ours = packet('ours');
    const pair = { task: costly('ours', 1), baseline: costly('smpp', 2) };
    const { times, checksum } = await runRounds([pair], {
      rounds: 2,
      sliceMs: 2,
      warmUpMs: 2,
      now: () => time,
      signal: new AbortController().signal,
    });
    expect(times).toEqual([{ task: [1000, 1000], baseline: [2000, 2000] }]);
    expect(order.slice(-6)).toEqual(['smpp', 'ours', 'ours', 'ours', 'ours', 'smpp']);
    expect(checksum).toBe(order.length);
    expect(pairsOf(ours, packet('smpp')).map(({ task: { name } }) => name)).toEqual(['encode', 'decode']);
  });

  it('stop when they are told to', async () => {
    const signal = AbortSignal.abort();
    const options = { rounds: 2, sliceMs: 1, warmUpMs: 1, now: () => 0, signal };
    await expect(runRounds([{ task: task('any'), baseline: undefined }], options)).rejects.toThrow();
  });
});
