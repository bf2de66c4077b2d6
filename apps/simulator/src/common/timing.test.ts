import { describe, expect, it } from '@jest/globals';
import { FakeClock, systemClock } from './clock.js';
import { NumberColumn } from './column.js';
import { DelayQueue } from './delay-queue.js';
import { LoopLag } from './loop-lag.js';
import { RateMeter } from './rate-meter.js';
import { SlidingSecond } from './sliding-second.js';

describe('the system clock', () => {
  it('tells epoch milliseconds with fractions', () => {
    const readings = Array.from({ length: 50 }, () => systemClock.now());
    expect(Math.abs((readings[0] as number) - Date.now())).toBeLessThan(5_000);
    expect(readings.some((at) => at % 1 !== 0)).toBe(true);
  });
});

describe('number column', () => {
  it('keeps its values when it grows and finds the first that is large enough', () => {
    const column = new NumberColumn();
    for (let i = 0; i < 5000; i++) column.push(i * 2);
    expect([column.length, column.at(0), column.at(4999), column.at(5000)]).toEqual([
      5000,
      0,
      9998,
      Number.NaN,
    ]);
    expect([column.firstAtLeast(-1), column.firstAtLeast(7), column.firstAtLeast(1e9)]).toEqual([0, 4, 5000]);
  });
});

describe('delay queue', () => {
  it('calls in order of time, then of arrival, behind one timer', () => {
    const clock = new FakeClock(0);
    const queue = new DelayQueue(clock);
    const called: string[] = [];
    for (const [name, ms] of [
      ['c', 30],
      ['a', 10],
      ['b', 20],
      ['a2', 10],
      ['d', 40],
    ] as const) {
      queue.after(ms, () => called.push(`${name}@${clock.now()}`));
    }
    clock.advance(35);
    expect(called).toEqual(['a@10', 'a2@10', 'b@20', 'c@30']);
    expect(queue.length).toBe(1);
    queue.close();
    clock.advance(100);
    expect(called).toHaveLength(4);
  });

  it('keeps the order of many random times', () => {
    const clock = new FakeClock(0);
    const queue = new DelayQueue(clock);
    const called: number[] = [];
    const times = Array.from({ length: 300 }, (_, i) => (i * 7919) % 1000);
    for (const at of times) queue.after(at, () => called.push(at));
    clock.advance(1000);
    expect(called).toEqual([...times].sort((a, b) => a - b));
  });
});

describe('sliding second', () => {
  it('frees a place exactly one second after it was taken', () => {
    const second = new SlidingSecond(2);
    expect([
      second.take(0),
      second.take(400),
      second.take(999),
      second.take(1000),
      second.take(1001),
    ]).toEqual([0, 0, 1, 0, 399]);
  });

  it('of a grant of zero is never free', () => {
    expect(new SlidingSecond(0).take(5)).toBe(1000);
  });
});

describe('loop lag', () => {
  it('tells the largest stall that touches a stretch of time', () => {
    const lag = new LoopLag(new FakeClock(0));
    lag.note(100, 108);
    lag.note(200, 260);
    lag.note(300, 301);
    expect([lag.within(0, 99), lag.within(0, 100), lag.within(104, 150), lag.within(250, 400)]).toEqual([
      0, 8, 8, 60,
    ]);
    expect([lag.stalls, lag.largestMs]).toEqual([2, 60]);
  });

  it('counts a stall that is not over yet', () => {
    let now = 0;
    const lag = new LoopLag({ now: () => now, after: () => () => undefined });
    lag.start();
    now = 42;
    expect(lag.within(0, 42)).toBe(42);
    lag.stop();
    expect(lag.within(0, 42)).toBe(0);
  });
});

describe('rate meter', () => {
  const arrive = (meter: RateMeter, times: number[], grant = 3) => {
    const arrivals = meter.domain('demo/S1/SMS', grant);
    for (const at of times) arrivals.push(at);
  };

  it('finds the largest sliding second, not the largest calendar second', () => {
    const meter = new RateMeter();
    arrive(meter, [0, 900, 950, 1000, 1800, 1899]);
    const [figures] = meter.figures(new LoopLag(new FakeClock(0)));
    expect(figures).toMatchObject({
      count: 6,
      firstAt: 0,
      lastAt: 1899,
      largestSecond: 5,
      largestCertainSecond: 5,
    });
  });

  it('counts as certain only what a stall of ours cannot have moved into one second', () => {
    const meter = new RateMeter();
    arrive(meter, [0, 400, 800, 5000, 5000, 5000, 5000, 9000]);
    const lag = new LoopLag(new FakeClock(0));
    lag.note(4200, 5000);
    const [figures] = meter.figures(lag);
    expect(figures).toMatchObject({ largestSecond: 4, largestSecondLagMs: 800, largestCertainSecond: 3 });
  });

  it.each([
    ['of 4.9 ms as none', 4.9, 4],
    ['of 40 ms as 80 ms at most', 40, 4],
    ['of 60 ms as 120 ms at most', 60, 3],
  ])('takes a stall %s', (_what, ms, certain) => {
    const meter = new RateMeter();
    arrive(meter, [0, 300, 600, 900]);
    const lag = new LoopLag(new FakeClock(0));
    lag.note(500, 500 + ms);
    expect(meter.figures(lag)[0]).toMatchObject({ largestSecond: 4, largestCertainSecond: certain });
  });

  it('tells what came under one grant apart from what came under the next', () => {
    const meter = new RateMeter();
    arrive(meter, [0, 100, 200]);
    arrive(meter, [300, 400], 5);
    arrive(meter, [2000], 3);
    expect(meter.figures(new LoopLag(new FakeClock(0)))).toMatchObject([
      { grant: 3, count: 3, largestSecond: 3 },
      { grant: 5, count: 2, largestSecond: 2 },
      { grant: 3, count: 1, firstAt: 2000 },
    ]);
  });

  it('tells how much of the grant was used from the first submit to the last', () => {
    const meter = new RateMeter();
    arrive(
      meter,
      Array.from({ length: 101 }, (_, i) => i * 20),
      100,
    );
    expect(meter.figures(new LoopLag(new FakeClock(0)))[0]?.usedShare).toBe(0.5);
  });
});
