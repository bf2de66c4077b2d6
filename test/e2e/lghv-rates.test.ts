import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MessageInput } from '@pabal/message';
import { drawLedger, idInText, ordinaryMessages, pause, picture, until, World } from '../support/index.js';

const SECONDS = 6;
/** What BIND_ACK grants by its names, each with the messages that it is for. */
const GRANTS: Readonly<Record<string, { readonly rate: number; readonly shape: Shape }>> = {
  sms: { rate: 40, shape: () => ({}) },
  lms: { rate: 25, shape: () => ({ channel: 'lms', subject: '안내' }) },
  mms: {
    rate: 15,
    shape: (i) => ({ channel: 'mms', subject: '안내', files: [files[i % files.length] ?? ''] }),
  },
  kko: { rate: 30, shape: () => ({ channel: 'alimtalk', kakao: { senderKey: 'key', templateCode: 'T01' } }) },
  kkf: { rate: 20, shape: () => ({ channel: 'friendtalk', kakao: { senderKey: 'key' } }) },
};
type Shape = (i: number) => Partial<MessageInput>;
/** A one-time password that waits for nothing takes some tens of ms; behind a backlog of seconds it would show. */
const URGENT_MS = 1_000;
const IMAGE_BYTES = 300 * 1024;

let world: World;
let files: string[] = [];

beforeAll(async () => {
  const tps = Object.entries(GRANTS).map(([name, { rate }]) => `${name}=${rate}`);
  world = await World.open({
    lghv: ['--tps', tps.join(), '--ack-delay', '5-30'],
    hellovision: ['    imageReuse: 0'],
    gateways: ['hellovision'],
    // A claim that waits for the disk uses less of a grant: what is shown here is what the pacing uses.
    durability: 'memory',
    redis: { args: ['--appendfsync', 'no'] },
  });
  const pictures = Array.from({ length: 5 }, (_, i) => picture(`rates ${i}`, IMAGE_BYTES));
  files = await Promise.all(pictures.map(({ bytes }) => world.files.put(bytes).then(({ id }) => id)));
  await Promise.all([world.startReady('receiver'), world.startReady('sender')]);
});

afterAll(() => world.close());

const ids: string[] = [];
const enqueuedAt = new Map<string, number>();

describe('P4 P6: the five granted rates of an agent, with MMS of 300 KB', () => {
  it('each is kept and used, and one-time passwords wait behind none of them', async () => {
    const types = Object.entries(GRANTS).map(([name, { rate, shape }], n) =>
      ordinaryMessages(rate * SECONDS, `rate-${name}`, (i) => ({
        to: `010${4000 + n}${1000 + i}`,
        priority: 'bulk',
        ...shape(i),
      })),
    );
    // By turns, so that all begin at once.
    const bulk = types.flat();
    ids.push(...bulk.map(({ id = '' }) => id));
    await Promise.all(types.map((messages) => world.enqueue(messages)));
    await until('MMS are on their way', async () => (await world.lghv.ledger('?type=MMS')).length > 5);

    const passwords = ordinaryMessages(60, 'otp', (i) => ({ to: `0107777${1000 + i}`, priority: 'urgent' }));
    for (const message of passwords) {
      ids.push(message.id ?? '');
      enqueuedAt.set(message.id ?? '', Date.now());
      await world.enqueue([message]);
      await pause(60);
    }
    await world.settled(ids, 60_000);
    await pause(500); // results that should not come

    const ledger = await drawLedger(world, { ids });
    process.stdout.write(`ledger lghv-rates: ${JSON.stringify(ledger.summary)}\n`);
    expect(ledger.breaches).toEqual([]);
    expect(ledger.summary).toMatchObject({ delivered: ids.length, 'accepted 1×': ids.length });
  }, 90_000);

  it.each(Object.entries(GRANTS))(
    '%s: never more than granted within a second for certain, and used',
    async (name, { rate }) => {
      const figures = (await world.lghv.stats()).rates.find(({ domain }) => domain === `demo/S1/${name}`);
      if (!figures) throw new Error(`nothing was sent of ${name}`);
      process.stdout.write(
        `rate ${name}: ${figures.count} submits, largest second ${figures.largestSecond} of ` +
          `${rate} (own lag ${figures.largestSecondLagMs.toFixed(0)} ms), ${(figures.usedShare * 100).toFixed(1)}% used\n`,
      );
      expect(figures).toMatchObject({ grant: rate });
      expect(figures.count).toBeGreaterThanOrEqual(rate * SECONDS);
      expect(figures.largestCertainSecond).toBeLessThanOrEqual(rate);
      expect(figures.usedShare).toBeGreaterThanOrEqual(0.95);
    },
  );

  it('a one-time password is at the gateway within a second, while images of 300 KB go to the other server', async () => {
    const all = (await world.lghv.ledger('?type=SMS'))
      .map(({ at, text }) => at - (enqueuedAt.get(idInText(text) ?? '') ?? Number.NaN))
      .filter((ms) => !Number.isNaN(ms))
      .sort((a, b) => a - b);
    process.stdout.write(
      `passwords beside MMS: median ${all[all.length / 2]?.toFixed(0)} ms, longest ${all.at(-1)?.toFixed(0)} ms\n`,
    );
    expect(all).toHaveLength(enqueuedAt.size);
    expect(all.at(-1)).toBeLessThan(URGENT_MS);
  });

  it('imageReuse 0: every image went along with its data', async () => {
    const parts = (await world.lghv.ledger('?type=MMS')).flatMap(
      ({ extra }) => extra.PARTS as { DATATYPE: string; DATA_SIZE: number }[],
    );
    const images = parts.filter(({ DATATYPE }) => DATATYPE === 'i');
    expect(images.length).toBe((GRANTS.mms?.rate ?? 0) * SECONDS);
    expect(images.filter(({ DATA_SIZE }) => DATA_SIZE !== IMAGE_BYTES)).toEqual([]);
  });
});
