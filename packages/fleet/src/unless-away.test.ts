import { describe, expect, it } from '@jest/globals';
import type { Store } from '@pabal/fate';
import { FakeClock } from '@pabal/session';
import { unlessAway } from './unless-away.js';

/** Work that does not end, with a Redis that is there or not. */
function waiting(state: Store['state']) {
  const store = { state };
  const clock = new FakeClock();
  let end = () => {};
  const work = new Promise<void>((resolve) => {
    end = resolve;
  });
  let answer: boolean | undefined;
  const told = unlessAway({ store, clock }, work).then((done) => {
    answer = done;
  });
  return { store, clock, end, told, answer: () => answer };
}

describe('waiting for work that needs Redis', () => {
  it('goes on for as long as Redis is there', async () => {
    const { clock, end, told, answer } = waiting('open');
    clock.advance(60_000);
    await Promise.resolve();
    expect(answer()).toBeUndefined();
    end();
    await told;
    expect(answer()).toBe(true);
  });

  it('ends two seconds after Redis went away', async () => {
    const { clock, store, told, answer } = waiting('open');
    clock.advance(10_000);
    store.state = 'away';
    clock.advance(1_900);
    await Promise.resolve();
    expect(answer()).toBeUndefined();
    clock.advance(200);
    await told;
    expect(answer()).toBe(false);
  });

  it('begins anew when Redis was back in between', async () => {
    const { clock, store, end, told, answer } = waiting('away');
    clock.advance(1_500);
    store.state = 'open';
    clock.advance(200);
    store.state = 'asserting';
    clock.advance(1_500);
    end();
    await told;
    expect(answer()).toBe(true);
  });
});
