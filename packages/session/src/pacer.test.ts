import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Pacer, type PaceTicket } from './pacer.js';

const GUARD = 5;

/** A pacer whose past second is truly empty: its assumed writes have aged out. */
function rested(rate: number, at: number, options: { burstMs?: number } = {}): Pacer {
  return new Pacer({ rate, guardMs: GUARD, ...options }, at - 20_000);
}

function writeAt(pacer: Pacer, now: number): boolean {
  const ticket = pacer.reserve(now);
  if (ticket) pacer.written(ticket, now);
  return ticket !== undefined;
}

/** Writes as often as allowed at one instant. */
function burstAt(pacer: Pacer, now: number): number {
  let count = 0;
  while (writeAt(pacer, now)) count += 1;
  return count;
}

/** Most elements in any window of `ms`, closed on both sides. */
function mostWithin(times: readonly number[], ms: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  let most = 0;
  let from = 0;
  sorted.forEach((time, to) => {
    while (time - (sorted[from] ?? 0) > ms) from += 1;
    most = Math.max(most, to - from + 1);
  });
  return most;
}

/** mulberry32: the same numbers for the same seed. */
function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A saturated sender in simulated time: a timer that fires up to `timerLateMs` late, a claim between reservation and
 * write of up to `claimMs`, several claims under way at once. Returns the times of the writes.
 */
function saturate(
  pacer: Pacer,
  options: { ms: number; timerLateMs: number; claimMs: number; aheadMs?: number; random: () => number },
): number[] {
  const { ms, timerLateMs, claimMs, aheadMs = 0, random } = options;
  const writes: number[] = [];
  const claims: { at: number; ticket: PaceTicket }[] = [];
  const place = (now: number) => pacer.reserve(now, true, aheadMs);
  let timerAt = 0;
  for (;;) {
    claims.sort((a, b) => a.at - b.at);
    const claim = claims[0];
    const now = Math.min(timerAt, claim?.at ?? Number.POSITIVE_INFINITY);
    if (now > ms) return writes;
    if (claim && claim.at === now) {
      claims.shift();
      writes.push(now);
      pacer.written(claim.ticket, now + 0.02);
    }
    for (let ticket = place(now); ticket; ticket = place(now)) {
      claims.push({ at: Math.max(ticket.from, now + 0.05 + random() * claimMs), ticket });
    }
    const next = pacer.nextAt(now) - aheadMs;
    // A timer's clock moves on, also where rounding puts the place at this very moment.
    timerAt = next === Number.POSITIVE_INFINITY ? next : Math.max(next, now + 0.01) + random() * timerLateMs;
  }
}

describe('pacer', () => {
  it('counts the second before a login as used, up to 200 ms ahead of an even spread', () => {
    const pacer = new Pacer({ rate: 10, guardMs: GUARD }, 0);
    expect(pacer.used(0)).toBe(10);
    expect(pacer.nextAt(0)).toBeCloseTo(300.5, 6);
    expect(pacer.reserve(300)).toBeUndefined();
    expect(burstAt(pacer, 301)).toBe(1);
    expect(burstAt(pacer, 401)).toBe(1);
    expect(burstAt(pacer, 502)).toBe(1);
  });

  it('lets a window of a second and the guard pass before a place is used again', () => {
    const pacer = rested(3, 0, { burstMs: 2000 });
    expect(burstAt(pacer, 0)).toBe(3);
    expect(pacer.nextAt(1)).toBe(1005);
    expect(pacer.reserve(1004.9)).toBeUndefined();
    expect(burstAt(pacer, 1005)).toBe(3);
  });

  it('counts a reservation as used until its write is a window old', () => {
    const pacer = rested(1, 0, { burstMs: 5000 });
    const ticket = pacer.reserve(0);
    expect(ticket).toBeDefined();
    expect(pacer.nextAt(3000)).toBe(Number.POSITIVE_INFINITY);
    if (ticket) pacer.written(ticket, 3000);
    expect(pacer.nextAt(3000)).toBe(4005);
  });

  it('gives a released place back at once, and only once', () => {
    const pacer = rested(1, 0);
    const ticket = pacer.reserve(0);
    if (!ticket) throw new Error('no place');
    pacer.release(ticket);
    pacer.release(ticket);
    pacer.written(ticket, 5);
    expect(pacer.used(10)).toBe(0);
    expect(burstAt(pacer, 10)).toBe(1);
  });

  it('spreads what follows a pause, but lets a little go at once', () => {
    const pacer = rested(100, 0);
    expect(burstAt(pacer, 0)).toBe(10);
    const next = pacer.nextAt(0);
    expect(next).toBeGreaterThan(0);
    expect(next).toBeLessThan(11);
    expect(burstAt(pacer, 100)).toBeLessThan(12);
  });

  describe('for what is not urgent', () => {
    const URGENT_EVERY_MS = 60_000;
    const calmlyAt = (pacer: Pacer, now: number) => {
      let count = 0;
      for (let ticket = pacer.reserve(now, false); ticket; ticket = pacer.reserve(now, false)) {
        pacer.written(ticket, now);
        count++;
      }
      return count;
    };
    /** One whose first write, long enough ago to count no more, was urgent. */
    const withUrgent = () => {
      const pacer = rested(1000, -5_000);
      const ticket = pacer.reserve(-5_000);
      if (!ticket) throw new Error('no place');
      pacer.written(ticket, -5_000);
      return pacer;
    };

    it('lets little go at once while there is something urgent, so that no long gap follows', () => {
      const pacer = withUrgent();
      expect(calmlyAt(pacer, 0)).toBe(20);
      expect(pacer.nextAt(0, false)).toBeGreaterThan(0);
      expect(pacer.nextAt(0)).toBe(0);
      expect(burstAt(pacer, 0)).toBe(80);
    });

    it('lets as much go as ever where nothing urgent comes', () => {
      expect(calmlyAt(rested(1000, 0), 0)).toBe(100);
      expect(calmlyAt(withUrgent(), URGENT_EVERY_MS - 5_000)).toBe(100);
    });

    it('closes a gap that is there', () => {
      const pacer = rested(1000, 0);
      let last = 0;
      let longest = 0;
      for (let now = 0; now < 4_000; now++) {
        const urgent = now % 2 === 0 && now >= 1_500 && writeAt(pacer, now);
        if (calmlyAt(pacer, now) === 0 && !urgent) continue;
        if (now > 3_000) longest = Math.max(longest, now - last);
        last = now;
      }
      expect(longest).toBeLessThanOrEqual(25);
    });

    it('leaves 2% of the places to what is urgent, for as long as that is expected', () => {
      const pacer = withUrgent();
      let calmly = 0;
      for (let now = 0; now < 1_000; now++) calmly += calmlyAt(pacer, now);
      expect(calmly).toBe(980);
      expect(burstAt(pacer, 1_000)).toBe(20);
      expect(pacer.nextAt(1_000)).toBeGreaterThan(1_000);
    });

    it('leaves up to 12% where urgent messages used more a moment ago', () => {
      const pacer = rested(1000, 0);
      let calmly = 0;
      for (let now = 0; now < 2_000; now++) {
        const stalls = now >= 1_500 && now < 1_600;
        if (now % 2 === 0 && !stalls) expect([now, writeAt(pacer, now)]).toEqual([now, true]);
        if (now < 1_500) calmlyAt(pacer, now);
        else calmly += calmlyAt(pacer, now);
        if (now === 1_600) expect(burstAt(pacer, now)).toBeGreaterThanOrEqual(50);
      }
      expect(calmly).toBeGreaterThan(180);
    });

    it('leaves nothing where 2% are less than one place', () => {
      const pacer = rested(49, 0);
      writeAt(pacer, -5_000);
      let calmly = 0;
      for (let now = 0; now <= 1_004; now++) calmly += calmlyAt(pacer, now);
      expect(calmly).toBe(49);
    });

    it('is not held up by a place that was promised and comes earlier', () => {
      const pacer = rested(10, 0);
      const tickets = Array.from({ length: 10 }, (_, i) => pacer.reserve(i * 100.5));
      for (const ticket of tickets) if (ticket) pacer.written(ticket, 1_000);
      expect(pacer.nextAt(1_000)).toBe(2_005);
      pacer.setRate(1_000);
      expect(burstAt(pacer, 1_000)).toBeGreaterThan(90);
    });

    it('lets it catch up with what it was late by', () => {
      const pacer = withUrgent();
      expect(calmlyAt(pacer, 0)).toBe(20);
      const told = pacer.nextAt(0, false);
      expect(calmlyAt(pacer, told + 60)).toBeGreaterThanOrEqual(60);
      pacer.nextAt(told + 60, false);
      expect(calmlyAt(pacer, told + 2_000)).toBe(20);
    });
  });

  it('keeps counting earlier writes when the grant changes', () => {
    const pacer = rested(4, 0, { burstMs: 2000 });
    expect(burstAt(pacer, 0)).toBe(4);
    pacer.setRate(6);
    expect(burstAt(pacer, 10)).toBe(2);
    pacer.setRate(2);
    expect(pacer.nextAt(20)).toBe(1015);
  });

  it('gives nothing under a grant of 0', () => {
    const pacer = new Pacer({ rate: 0 }, 0);
    expect(pacer.nextAt(5000)).toBe(Number.POSITIVE_INFINITY);
    expect(pacer.reserve(5000)).toBeUndefined();
  });

  it('refuses a rate that is no whole number of at least 0', () => {
    expect(() => new Pacer({ rate: Number.NaN }, 0)).toThrow(RangeError);
    expect(() => rested(1, 0).setRate(-1)).toThrow(RangeError);
  });

  it('writes nothing before a pause is over, and a shorter pause does not end a longer one', () => {
    const pacer = rested(10, 0);
    pacer.pause(500);
    pacer.pause(200);
    expect(pacer.nextAt(100)).toBe(500);
    expect(pacer.reserve(499)).toBeUndefined();
    expect(writeAt(pacer, 500)).toBe(true);
  });

  it('doubles its guard once a second on throttle answers up to the cap, and lets it decay', () => {
    const pacer = rested(10, 0);
    pacer.throttled(0);
    pacer.throttled(10);
    expect(pacer.guardMs(10)).toBeCloseTo(10, 1);
    for (let now = 2000; now <= 12_000; now += 2000) pacer.throttled(now);
    expect(pacer.guardMs(12_000)).toBe(50);
    expect(pacer.guardMs(72_000)).toBeCloseTo(27.5, 6);
    expect(pacer.guardMs(1_000_000)).toBe(GUARD);
  });

  it.each([1, 7, 100, 1000, 5000])('never holds more than a grant of %d in a sliding second', (rate) => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.double({ min: 0, max: 40, noNaN: true }),
        fc.double({ min: 0, max: 40, noNaN: true }),
        fc.double({ min: 0, max: 120, noNaN: true }),
        (seed, timerLateMs, claimMs, aheadMs) => {
          const random = seeded(seed);
          const pacer = new Pacer({ rate, guardMs: GUARD }, 0);
          const writes = saturate(pacer, { ms: 3000, timerLateMs, claimMs, aheadMs, random });
          expect(mostWithin(writes, 1000 + GUARD - 0.001)).toBeLessThanOrEqual(rate);
        },
      ),
      { numRuns: rate > 500 ? 4 : 25 },
    );
  });

  it.each([1, 10, 50, 500])(
    'keeps a grant of %d together with the process that had the login before',
    (rate) => {
      const moment = fc.record({
        urgent: fc.boolean(),
        lateMs: fc.integer({ max: 150, min: 0 }),
        most: fc.nat(rate),
      });
      fc.assert(
        fc.property(fc.array(moment, { minLength: 1, maxLength: 60 }), (moments) => {
          const before = new Pacer({ rate, guardMs: GUARD }, -10_000);
          const writes: number[] = [];
          let now = 0;
          for (const { urgent, lateMs, most } of moments) {
            now = before.nextAt(now, urgent) + lateMs;
            for (let written = 0; written <= most; written += 1) {
              const ticket = before.reserve(now, urgent);
              if (!ticket) break;
              before.written(ticket, now);
              writes.push(now);
            }
          }
          const after = new Pacer({ rate, guardMs: GUARD }, now);
          for (const end = now + 1500; now < end; now = Math.max(after.nextAt(now), now + 0.01)) {
            for (let count = burstAt(after, now); count > 0; count -= 1) writes.push(now);
          }
          expect(mostWithin(writes, 1000)).toBeLessThanOrEqual(rate);
        }),
        { numRuns: rate > 100 ? 40 : 200 },
      );
    },
  );

  it('never exceeds the grant under any order of reservations, writes, releases and rests', () => {
    const action = fc.record({
      kind: fc.constantFrom('reserve', 'write', 'release', 'rest'),
      pick: fc.nat(),
      ms: fc.double({ min: 0, max: 400, noNaN: true }),
      aheadMs: fc.constantFrom(0, 20, 300),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.array(action, { maxLength: 300 }), (rate, actions) => {
        const pacer = rested(rate, 0, { burstMs: 2000 });
        const open: PaceTicket[] = [];
        const writes: number[] = [];
        let now = 0;
        for (const { kind, pick, ms, aheadMs } of actions) {
          if (kind === 'rest') {
            now += ms;
          } else if (kind === 'reserve') {
            const ticket = pacer.reserve(now, true, aheadMs);
            if (ticket) open.push(ticket);
          } else {
            const [ticket] = open.splice(pick % Math.max(1, open.length), 1);
            if (ticket && kind === 'write') {
              now = Math.max(now, ticket.from);
              writes.push(now);
              pacer.written(ticket, now + ms / 1000);
            } else if (ticket) {
              pacer.release(ticket);
            }
          }
        }
        expect(mostWithin(writes, 1000)).toBeLessThanOrEqual(rate);
      }),
      { numRuns: 200 },
    );
  });

  const usedOf = (rate: number, late: { timerLateMs: number; claimMs: number; aheadMs?: number }) => {
    const ms = 20_000;
    const pacer = new Pacer({ rate, guardMs: GUARD }, 0);
    const writes = saturate(pacer, { ms, ...late, random: seeded(7) });
    return writes.length / ((ms - (writes[0] ?? 0)) / 1000) / rate;
  };

  it.each([100, 1000])('uses at least 99%% of a grant of %d with timers up to 1.5 ms late', (rate) => {
    expect(usedOf(rate, { timerLateMs: 1.5, claimMs: 1 })).toBeGreaterThanOrEqual(0.99);
  });

  it.each([100, 1000])('uses as much of a grant of %d with claims of up to 50 ms, reserved ahead', (rate) => {
    const slow = { timerLateMs: 1.5, claimMs: 50 };
    expect(usedOf(rate, slow)).toBeLessThan(0.98);
    expect(usedOf(rate, { ...slow, aheadMs: 52 })).toBeGreaterThanOrEqual(0.99);
  });

  it('gives a place ahead of its time, to be written from then on', () => {
    const pacer = rested(1, 0);
    writeAt(pacer, 0);
    expect(pacer.reserve(980, true, 20)).toBeUndefined();
    expect(pacer.reserve(985, true, 20)).toMatchObject({ from: 1005 });
    expect(pacer.nextAt(985)).toBe(Number.POSITIVE_INFINITY);
  });

  it('leaves no gap behind a login: what comes then is spread from the first', () => {
    const pacer = new Pacer({ rate: 1000, guardMs: GUARD }, 0);
    let most = 0;
    for (let now = 0; now < 3_000; now += 1) most = Math.max(most, burstAt(pacer, now));
    expect(most).toBeLessThanOrEqual(2);
  });
});
