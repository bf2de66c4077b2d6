import { describe, expect, it } from '@jest/globals';
import { InFlightWindow, windowFor } from './window.js';

describe('in-flight window', () => {
  it('gives an entry back to the first ack and counts the second as duplicate', () => {
    const window = new InFlightWindow<string>();
    expect(window.reserve('1', 'sms', 'a', 0)).toBe(true);
    expect(window.settle('1')).toEqual({ result: 'settled', value: 'a' });
    expect(window.settle('1')).toEqual({ result: 'duplicate' });
    expect(window.counts).toEqual({ duplicate: 1, late: 0, unknown: 0 });
    expect(window.size()).toBe(0);
  });

  it('refuses a wire id that is in flight and leaves the first entry as it was', () => {
    const window = new InFlightWindow<string>();
    window.reserve('1', 'sms', 'a', 0);
    expect(window.reserve('1', 'sms', 'b', 5)).toBe(false);
    expect(window.settle('1').value).toBe('a');
  });

  it('expires what is old enough, oldest first, and counts an ack after that as late', () => {
    const window = new InFlightWindow<string>();
    window.reserve('1', 'sms', 'a', 0);
    window.reserve('2', 'sms', 'b', 10);
    window.reserve('3', 'sms', 'c', 20);
    expect(window.expire(109, 100)).toEqual(['a']);
    expect(window.expire(110, 100)).toEqual(['b']);
    expect(window.oldestAt()).toBe(20);
    expect(window.settle('1')).toEqual({ result: 'late' });
    expect(window.settle('3').result).toBe('settled');
    expect(window.counts).toEqual({ duplicate: 0, late: 1, unknown: 0 });
    expect(window.oldestAt()).toBeUndefined();
  });

  it('gives everything out once when the connection is gone', () => {
    const window = new InFlightWindow<string>();
    window.reserve('1', 'sms', 'a', 0);
    window.reserve('2', 'lms', 'b', 10);
    expect(window.abandon()).toEqual(['a', 'b']);
    expect(window.abandon()).toEqual([]);
    expect(window.settle('2').result).toBe('late');
  });

  it('counts lanes apart', () => {
    const window = new InFlightWindow<string>();
    window.reserve('1', 'sms', 'a', 0);
    window.reserve('2', 'lms', 'b', 0);
    window.reserve('3', 'sms', 'c', 0);
    expect([window.size('sms'), window.size('lms'), window.size('mms'), window.size()]).toEqual([2, 1, 0, 3]);
    window.settle('3');
    expect(window.size('sms')).toBe(1);
  });

  it('takes a wire id again after it left: a probe carries the same one', () => {
    const window = new InFlightWindow<string>();
    window.reserve('1', 'sms', 'a', 0);
    window.abandon();
    expect(window.reserve('1', 'sms', 'b', 50)).toBe(true);
    expect(window.settle('1')).toEqual({ result: 'settled', value: 'b' });
  });

  it('counts an ack for something never written as unknown, and forgets old ids', () => {
    const window = new InFlightWindow<string>();
    expect(window.settle('9')).toEqual({ result: 'unknown' });
    for (let i = 0; i <= 4096 + 256; i += 1) {
      window.reserve(`${i}`, 'sms', 'a', i);
      window.settle(`${i}`);
    }
    expect(window.settle('256').result).toBe('unknown');
    expect(window.settle('257').result).toBe('duplicate');
  });

  it.each([
    [0, 32],
    [16, 32],
    [100, 200],
    [333.3, 667],
    [1000, 2000],
    [5000, 2000],
  ])('a grant of %d a second needs a window of %d', (granted, size) => {
    expect(windowFor(granted)).toBe(size);
  });
});
