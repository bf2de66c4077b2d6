import { describe, expect, it } from '@jest/globals';
import { ordinaryMessages, pause, until, World } from '../support/index.js';

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
        await until('one is reported', () => world.results.all.length > 0, 20_000);
        // One a second is sent. Half way between two of them nothing is in flight: none is claimed yet, and the last one's end is stored.
        const accepted = async () => (await world.lghv.stats()).counts.accepted ?? 0;
        const before = await accepted();
        await until('one more is accepted', async () => (await accepted()) > before, 20_000);
        await pause(400);
        if (how === 'killed') await world.redis.kill();
        else world.redis.pause();
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
        expect(JSON.parse(left)).toMatchObject({ inFlight: 0 });
        // All that it held: those also whose way back was under way.
        expect(JSON.parse(left).jobs).toBeGreaterThan(1);

        if (how === 'killed') await world.redis.start();
        else world.redis.resume();
      } finally {
        await world.close();
      }
    },
    120_000,
  );
});
