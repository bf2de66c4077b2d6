import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MessageInput } from '@pabal/message';
import type { RateFigures } from '@pabal/simulator';
import { drawLedger, ordinaryMessages, pause, picture, type Simulator, World } from '../support/index.js';

/** 10 Mbit/s: an image of 300 KB takes a quarter of a second of it. */
const LGHV_BYTES_PER_SECOND = 1_250_000;
/** Slower than pieces of a file are written, so that much more of them waits in the kernel than in a line of LGHV. */
const SMTNT_BYTES_PER_SECOND = 500_000;
const SECONDS = 8;
/** What shares the mms server, by the names of BIND_ACK; MMS alone fill three quarters of the line. */
const GRANTS = { lms: 25, mms: 3, kko: 30, kkf: 20 } as const;
const IMAGE_BYTES = 300 * 1024;
/** Granted to the SMTNT account, over all types. */
const SPEED = 40;
const UPLOADS = 3;
const UPLOAD_BYTES = 1_048_576;
/**
 * What is behind a large frame counts from its answer, so a place is away for as long as the line takes. That costs a
 * part of the grant, and no more than this remains at least.
 */
const USED_AT_LEAST = 0.5;

type Shape = Partial<MessageInput>;

function bulk(name: string, count: number, prefix: string, shape: (i: number) => Shape): MessageInput[] {
  return ordinaryMessages(count, name, (i) => ({
    to: `${prefix}${1000 + i}`,
    priority: 'bulk',
    ...shape(i),
  }));
}

/** Images that differ, stored where messages find them. */
function stored(world: World, count: number, bytes: number): Promise<string[]> {
  const pictures = Array.from({ length: count }, (_, i) => picture(`slow ${bytes} ${i}`, bytes, [1024, 768]));
  return Promise.all(pictures.map(async (each) => (await world.files.put(each.bytes)).id));
}

async function figuresOf(simulator: Simulator, domain: string): Promise<RateFigures> {
  const { rates } = await simulator.stats();
  const figures = rates.find((each) => each.domain === domain);
  if (!figures) throw new Error(`nothing was sent of ${domain}, only of ${rates.map((each) => each.domain)}`);
  process.stdout.write(
    `slow line ${domain}: ${figures.count} submits, largest second ${figures.largestSecond} of ${figures.grant} ` +
      `(own lag ${figures.largestSecondLagMs.toFixed(1)} ms), certain ${figures.largestCertainSecond}, ` +
      `${(figures.usedShare * 100).toFixed(1)}% used\n`,
  );
  return figures;
}

function expectWithin(figures: RateFigures): void {
  expect(figures.largestCertainSecond).toBeLessThanOrEqual(figures.grant);
  expect(figures.usedShare).toBeGreaterThanOrEqual(USED_AT_LEAST);
}

async function expectNoBreach(world: World, messages: readonly MessageInput[]): Promise<void> {
  const ids = messages.map(({ id = '' }) => id);
  await world.settled(ids, 80_000);
  await pause(500); // results that should not come
  const ledger = await drawLedger(world, { ids });
  process.stdout.write(`ledger slow-line: ${JSON.stringify(ledger.summary)}\n`);
  expect(ledger.breaches).toEqual([]);
  expect(ledger.summary).toMatchObject({ delivered: ids.length, 'accepted 1×': ids.length });
}

describe('P4 at LGHV: what shares a slow line with MMS of 300 KB', () => {
  let world: World;

  beforeAll(async () => {
    const tps = Object.entries(GRANTS).map(([name, rate]) => `${name}=${rate}`);
    world = await World.open({
      lghv: ['--tps', tps.join(), '--ack-delay', '5-30', '--line-speed', `${LGHV_BYTES_PER_SECOND}`],
      hellovision: ['    imageReuse: 0'],
      gateways: ['hellovision'],
    });
    await Promise.all([world.startReady('receiver'), world.startReady('sender')]);
  });

  afterAll(async () => {
    await world.close();
  });

  it('comes whole, and is never refused for its rate', async () => {
    const files = await stored(world, 5, IMAGE_BYTES);
    const kakao = { senderKey: 'key' };
    const types = [
      bulk('lms', GRANTS.lms * SECONDS, '0104100', () => ({ channel: 'lms', subject: '안내' })),
      bulk('mms', GRANTS.mms * SECONDS, '0104200', (i) => ({
        channel: 'mms',
        subject: '안내',
        files: [files[i % files.length] ?? ''],
      })),
      bulk('kko', GRANTS.kko * SECONDS, '0104300', () => ({
        channel: 'alimtalk',
        kakao: { ...kakao, templateCode: 'T01' },
      })),
      bulk('kkf', GRANTS.kkf * SECONDS, '0104400', () => ({ channel: 'friendtalk', kakao })),
    ];
    await Promise.all(types.map((messages) => world.enqueue(messages)));
    await expectNoBreach(world, types.flat());
  }, 90_000);

  it.each(Object.entries(GRANTS))(
    '%s: in no second more than granted, and much of it used',
    async (name, grant) => {
      const figures = await figuresOf(world.lghv, `demo/S1/${name}`);
      expect(figures).toMatchObject({ grant });
      expectWithin(figures);
    },
  );
});

describe('P4 at SMTNT: what shares a slow line with uploads of 1 MByte', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.open({
      smtnt: ['--speed', `${SPEED}`, '--ack-delay', '5-20', '--line-speed', `${SMTNT_BYTES_PER_SECOND}`],
      gateways: ['smtnt'],
    });
    await world.startReady('sender');
  });

  afterAll(async () => {
    await world.close();
  });

  it('comes whole, and is never refused for its rate', async () => {
    const files = await stored(world, UPLOADS, UPLOAD_BYTES);
    const large = bulk('large', UPLOADS, '0104500', (i) => ({ channel: 'mms', files: [files[i] ?? ''] }));
    const small = bulk('small', SPEED * SECONDS, '0104600', () => ({}));
    await world.enqueue([...large, ...small]);
    await expectNoBreach(world, [...large, ...small]);
  }, 90_000);

  it('in no second more than granted, and much of it used', async () => {
    const [domain = ''] = (await world.smtnt.stats()).rates.map((each) => each.domain);
    const figures = await figuresOf(world.smtnt, domain);
    expect(figures).toMatchObject({ grant: SPEED });
    expectWithin(figures);
  });
});
