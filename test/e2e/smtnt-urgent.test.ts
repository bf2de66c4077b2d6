import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drawLedger, idInText, ordinaryMessages, pause, picture, until, World } from '../support/index.js';

/** Messages whose images make 1 MByte, the most that a message may have (SMTNT 1.2). */
const LARGE = 3;
const PASSWORDS = 30;
const EVERY_MS = 100;
/**
 * What a one-time password may take from its queue to the gateway's eyes while images are on their way. The upload of
 * one message takes well over a second, and several stand in line: who waited for an upload to end would be far above
 * the first bound, and who waited for a few pieces of a file to be flushed stays far below it, also on a busy machine.
 */
const WORST_MS = 500;
const MEDIAN_MS = 100;

let world: World;

beforeAll(async () => {
  world = await World.open({ smtnt: ['--ack-delay', '5-20'], gateways: ['smtnt'] });
  await world.startReady('sender');
  // Whoever comes before the first login waits for that.
  await world.enqueue(ordinaryMessages(1, 'first', () => ({ priority: 'urgent' })));
  await world.settled(['first-0'], 30_000);
}, 60_000);

afterAll(() => world.close());

describe('P6: one-time passwords over a session that brings images', () => {
  it('overtake megabytes of them', async () => {
    const large = await Promise.all(
      Array.from({ length: LARGE }, async (_, i) => {
        const id = `large-${i}`;
        const { id: file } = await world.files.put(picture(id, 1_048_576, [1024, 768]).bytes);
        const [message] = ordinaryMessages(1, 'large', () => ({ channel: 'mms', files: [file] }));
        return {
          ...message,
          id,
          to: `0104466${1000 + i}`,
          from: '15881234',
          text: `[${id}]`,
          channel: 'mms' as const,
        };
      }),
    );
    const passwords = ordinaryMessages(PASSWORDS, 'otp', (i) => ({
      priority: 'urgent',
      to: `0104477${1000 + i}`,
    }));
    const enqueuedAt = new Map<string, number>();
    const began = Date.now();
    await world.enqueue(large);
    for (const password of passwords) {
      await pause(EVERY_MS);
      enqueuedAt.set(password.id ?? '', Date.now());
      await world.enqueue([password]);
    }
    const ids = ['first-0', ...[...large, ...passwords].map(({ id }) => id ?? '')];
    await world.settled(ids, 60_000);
    const entries = await world.smtnt.ledger();
    const uploadedAt = entries.filter(({ type }) => type === '6').map(({ at }) => at);
    const latencies = entries
      .filter(({ type, at }) => type === '4' && at > began && at < Math.max(...uploadedAt))
      .map(({ at, text }) => at - (enqueuedAt.get(idInText(text) ?? '') ?? 0))
      .sort((a, b) => a - b);
    const [median = 0, worst = 0] = [latencies[Math.floor(latencies.length / 2)], latencies.at(-1)];
    const perMessage = (Math.max(...uploadedAt) - began) / LARGE;
    process.stdout.write(
      `smtnt-urgent: ${latencies.length} passwords beside uploads of ${Math.round(perMessage)} ms each: ` +
        `median ${median.toFixed(1)} ms, worst ${worst.toFixed(1)} ms\n`,
    );
    expect(perMessage).toBeGreaterThan(2 * WORST_MS);
    expect(latencies.length).toBeGreaterThan(PASSWORDS / 2);
    expect(median).toBeLessThan(MEDIAN_MS);
    expect(worst).toBeLessThan(WORST_MS);
    await until('reported', async () =>
      (await world.smtnt.ledger()).every(({ reportAckedAt }) => reportAckedAt > 0),
    );
    expect((await drawLedger(world, { ids })).breaches).toEqual([]);
  }, 90_000);
});
