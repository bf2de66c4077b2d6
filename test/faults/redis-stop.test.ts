import { describe, expect, it } from '@jest/globals';
import { ordinaryMessages, until, World } from '../support/index.js';

/** Noticing that Redis is away, two seconds of patience, and what a loaded machine takes for the rest. */
const LIMIT_MS = 12_000;

describe('a stop while Redis is away', () => {
  it.concurrent.each(['killed', 'frozen'] as const)(
    '(%s) with nothing in flight is soon over, in order, and says what stays behind',
    async (how) => {
      const world = await World.open({ lghv: ['--tps', 'sms=1'], gateways: ['hellovision'] });
      try {
        const sender = await world.startReady('sender');
        const receiver = await world.startReady('receiver');
        const messages = ordinaryMessages(20, `stop-${how}`, () => ({ gateway: 'hellovision' }));
        await world.enqueue(messages);
        await until('some are accepted', async () => (await world.lghv.stats()).counts.accepted > 1, 20_000);
        await until('and reported', () => world.results.all.length > 0, 20_000);
        if (how === 'killed') await world.redis.kill();
        else world.redis.pause();
        // What was written has its answer by then, and nothing more is.
        await until(
          'Redis is missed',
          () => [sender, receiver].every(({ lines }) => lines.some((line) => line.includes('store.away'))),
          15_000,
        );
        const at = Date.now();
        sender.signal('SIGTERM');
        receiver.signal('SIGTERM');
        const codes = await Promise.all([sender.exited, receiver.exited]);
        const tookMs = Date.now() - at;
        process.stdout.write(`stopped without Redis (${how}) in ${tookMs} ms\n`);
        expect(codes).toEqual([0, 0]);
        expect(tookMs).toBeLessThan(LIMIT_MS);
        const left = sender.lines.find((line) => line.includes('stop.leftBehind')) ?? '{}';
        expect(JSON.parse(left)).toMatchObject({ inFlight: 0, jobs: expect.any(Number) });

        if (how === 'killed') await world.redis.start();
        else world.redis.resume();
      } finally {
        await world.close();
      }
    },
    120_000,
  );
});
