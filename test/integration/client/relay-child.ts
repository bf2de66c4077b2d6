/** A relay in a process of its own, to be killed: `node relay-child.js PLACE REDIS PREFIX`. Says how many it has sent. */
import { PabalClient } from '@pabal/client';
import { OutboxRelay, PostgresOutbox } from '@pabal/client/outbox';
import pg from 'pg';

const [place = '{}', redis = '', prefix = ''] = process.argv.slice(2);
const pool = new pg.Pool(JSON.parse(place) as pg.PoolConfig);
const pabal = await PabalClient.connect({ redis, prefix });
const relay = new OutboxRelay(new PostgresOutbox({ db: pool }), pabal, {
  batch: 7,
  leaseMs: 1_500,
  pollMs: 50,
  onEvent: (event) => process.stdout.write(`${JSON.stringify(event)}\n`),
});
relay.start();
process.once('SIGTERM', () => {
  void relay
    .stop()
    .then(() => pabal.close())
    .then(() => pool.end());
});
process.stdout.write('running\n');
