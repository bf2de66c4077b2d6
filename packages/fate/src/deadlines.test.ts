import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type PathClock, TICK_GAP_MS, tickPath } from './deadlines.js';

const GRACE = 600_000;

/** Ticks each second from a time on; each letter is a second: `u` up, `d` down. */
function run(ticks: string, clock?: PathClock, from = 1_000_000): PathClock {
  let now = from;
  let last = clock;
  for (const tick of ticks) {
    last = tickPath(last, tick === 'u', now, GRACE);
    now += 1_000;
  }
  if (!last) throw new Error('no ticks');
  return last;
}

describe('the report path’s clock', () => {
  it('stands at 0 until the path is up for the first time, then runs at once', () => {
    expect(run('ddd')).toMatchObject({ value: 0, upSince: 0, interrupted: false });
    expect(run('dddu')).toMatchObject({ value: 0, upSince: 1_003_000, interrupted: false });
    expect(run('ddduuu')).toMatchObject({ value: 2_000, upSince: 1_003_000, interrupted: false });
  });

  it('stands while the path is down', () => {
    expect(run('uuudddd').value).toBe(2_000);
    expect(run('uuudddd')).toMatchObject({ upSince: 0, interrupted: true });
  });

  it('stands for the grace after the path came back, then runs on', () => {
    const back = run('uuudu');
    expect(back).toMatchObject({ value: 2_000, upSince: 1_004_000 });
    const seconds = (n: number) => run('u'.repeat(n), back, 1_005_000);
    expect(seconds(600).value).toBe(2_000);
    expect(seconds(601).value).toBe(3_000);
    expect(seconds(700).value).toBe(102_000);
  });

  it('takes a gap between ticks for a break: nobody watched, or Redis was away', () => {
    const before = run('uuu');
    const gap = tickPath(before, true, before.at + TICK_GAP_MS + 1, GRACE);
    expect(gap).toEqual({
      value: before.value,
      at: before.at + TICK_GAP_MS + 1,
      upSince: before.at + TICK_GAP_MS + 1,
      interrupted: true,
    });
    const noGap = tickPath(before, true, before.at + TICK_GAP_MS, GRACE);
    expect(noGap).toMatchObject({ value: before.value + TICK_GAP_MS, interrupted: false });
  });

  it('never goes back, and never runs faster than time', () => {
    const tick = fc.record({ up: fc.boolean(), ms: fc.integer({ min: -2_000, max: 8_000 }) });
    fc.assert(
      fc.property(fc.array(tick, { maxLength: 60 }), fc.integer({ min: 0, max: 20_000 }), (ticks, grace) => {
        let now = 1_000_000;
        let clock = tickPath(undefined, false, now, grace);
        for (const { up, ms } of ticks) {
          now += ms;
          const next = tickPath(clock, up, now, grace);
          const elapsed = next.value - clock.value;
          expect(elapsed).toBeGreaterThanOrEqual(0);
          expect(elapsed).toBeLessThanOrEqual(Math.max(0, ms));
          if (!up || clock.upSince === 0) expect(elapsed).toBe(0);
          clock = next;
        }
      }),
    );
  });
});
