/**
 * Takes an order and sends a message about it in one transaction of PostgreSQL: both happen, or neither.
 *
 *   node examples/dist/outbox.js TO FROM [ORDER]
 *
 * DATABASE_URL says where PostgreSQL is, REDIS_URL and PABAL_PREFIX where the fleet is (default redis://127.0.0.1:6379 and
 * pabal). It makes a table `orders` and the outbox's own.
 */
import { PabalClient } from '@pabal/client';
import { OutboxRelay, outboxSchema, PostgresOutbox } from '@pabal/client/outbox';
import pg from 'pg';

const [to, from, order = String(Date.now())] = process.argv.slice(2);
if (to === undefined || from === undefined || process.env.DATABASE_URL === undefined) {
  console.error('usage: DATABASE_URL=postgresql://… node examples/dist/outbox.js TO FROM [ORDER]');
  process.exit(2);
}

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
await pool.query(`CREATE TABLE IF NOT EXISTS orders (id text PRIMARY KEY); ${outboxSchema()}`);
const outbox = new PostgresOutbox({ db: pool });

/** What a service does: it knows nothing of Redis, and its message goes if, and only if, its order stands. */
async function takeOrder(id: string, message: { to: string; from: string; text: string }): Promise<void> {
  const tx = await pool.connect();
  try {
    await tx.query('BEGIN');
    await outbox.put(tx, { id: `order-${id}`, channel: 'sms', ttlSeconds: 3_600, ...message });
    await tx.query('INSERT INTO orders VALUES ($1)', [id]);
    await tx.query('COMMIT');
  } catch (error) {
    await tx.query('ROLLBACK');
    throw error;
  } finally {
    tx.release();
  }
}

const text = `[달빛상점] 주문 ${order}이 접수되었습니다.`;
await takeOrder(order, { to, from, text });
console.log(`order-${order}: the order stands, its message waits`);
// The same order again fails on its key, and with it whatever message it had.
await takeOrder(order, { to, from, text }).catch((error: Error) => console.log(`again: ${error.message}`));

// Runs beside the service or in processes of its own, as many as you like.
const pabal = await PabalClient.connect({
  redis: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379',
  prefix: process.env.PABAL_PREFIX ?? 'pabal',
});
let carried: () => void = () => {};
const sent = new Promise<void>((resolve) => {
  carried = resolve;
});
const relay = new OutboxRelay(outbox, pabal, {
  onEvent: (event) => {
    if (event.kind === 'sent') carried();
    else console.error(event);
  },
});
relay.start();
await sent;
const { id, status, reason } = await pabal.follow(`order-${order}`);
console.log(`${id}: ${status}, ${reason.message.ko} (${reason.code})`);
await relay.stop();
await pabal.close();
await pool.end();
