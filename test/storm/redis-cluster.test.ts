import { describe, expect, it } from '@jest/globals';
import { startPrivateCluster } from '@pabal/local-redis';
import { Cluster } from 'ioredis';
import { drawLedger, ordinaryMessages, pause, until, World } from '../support/index.js';

const COUNT = 400;
const PREFIX = '{pabal}';

describe('P1 P2: a fleet in a cluster whose node is killed', () => {
  it('goes on with the replica, loses nothing and sends nothing twice', async () => {
    const cluster = await startPrivateCluster({ masters: 3, replicas: 1 });
    let world: World | undefined;
    try {
      const owner = await cluster.ownerOf(`${PREFIX}:`);
      const [first = owner, second = owner] = cluster.nodes.filter((node) => node !== owner);
      const nodes = [first, second].map(({ port }) => ({ host: '127.0.0.1', port }));
      const yaml = nodes.map(({ host, port }) => `{ host: ${host}, port: ${port} }`).join(', ');
      world = await World.open({
        lghv: ['--tps', 'sms=50', '--ack-delay', '50-200', '--report-delay', '100-1000'],
        smtnt: ['--speed', '50', '--ack-delay', '50-200', '--report-delay', '100-1000'],
        prefix: PREFIX,
        place: {
          location: { cluster: { nodes }, prefix: PREFIX },
          yaml: `cluster: { nodes: [${yaml}] }`,
          // As services read results without the client.
          reader: () => {
            const reader = new Cluster(nodes, {
              redisOptions: { maxRetriesPerRequest: null },
              clusterRetryStrategy: () => 200,
            });
            reader.on('error', () => {});
            return reader;
          },
        },
      });
      const { lghv, smtnt } = world;
      const [sender] = await Promise.all([world.startReady('sender'), world.startReady('receiver')]);
      const said = await sender.line(/a failover loses what the replica had not yet received/);
      expect(JSON.parse(said)).toMatchObject({ msg: 'redis.durability' });
      const messages = ordinaryMessages(COUNT, 'cluster');
      const ids = messages.map(({ id }) => id ?? '');
      await world.enqueue(messages);
      const accepted = async () =>
        (await lghv.stats()).counts.accepted + (await smtnt.stats()).counts.accepted;
      await until('a third of them accepted', async () => (await accepted()) > COUNT / 3, 60_000);
      await owner.kill();
      await world.settled(ids, 90_000);
      await pause(2_000);
      const { summary, breaches } = await drawLedger(world, { ids, mayRepeat: true });
      process.stdout.write(`ledger redis-cluster: ${JSON.stringify(summary)}\n`);
      expect(breaches).toEqual([]);
    } finally {
      await world?.close();
      await cluster.stop();
    }
  }, 240_000);
});
