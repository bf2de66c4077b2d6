import { describe, expect, it } from '@jest/globals';
import type { MessageInput } from '@pabal/message';
import {
  drawLedger,
  type Ledger,
  ordinaryMessages,
  pause,
  picture,
  until,
  World,
  type WorldOptions,
} from '../support/index.js';

/** `npm run test:long` sends more, and freezes for longer; what is promised is the same. */
const FULL = process.env.PABAL_FULL !== undefined;
const COUNT = FULL ? 2_000 : 1_000;
/** Longer than a lease, so that somebody else owns the sessions of who thaws. */
const FROZEN_MS = FULL ? 40_000 : 22_000;
/** A take-over must begin within this. */
const TAKE_OVER_MS = 15_000;
const HAND_OVER_MS = 20_000;
/** Slow enough answers that dozens of submits are in flight when a process ends, some reported late enough to be probed. */
const OPTIONS: WorldOptions = {
  lghv: [
    '--tps',
    'sms=100,lms=50,mms=50',
    '--ack-delay',
    '200-600',
    '--report-delay',
    '100-1500',
    '--report-repeat',
    '3000',
  ],
  smtnt: [
    '--speed',
    '100',
    '--ack-delay',
    '200-600',
    '--report-delay',
    '100-14000',
    '--report-repeat',
    '3000',
  ],
};

/** Some reports of LGHV come so late that what was in flight is offered again before them. */
const LATE_REPORTS: WorldOptions = {
  ...OPTIONS,
  lghv: [...(OPTIONS.lghv ?? []), '--report-delay', '100-14000'],
};

/** Prints the ledger as a line of the run, and fails with every breach. */
function show(name: string, { summary, breaches }: Ledger): void {
  process.stdout.write(`ledger ${name}: ${JSON.stringify(summary)}\n`);
  expect(breaches).toEqual([]);
}

async function accepted(world: World): Promise<number> {
  const [lghv, smtnt] = await Promise.all([world.lghv.stats(), world.smtnt.stats()]);
  return lghv.counts.accepted + smtnt.counts.accepted;
}

/** Each tenth an MMS, from many numbers so that its image goes along often, and each tenth an Alimtalk. */
function richly(i: number, file: string): Partial<MessageInput> {
  if (i % 10 === 7) {
    return {
      channel: 'mms',
      subject: '안내',
      files: [file],
      from: `1588${1000 + (i % 500)}`,
      gateway: 'hellovision',
    };
  }
  if (i % 10 !== 9) return {};
  return { channel: 'alimtalk', kakao: { senderKey: 'key', templateCode: 'T01' }, gateway: 'hellovision' };
}

/** Processes that own hellovision's sessions. */
interface Owners {
  readonly send: number;
  readonly report: number;
}

/** Runs all messages over two senders and two receivers, does something in their middle, and draws the ledger. */
async function scenario(
  name: string,
  options: WorldOptions,
  inTheMiddle: (world: World, owner: Owners) => Promise<void>,
  rules: { readonly mayRepeat?: boolean; readonly limitMs?: number; readonly withFiles?: boolean } = {},
): Promise<void> {
  const world = await World.open(options);
  try {
    await world.startReady('receiver');
    await world.startReady('sender');
    world.start('receiver');
    await world.startReady('sender');
    const file = await world.files.put(picture(name, 100 * 1024).bytes);
    const messages = ordinaryMessages(COUNT, name, (i) => ({
      ...(i % 20 === 0 ? { priority: 'urgent' } : i % 3 === 0 ? { priority: 'bulk' } : {}),
      ...(i % 10 === 3 ? { channel: 'lms', subject: '안내' } : {}),
      // some wait for the gateway whose owner is hit, whatever the others could do
      ...(i % 5 === 1 ? { gateway: 'hellovision' } : {}),
      ...(rules.withFiles ? richly(i, file.id) : {}),
    }));
    const ids = messages.map(({ id }) => id ?? '');
    // Asked before: on a busy machine everything would be sent by the time of the answer.
    const owner = {
      send: await world.ownerPid('send', 'hellovision'),
      report: await world.ownerPid('report', 'hellovision'),
    };
    await world.enqueue(messages);
    await until('a third of them accepted', async () => (await accepted(world)) > COUNT / 3, 60_000);
    await inTheMiddle(world, owner);
    await world.settled(ids, rules.limitMs ?? 90_000);
    await pause(4_000); // repeats of reports, and results that should not come
    show(name, await drawLedger(world, { ids, mayRepeat: rules.mayRepeat ?? false }));
  } finally {
    await world.close();
  }
}

/** How long after `since` (epoch ms) a gateway accepted something in a session that began later. */
async function takenOver(
  world: World,
  gateway: 'lghv' | 'smtnt',
  since: number,
  limitMs: number,
): Promise<number> {
  const simulator = world[gateway];
  const before = new Set(
    (await simulator.ledger()).filter((entry) => entry.at <= since).map((entry) => entry.session),
  );
  const entry = await until(
    `${gateway} taken over`,
    async () => (await simulator.ledger()).find((each) => each.at > since && !before.has(each.session)),
    limitMs,
    250,
  );
  return entry.at - since;
}

describe('P1 P2 P5: a process of the fleet ends in the middle of many messages', () => {
  it.concurrent('SIGSTOP of a sender and SIGCONT after its leases: it writes nothing more, and nothing is lost or doubled', async () => {
    await scenario('sender-frozen', OPTIONS, async (world, { send: pid }) => {
      const at = Date.now();
      process.kill(pid, 'SIGSTOP');
      await pause(FROZEN_MS);
      const frozen = (await world.lghv.ledger()).filter((entry) => entry.at > at);
      process.kill(pid, 'SIGCONT');
      const took = await takenOver(world, 'lghv', at, 60_000);
      process.stdout.write(
        `hellovision: ${frozen.length} submits read while its owner was frozen, taken over ${Math.round(took)} ms after SIGSTOP\n`,
      );
      // What the socket had taken before is read at once; nothing is written while frozen, and nothing right after.
      expect(frozen.filter((entry) => entry.at > at + 1_000)).toEqual([]);
    });
  }, 300_000);

  it('kill -9 of a sender, some messages MMS and Alimtalk: another takes over within 15 s, nothing is lost, nothing is sent twice', async () => {
    await scenario(
      'sender-killed',
      LATE_REPORTS,
      async (world, { send: pid }) => {
        const at = Date.now();
        process.kill(pid, 'SIGKILL');
        const took = await takenOver(world, 'lghv', at, 40_000);
        process.stdout.write(`take-over of hellovision after kill -9: ${Math.round(took)} ms\n`);
        expect(took).toBeLessThan(TAKE_OVER_MS);
      },
      { withFiles: true },
    );
  }, 240_000);

  it.concurrent('SIGTERM of a sender while another joins: it hands over within seconds, and nothing is lost or doubled', async () => {
    await scenario('sender-drained', OPTIONS, async (world, { send: pid }) => {
      const at = Date.now();
      process.kill(pid, 'SIGTERM');
      world.start('sender');
      const took = await takenOver(world, 'lghv', at, HAND_OVER_MS);
      process.stdout.write(`hand-over of hellovision after SIGTERM: ${Math.round(took)} ms\n`);
      // It lets go when its window is empty: no lease has to run out for that.
      const acquired = world.logged(/"resource":"send:hellovision:.*"lease\.acquired"/);
      expect(acquired.length).toBeGreaterThan(1);
      expect(acquired.filter((line) => !line.includes('"clean":true'))).toEqual([]);
    });
  }, 240_000);

  it.concurrent('kill -9 of the receiver: another takes over, every report is stored before it is answered', async () => {
    await scenario('receiver-killed', OPTIONS, async (_world, { report }) => {
      process.kill(report, 'SIGKILL');
    });
  }, 240_000);

  it.concurrent('kill -9 of Redis and its last second cut off: nothing is sent twice while the workers live', async () => {
    await scenario(
      'redis-cut',
      { ...OPTIONS, redis: { aofTimestamps: true } },
      async (world) => {
        const at = Date.now();
        await world.redis.kill();
        await world.redis.cutBack(Math.floor(at / 1_000) - 1);
        await pause(500);
        await world.redis.start();
      },
      { mayRepeat: true, limitMs: 120_000 },
    );
  }, 300_000);
});
