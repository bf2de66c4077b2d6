import { expect, it } from '@jest/globals';
import { drawLedger, until, World } from '../support/index.js';

/** So long a gateway wants no other login after one that it refused (LGHV 1.3.2, SMTNT 1.2), ms. */
const REST_MS = { hellovision: 10_000, smtnt: 30_000 } as const;
const GATEWAYS = ['hellovision', 'smtnt'] as const;
/** So late the test may see what was logged, ms. */
const SEEN_MS = 2_000;

it('P5: who takes over an agent whose login was refused waits as long as the gateway asks, though another process was told', async () => {
  const world = await World.open({});
  try {
    const first = world.start('sender');
    await Promise.all([world.lghv, world.smtnt].map((each) => each.fault('refuseLogin', { count: 1 })));
    const refused = await Promise.all(
      GATEWAYS.map(async (gateway) => {
        const line = await first.line(new RegExp(`"gateway":"${gateway}".*"session.loginRefused"`));
        const { session } = JSON.parse(line) as { session: string };
        return { gateway, session };
      }),
    );
    const refusedAt = Date.now();
    first.signal('SIGTERM');
    await first.exited;
    expect(Date.now() - refusedAt).toBeLessThan(REST_MS.hellovision);

    const second = world.start('sender');
    for (const { gateway, session } of refused) {
      await second.line(new RegExp(`"gateway":"${gateway}".*"session":"${session}".*"to":"ready"`), 60_000);
      const took = Date.now() - refusedAt;
      process.stdout.write(`${gateway}: logged in again ${took} ms after the refusal was seen\n`);
      expect(took).toBeGreaterThan(REST_MS[gateway] - SEEN_MS);
      expect(took).toBeLessThan(REST_MS[gateway] + 10_000);
    }
    // The simulators count a login that comes too soon.
    const { breaches } = await drawLedger(world, { ids: [] });
    expect(breaches).toEqual([]);
    await until(
      'the rests to be over',
      async () => (await world.connection.keys('*:rests:*')).length === 0,
      40_000,
    );
  } finally {
    await world.close();
  }
}, 180_000);
