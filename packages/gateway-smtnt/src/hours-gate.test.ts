import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '@pabal/session';
import { HoursGate } from './hours-gate.js';

const HOUR = 3_600_000;

function gateAt(time: string) {
  const clock = new FakeClock();
  const start = Date.parse(`2026-03-02T${time}:00+09:00`);
  const opened: number[] = [];
  const gate = new HoursGate({
    clock,
    fleetNow: () => start + clock.now(),
    onOpen: () => opened.push(clock.now()),
  });
  return { clock, gate, opened };
}

describe('HoursGate', () => {
  it('is open before any login told its hours', () => {
    const { clock, gate } = gateAt('03:00');
    expect(gate.opensAt()).toBe(Number.NEGATIVE_INFINITY);
    expect(clock.armed).toBe(0);
  });

  it('says Infinity while closed, and tells once when the hour has come', () => {
    const { clock, gate, opened } = gateAt('07:00');
    gate.learn({ begin: 9, end: 18 });
    expect(gate.opensAt()).toBe(Number.POSITIVE_INFINITY);
    expect(gate.opensAt()).toBe(Number.POSITIVE_INFINITY);
    expect(clock.armed).toBe(1);
    clock.advance(2 * HOUR - 1);
    expect(opened).toEqual([]);
    clock.advance(1);
    expect(opened).toEqual([2 * HOUR]);
    expect(gate.opensAt()).toBe(Number.NEGATIVE_INFINITY);
  });

  it('closes by itself when the hours end', () => {
    const { clock, gate } = gateAt('17:00');
    gate.learn({ begin: 9, end: 18 });
    expect(gate.opensAt()).toBe(Number.NEGATIVE_INFINITY);
    clock.advance(HOUR);
    expect(gate.opensAt()).toBe(Number.POSITIVE_INFINITY);
    expect(gate.untilOpenMs()).toBe(15 * HOUR);
  });

  it('goes by the hours of the latest login', () => {
    const { clock, gate, opened } = gateAt('07:00');
    gate.learn({ begin: 9, end: 18 });
    gate.opensAt();
    gate.learn({ begin: 0, end: 24 });
    expect(clock.armed).toBe(0);
    expect(gate.opensAt()).toBe(Number.NEGATIVE_INFINITY);
    expect(opened).toEqual([]);
  });

  it('leaves no timer behind once stopped', () => {
    const { clock, gate } = gateAt('07:00');
    gate.learn({ begin: 9, end: 18 });
    gate.opensAt();
    gate.stop();
    expect(gate.opensAt()).toBe(Number.POSITIVE_INFINITY);
    expect(clock.armed).toBe(0);
  });
});
