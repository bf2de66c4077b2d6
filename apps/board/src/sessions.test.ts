import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '@pabal/session';
import { IDLE_MS, SESSION_MS, Sessions } from './sessions.js';

describe('a session', () => {
  it('is known by its token until it is closed', () => {
    const sessions = new Sessions(new FakeClock());
    const token = sessions.open();
    expect(sessions.use(token)).toBe(true);
    expect(sessions.use(`${token}x`)).toBe(false);
    sessions.close(token);
    expect(sessions.use(token)).toBe(false);
  });

  it('ends when nobody used it for two hours', () => {
    const clock = new FakeClock();
    const sessions = new Sessions(clock);
    const token = sessions.open();
    clock.advance(IDLE_MS - 1);
    expect(sessions.use(token)).toBe(true);
    clock.advance(IDLE_MS);
    expect(sessions.use(token)).toBe(false);
  });

  it('ends after twelve hours, however much it is used', () => {
    const clock = new FakeClock();
    const sessions = new Sessions(clock);
    const token = sessions.open();
    for (let at = 0; at < SESSION_MS - 3_600_000; at += 3_600_000) {
      clock.advance(3_600_000);
      expect(sessions.use(token)).toBe(true);
    }
    clock.advance(3_600_000);
    expect(sessions.use(token)).toBe(false);
  });

  it('makes room for the thousand and first by ending the one unused for longest', () => {
    const sessions = new Sessions(new FakeClock());
    const first = sessions.open();
    const second = sessions.open();
    sessions.use(first);
    for (let i = 0; i < 999; i++) sessions.open();
    expect(sessions.use(second)).toBe(false);
    expect(sessions.use(first)).toBe(true);
  });
});
