import { describe, expect, it } from '@jest/globals';
import { drawLedger, ordinaryMessages, pause, World } from '../support/index.js';

describe('P4: within the grant, and using it', () => {
  it('at 100 a second for 20 s: never more than 100 within a second for certain, at least 99% used', async () => {
    const world = await World.open({
      lghv: ['--tps', 'sms=100,lms=50', '--ack-delay', '10-40'],
      smtnt: ['--speed', '100', '--ack-delay', '10-40'],
      // A claim that waits for the disk uses less of a grant: what is shown here is what the pacing uses.
      durability: 'memory',
      redis: { args: ['--appendfsync', 'no'] },
    });
    try {
      await world.startReady('receiver');
      await world.startReady('sender');
      const messages = ordinaryMessages(4_000, 'rate');
      await world.enqueue(messages);
      const ids = messages.map(({ id }) => id ?? '');
      await world.settled(ids, 60_000);
      await pause(1_000);
      for (const simulator of [world.lghv, world.smtnt]) {
        const rates = (await simulator.stats()).rates.filter(({ count }) => count > 1_000);
        expect(rates).toHaveLength(1);
        for (const rate of rates) {
          process.stdout.write(
            `rate ${rate.domain}: ${rate.count} submits, ${rate.largestCertainSecond} within a second for certain` +
              `, largest ${rate.largestSecond} (own lag ${rate.largestSecondLagMs.toFixed(1)} ms), ${(rate.usedShare * 100).toFixed(2)}% used\n`,
          );
          expect(rate.largestCertainSecond).toBeLessThanOrEqual(100);
          expect(rate.usedShare).toBeGreaterThanOrEqual(0.99);
        }
      }
      const ledger = await drawLedger(world, { ids });
      expect(ledger.breaches).toEqual([]);
    } finally {
      await world.close();
    }
  }, 120_000);
});
