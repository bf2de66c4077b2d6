import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { drawLedger, type Ledger, ordinaryMessages, pause, until, World } from '../support/index.js';
import { cutOffFollowers, MASTER_NAME, startWatched } from '../support/topologies.js';

const COUNT = 800;
/** What the replica lacks of its master when it takes over. */
const BEHIND_MS = 1_000;

function show(name: string, { summary, breaches }: Ledger): void {
  process.stdout.write(`ledger ${name}: ${JSON.stringify(summary)}\n`);
  expect(breaches).toEqual([]);
}

describe('P1 P2: a sentinel makes a replica master that is a second behind', () => {
  it('nothing is sent twice while the workers live, and results of that second come again identical', async () => {
    const watched = await startWatched();
    const sentinels = [{ host: '127.0.0.1', port: watched.sentinel.port }];
    let world: World | undefined;
    try {
      world = await World.open({
        lghv: ['--tps', 'sms=100', '--ack-delay', '50-300', '--report-delay', '100-1500'],
        smtnt: ['--speed', '100', '--ack-delay', '50-300', '--report-delay', '100-1500'],
        place: {
          location: { sentinels: { name: MASTER_NAME, nodes: sentinels } },
          yaml: `sentinels: { name: ${MASTER_NAME}, nodes: [{ host: 127.0.0.1, port: ${watched.sentinel.port} }] }`,
          reader: () => {
            const reader = new Redis({
              name: MASTER_NAME,
              sentinels,
              maxRetriesPerRequest: null,
              retryStrategy: () => 200,
            });
            reader.on('error', () => {});
            return reader;
          },
        },
      });
      const { lghv, smtnt, results } = world;
      await Promise.all([world.startReady('sender'), world.startReady('receiver')]);
      world.start('sender');
      const messages = ordinaryMessages(COUNT, 'failover', (i) => (i % 3 === 0 ? { priority: 'bulk' } : {}));
      const ids = messages.map(({ id }) => id ?? '');
      await world.enqueue(messages);
      const accepted = async () =>
        (await lghv.stats()).counts.accepted + (await smtnt.stats()).counts.accepted;
      await until('a third of them accepted', async () => (await accepted()) > COUNT / 3, 60_000);

      const [before, resultsBefore] = [await accepted(), results.all.length];
      await cutOffFollowers(watched.master);
      await pause(BEHIND_MS);
      const lost = (await accepted()) - before;
      const resultsLost = results.all.length - resultsBefore;
      await watched.master.kill();
      process.stdout.write(
        `the replica knows nothing of ${lost} submits and ${resultsLost} results that were taken meanwhile\n`,
      );
      // Else this would show nothing.
      expect(lost).toBeGreaterThan(10);
      await watched.promoted();

      await world.settled(ids, 90_000);
      await pause(2_000);
      show('redis-failover', await drawLedger(world, { ids, mayRepeat: true }));
    } finally {
      await world?.close();
      await watched.stop();
    }
  }, 240_000);
});
