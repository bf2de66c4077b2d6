import { describe, expect, it } from '@jest/globals';
import { KeepAlive, type KeepAlivePolicy } from './keepalive.js';

const idle: KeepAlivePolicy = { kind: 'idle', afterMs: 20_000, answerMs: 5000, maxUnanswered: 2 };
const interval: KeepAlivePolicy = { ...idle, kind: 'interval', afterMs: 60_000 };

describe('keepalive', () => {
  it('pings when we wrote nothing for the idle time', () => {
    const keepAlive = new KeepAlive(idle, 0);
    keepAlive.spoke(10_000);
    expect(keepAlive.dueAt()).toBe(30_000);
    expect(keepAlive.check(29_999)).toBe('quiet');
    expect(keepAlive.check(30_000)).toBe('ping');
  });

  it('calls the link lost after the last of N pings went unanswered', () => {
    const keepAlive = new KeepAlive(idle, 0);
    expect(keepAlive.check(20_000)).toBe('ping');
    expect(keepAlive.check(24_999)).toBe('quiet');
    expect(keepAlive.check(25_000)).toBe('ping');
    expect(keepAlive.check(30_000)).toBe('lost');
  });

  it('takes any inbound frame as proof of life', () => {
    const keepAlive = new KeepAlive(idle, 0);
    keepAlive.check(20_000);
    keepAlive.check(25_000);
    keepAlive.heard();
    expect(keepAlive.check(30_000)).toBe('quiet');
    expect(keepAlive.dueAt()).toBe(45_000);
  });

  it('does not let our own writes hide that nothing comes back', () => {
    const keepAlive = new KeepAlive(idle, 0);
    keepAlive.check(20_000);
    keepAlive.spoke(21_000);
    expect(keepAlive.check(25_000)).toBe('ping');
  });

  it('pings at a fixed interval whatever else is written, where the protocol wants that', () => {
    const keepAlive = new KeepAlive(interval, 0);
    keepAlive.spoke(59_000);
    expect(keepAlive.check(60_000)).toBe('ping');
    keepAlive.heard();
    keepAlive.spoke(100_000);
    expect(keepAlive.check(119_999)).toBe('quiet');
    expect(keepAlive.check(120_000)).toBe('ping');
  });
});
