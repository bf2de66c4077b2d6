import { describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '@pabal/fate';
import type { FleetStatus } from '@pabal/fleet';
import type { Io } from '../command.js';
import { fitted, pictureOf, watchStatus } from './status-watch.js';

const EMPTY: FleetStatus = {
  ...{ at: '2026-01-31T12:00:00.000Z', processes: [], gateways: [], agents: [], queues: [] },
  ...{ batched: 0, unpublished: 0, parked: 0, unsettled: {} },
};

function watcher(outIsTerminal: boolean) {
  const written: string[] = [];
  const stop = new AbortController();
  const io = {
    ...{ outIsTerminal, columns: 40, rows: 6 },
    out: (line: string) => written.push(`${line}\n`),
    outRaw: (text: string) => written.push(text),
    stopSignal: () => stop.signal,
  } as unknown as Io;
  return { written, stop, io };
}

describe('watching the fleet', () => {
  it('draws in place on a terminal until it is told to stop', async () => {
    const { written, stop, io } = watcher(true);
    let looks = 0;
    const read = async () => {
      if (++looks === 3) stop.abort();
      return EMPTY;
    };
    expect(await watchStatus({ read, everyMs: 1, json: false }, io)).toBe(0);
    expect(written).toHaveLength(4);
    for (const picture of written.slice(0, 3)) {
      expect(picture.startsWith('\x1b[H\x1b[J')).toBe(true);
      expect(picture.split('\n').length).toBeLessThan(6);
    }
    expect(written.at(-1)).toBe('\n');
  });

  it('prints a JSON value a line, and none while Redis is away, which ends nothing', async () => {
    const { written, stop, io } = watcher(false);
    let looks = 0;
    const read = async () => {
      if (++looks === 2) throw new StoreUnavailable('gone');
      if (looks === 3) stop.abort();
      return EMPTY;
    };
    expect(await watchStatus({ read, everyMs: 1, json: true }, io)).toBe(0);
    expect(written).toEqual([`${JSON.stringify(EMPTY)}\n`, `${JSON.stringify(EMPTY)}\n`]);
  });

  it('keeps the last picture while Redis is away, and says so', () => {
    expect(pictureOf(undefined, undefined, 2_000)).toEqual([
      'Redis is not available: waiting for it. Ctrl-C ends this.',
    ]);
    const picture = pictureOf(undefined, EMPTY, 2_000);
    expect(picture[0]).toMatch(/^Redis is not available/);
    expect(picture).toContain('No process of the fleet is running.');
    expect(pictureOf(EMPTY, undefined, 500)[0]).toMatch(/every 0.5 s, Ctrl-C ends this$/);
  });

  it('fits its screen: lines are cut, and of more lines than it holds the last one says how many', () => {
    const lines = Array.from({ length: 9 }, (_, i) => `${i} ${'x'.repeat(60)}`);
    const shown = fitted(lines, { rows: 6, columns: 40 });
    expect(shown).toHaveLength(5);
    expect(shown[0]).toHaveLength(39);
    expect(shown[4]).toMatch(/^… 5 lines more/);
    expect(fitted(['a', 'b'], { rows: 6, columns: 40 })).toEqual(['a', 'b']);
  });
});
