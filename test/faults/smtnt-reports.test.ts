import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MessageInput } from '@pabal/message';
import { drawLedger, pause, picture, until, World } from '../support/index.js';

/** The two ways of SMTNT to talk: `smtnt` encrypts its login alone, `sealed` everything. */
const GATEWAYS = ['smtnt', 'sealed'] as const;
const KAKAO = { senderKey: 'a1b2c3d4', templateCode: 'order_01' };

let world: World;
let image: string;
/** Every id that was enqueued, for the ledger of each scenario. */
const ids: string[] = [];

beforeAll(async () => {
  const accounts = ['test001', 'test002'].flatMap((bindId) => ['--account', `${bindId}:demo-password`]);
  world = await World.open({
    smtnt: [...accounts, '--encrypted-port', '0', '--report-repeat', '700', '--ack-delay', '5-20'],
    smtntGateways: { sealed: ['bindId: test002', 'crypto: { iv: "pabal-demo-iv-01", mode: encrypted }'] },
    gateways: ['smtnt'],
  });
  image = (await world.files.put(picture('report', 3_000).bytes)).id;
  const sender = world.start('sender');
  for (const gateway of GATEWAYS) {
    await sender.line(new RegExp(`^(?=.*"gateway":"${gateway}")(?=.*"to":"ready")`), 40_000);
  }
}, 60_000);

afterAll(() => world.close());

/** A message of every type over each gateway, to recipients with this ending. */
function everyType(name: string, ending = '1234'): MessageInput[] {
  const shapes: Partial<MessageInput>[] = [
    { channel: 'sms' },
    { channel: 'lms', subject: '안내' },
    { channel: 'mms', files: [image] },
    { channel: 'alimtalk', kakao: KAKAO },
    { channel: 'alimtalk', kakao: { ...KAKAO, image: {} } },
    { channel: 'friendtalk', kakao: { senderKey: KAKAO.senderKey } },
    ...['SS000000', 'SL000000', 'UBR.a1'].map((messageBaseId) => ({
      channel: 'rcs' as const,
      rcs: { messageBaseId },
    })),
    { channel: 'rcs', rcs: { messageBaseId: 'SMwThM00' }, files: [image] },
  ];
  return GATEWAYS.flatMap((gateway, g) =>
    shapes.map((shape, i): MessageInput => {
      const id = `${name}-${gateway}-${i}`;
      const to = `010${4000 + g * 100 + i}${ending}`;
      return { id, channel: 'sms', to, from: '15881234', text: `[${id}] 안내 말씀`, gateway, ...shape };
    }),
  );
}

/** Sends these, waits until every report is answered, and holds the whole ledger to its promises. */
async function sendThrough(name: string, messages: readonly MessageInput[]): Promise<void> {
  const some = messages.map(({ id }) => id ?? '');
  ids.push(...some);
  await world.enqueue(messages);
  await world.settled(some, 30_000);
  await until('every report answered', async () => {
    const { accounts } = (await world.smtnt.stats()).details as {
      accounts: Record<string, { unanswered: number }>;
    };
    return Object.values(accounts).every(({ unanswered }) => unanswered === 0);
  });
  await pause(300); // results that should not come
  const ledger = await drawLedger(world, { ids });
  process.stdout.write(`ledger smtnt-reports ${name}: ${JSON.stringify(ledger.summary)}\n`);
  expect(ledger.breaches).toEqual([]);
}

async function events(name: string): Promise<Record<string, unknown>[]> {
  const jobs = await world.producer.queue('events').getJobs(['waiting']);
  return jobs.filter((job) => job.name === name).map((job) => job.data as Record<string, unknown>);
}

describe('P1 P3: reports of every type, over plain and encrypted connections', () => {
  it('that come before the answer, several times, and beside reports of messages that nobody sent', async () => {
    await world.smtnt.fault('reportBeforeAck', { probability: 0.5 });
    await world.smtnt.fault('duplicateReport', { value: 3, probability: 0.5 });
    await world.smtnt.fault('unknownReport', { count: 4 });
    await world.smtnt.fault('splitEveryByte', { probability: 0.1, count: 10 });
    await sendThrough('repeated', everyType('repeated'));
    await world.smtnt.clearFaults();
    expect(await events('late-report')).toEqual([]);
    expect(await world.connection.zcard(`${world.prefix}:parked`)).toBe(4);
  }, 60_000);

  it.each(['text', 'list', 'empty', 'ids'])(
    'that make no sense (%s) are kept as they came, and hold up no other',
    async (value) => {
      const before = (await events('unparsed-report')).length;
      await world.smtnt.fault('brokenReport', { value, count: 2 });
      await sendThrough(`broken ${value}`, everyType(`broken-${value}`));
      const kept = (await events('unparsed-report')).slice(before);
      expect(kept.length).toBeGreaterThan(0);
      for (const { raw } of kept) expect(String(raw)).toMatch(/^[A-Za-z0-9+/]+=*$/);
    },
    60_000,
  );

  it.each([
    ['0007', '7', 'dead-number'],
    ['0006', '6', 'carrier-expired'],
    ['0013', '12', 'ported-out'],
    ['0025', '800', 'content-blocked'],
    ['0028', '316', 'sender-not-registered'],
  ])(
    'to …%s end every type as failed with code %s, %s',
    async (ending, code, reason) => {
      const messages = everyType(`code-${code}`, ending);
      await sendThrough(`code ${code}`, messages);
      for (const { id, channel, gateway } of messages) {
        expect(world.results.ids.get(id ?? '')).toMatchObject([
          { status: 'failed', channel, gateway, gatewayCode: code, reason: { code: reason } },
        ]);
      }
      if (code !== '12') return;
      const told = (await events('number-changed')).map(({ id }) => id);
      expect(new Set(told)).toEqual(new Set(messages.map(({ id }) => id)));
      expect(told).toHaveLength(messages.length);
    },
    60_000,
  );
});
