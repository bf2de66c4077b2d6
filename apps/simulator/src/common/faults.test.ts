import { describe, expect, it } from '@jest/globals';
import { FaultError, Faults, faultNumber, parseFault } from './faults.js';
import { createRandom } from './random.js';

const strikes = (faults: Faults, times: number) =>
  Array.from({ length: times }, () => (faults.strike('neverAck') ? 1 : 0)).join('');

describe('faults', () => {
  it('strike only while they are on', () => {
    const faults = new Faults(Math.random);
    expect(strikes(faults, 2)).toBe('00');
    faults.set('neverAck');
    expect(strikes(faults, 2)).toBe('11');
    faults.clear('neverAck');
    expect(strikes(faults, 2)).toBe('00');
  });

  it('let the first opportunities pass and stop after their count', () => {
    const faults = new Faults(Math.random);
    faults.set('neverAck', { after: 2, count: 3 });
    expect(strikes(faults, 8)).toBe('00111000');
    expect(faults.list()).toEqual([{ name: 'neverAck', after: 2, count: 3, struck: 3 }]);
  });

  it('strike at the same opportunities for the same seed', () => {
    const run = (seed: number) => {
      const faults = new Faults(createRandom(seed));
      faults.set('neverAck', { probability: 0.3 });
      return strikes(faults, 200);
    };
    expect(run(5)).toBe(run(5));
    expect(run(5)).not.toBe(run(6));
    const share = run(5).replaceAll('0', '').length / 200;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.4);
  });

  it('are read from a command line with a value and settings', () => {
    expect(parseFault('neverAck')).toEqual({ name: 'neverAck', spec: {} });
    expect(parseFault('slowAck=500,probability:0.1,after:100,count:5')).toEqual({
      name: 'slowAck',
      spec: { value: '500', probability: 0.1, after: 100, count: 5 },
    });
    expect(() => parseFault('slowAck=x:1')).toThrow(FaultError);
  });

  it('of an unknown name or with a setting out of range are refused', () => {
    const faults = new Faults(Math.random);
    expect(() => faults.set('toString')).toThrow('unknown fault toString');
    expect(() => faults.set('neverAck', { probability: 1.5 })).toThrow(
      'probability must be a number from 0 to 1',
    );
    expect(() => faults.set('neverAck', { after: Number.NaN })).toThrow(FaultError);
  });

  it('fall back to the default where the value is no number', () => {
    expect([faultNumber({ value: '50' }, 9), faultNumber({}, 9), faultNumber({ value: 'x' }, 9)]).toEqual([
      50, 9, 9,
    ]);
  });
});
