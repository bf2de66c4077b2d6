import { describe, expect, it } from '@jest/globals';
import { FakeClock } from './clock.js';
import type { KeepAlivePolicy } from './keepalive.js';
import { Pinger } from './pinger.js';

const usual: KeepAlivePolicy = { kind: 'idle', afterMs: 20_000, answerMs: 5000, maxUnanswered: 1 };

function start(policy: KeepAlivePolicy = usual) {
  const clock = new FakeClock();
  const did: string[] = [];
  const link = { paused: false };
  const pinger = new Pinger(clock, policy, {
    isPaused: () => link.paused,
    ping: () => void did.push(`ping ${clock.now()}`),
    lost: () => void did.push(`lost ${clock.now()}`),
  });
  return { clock, did, link, pinger };
}

describe('pinger', () => {
  it('pings, and tells once that the link is lost', () => {
    const { clock, did } = start();
    clock.advance(60_000);
    expect(did).toEqual(['ping 20000', 'lost 25000']);
    expect(clock.armed).toBe(0);
  });

  it('looks again after something was written, without a timer for each write', () => {
    const { clock, did, pinger } = start();
    for (let now = 1000; now <= 15_000; now += 1000) {
      clock.advance(1000);
      pinger.spoke(clock.now());
    }
    expect(clock.armed).toBe(1);
    clock.advance(19_999);
    expect(did).toEqual([]);
    clock.advance(1);
    expect(did).toEqual(['ping 35000']);
  });

  it('pings as often as it is told to, also where an answer might take longer than that', () => {
    const { clock, did, pinger } = start({ ...usual, afterMs: 2000 });
    for (let pings = 0; pings < 3; pings++) {
      clock.advance(2000);
      pinger.heard();
    }
    expect(did).toEqual(['ping 2000', 'ping 4000', 'ping 6000']);
    expect(clock.armed).toBe(1);
    clock.advance(7000);
    expect(did.slice(3)).toEqual(['ping 8000', 'lost 13000']);
  });

  it('does not take silence for a loss while nothing is read', () => {
    const { clock, did, link } = start();
    clock.advance(20_000);
    link.paused = true;
    clock.advance(5000);
    expect(did).toEqual(['ping 20000']);
  });

  it('does not take silence for a loss after the whole process stood still', () => {
    const { clock, did } = start();
    clock.advance(20_000);
    const now = clock.now.bind(clock);
    clock.now = () => now() + 600_000;
    clock.advance(5000);
    expect(did.some((what) => what.startsWith('lost'))).toBe(false);
  });

  it('leaves no timer when it is stopped', () => {
    const { clock, did, pinger } = start();
    pinger.stop();
    clock.advance(60_000);
    expect(did).toEqual([]);
    expect(clock.armed).toBe(0);
  });
});
