import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drawLedger, idInText, ordinaryMessages, World } from '../support/index.js';

/** Submits a second that each gateway grants. */
const GRANT = { lghv: 60, smtnt: 30 } as const;
const COUNT = 540;

let world: World;

beforeAll(async () => {
  const delays = ['--ack-delay', '5-20', '--report-delay', '50-200'];
  world = await World.open({
    lghv: ['--tps', `sms=${GRANT.lghv},lms=20`, ...delays],
    smtnt: ['--speed', String(GRANT.smtnt), ...delays],
    // A claim that waits for the disk uses less of a grant: what is shown here is what the pacing uses.
    durability: 'memory',
    redis: { args: ['--appendfsync', 'no'] },
  });
  const [, ...senders] = (['receiver', 'sender', 'sender'] as const).map((role) => world.start(role));
  // One owns the one gateway, one the other.
  await Promise.all(senders.map((sender) => sender.line(/"to":"ready"/, 40_000)));
}, 60_000);

afterAll(() => world.close());

describe('a route that balances', () => {
  it('uses each grant, so that each gateway has the share that its grant is of both', async () => {
    const messages = ordinaryMessages(COUNT, 'balance');
    const ids = messages.map(({ id = '' }) => id);
    await world.enqueue(messages);
    await world.settled(ids, 60_000);
    for (const [name, grant] of Object.entries(GRANT)) {
      const entries = await world[name as keyof typeof GRANT].ledger();
      const times = entries.filter(({ text }) => idInText(text)?.startsWith('balance-')).map(({ at }) => at);
      // Of the last fifth one sender may hold more than its share (16 messages, or a quarter of a second's): until then
      // both are busy all the time. A tenth is left to a machine that does other things.
      const busy = times.slice(0, Math.ceil(times.length * 0.8));
      const busyS = ((busy.at(-1) ?? 0) - (busy[0] ?? 0)) / 1_000;
      expect((busy.length - 1) / (busyS * grant)).toBeGreaterThan(0.9);
      // 16 and some messages of 540, and the moment between the two logins.
      expect(Math.abs(times.length / COUNT - grant / 90)).toBeLessThan(0.08);
    }
    const ledger = await drawLedger(world, { ids });
    process.stdout.write(`ledger balance: ${JSON.stringify(ledger.summary)}\n`);
    expect(ledger.breaches).toEqual([]);
  }, 90_000);
});
