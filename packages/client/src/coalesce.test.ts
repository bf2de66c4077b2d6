import { describe, expect, it } from '@jest/globals';
import { Coalescer } from './coalesce.js';

function coalescer({ most = 10, atOnce = 1 } = {}) {
  const runs: {
    items: readonly string[];
    done: (answers: readonly string[]) => void;
    fail: (e: Error) => void;
  }[] = [];
  let ticks: (() => void)[] = [];
  const made = new Coalescer<string, string>({
    most,
    atOnce,
    defer: (run) => void ticks.push(run),
    run: (items) => new Promise((done, fail) => runs.push({ items, done, fail })),
  });
  const tick = () => {
    const due = ticks;
    ticks = [];
    for (const run of due) run();
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { made, runs, tick, settled };
}

describe('what is asked for at the same time', () => {
  it('goes in one run, and each gets its own answer', async () => {
    const { made, runs, tick } = coalescer();
    const asked = ['a', 'b', 'c'].map((item) => made.add(item));
    tick();
    expect(runs.map(({ items }) => items)).toEqual([['a', 'b', 'c']]);
    runs[0]?.done(['A', 'B', 'C']);
    expect(await Promise.all(asked)).toEqual(['A', 'B', 'C']);
  });

  it('waits while as many runs are under way as there may be, and then goes together', async () => {
    const { made, runs, tick, settled } = coalescer({ atOnce: 1 });
    const first = made.add('a');
    tick();
    const later = [made.add('b'), made.add('c')];
    tick();
    expect(runs).toHaveLength(1);
    runs[0]?.done(['A']);
    await first;
    await settled();
    tick();
    expect(runs[1]?.items).toEqual(['b', 'c']);
    runs[1]?.done(['B', 'C']);
    expect(await Promise.all(later)).toEqual(['B', 'C']);
  });

  it('goes in several runs where it is more than one may have', () => {
    const { made, runs, tick } = coalescer({ most: 2, atOnce: 3 });
    for (const item of ['a', 'b', 'c', 'd', 'e']) void made.add(item);
    for (let i = 0; i < 3; i++) tick();
    expect(runs.map(({ items }) => items)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('fails together with its run, and the next run is another one', async () => {
    const { made, runs, tick, settled } = coalescer();
    const asked = [made.add('a'), made.add('b')];
    tick();
    const ends = Promise.allSettled(asked);
    runs[0]?.fail(new Error('away'));
    expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await settled();
    const next = made.add('c');
    tick();
    runs[1]?.done(['C']);
    expect(await next).toBe('C');
  });
});
