import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MessageInput } from '@pabal/message';
import type { LedgerEntry } from '@pabal/simulator';
import { drawLedger, ordinaryMessages, pause, picture, until, World } from '../support/index.js';
import { LghvRelay } from '../support/lghv-relay.js';

const COUNT = 160;
const CUTS = 3;
/** When an uncertain message is offered again: its recipient was left alone for 10 s. */
const BEFORE_PROBES_MS = 13_000;
const KAKAO = { senderKey: 'sender-key', templateCode: 'T01' };
/** Connections that are lost in a row close the gateway for some seconds: what waits for it has this long, ms. */
const WITH_CLOSINGS_MS = 60_000;
/** What can go wrong between a submit and its answer; each strikes so often, somewhere in the run. */
const FAULTS: Readonly<Record<string, object>> = {
  dropBeforeAck: { after: 30, count: 2, probability: 0.1 },
  ackThenDrop: { after: 5, count: 1, probability: 0.2 },
  neverAck: { count: 4, probability: 0.1 },
  dropConnection: { after: 60, count: 2, probability: 0.1 },
  slowAck: { value: 500, count: 10, probability: 0.2 },
  splitEveryByte: { count: 60, probability: 0.3 },
  reportBeforeAck: { count: 30, probability: 0.3 },
  duplicateReport: { value: 2, count: 30, probability: 0.3 },
  imageForgotten: { count: 3, probability: 0.1 },
};

let world: World;
const relay = new LghvRelay();
/** Every id of every scenario: the ledger at the end looks at all of them. */
const ids: string[] = [];

beforeAll(async () => {
  world = await World.open({
    lghv: ['--tps', 'sms=20,lms=20,mms=20,kko=20,kkf=20', '--ack-delay', '20-80', '--seed', '21'],
    // A FriendTalk that nobody can tell of ends soon; whatever is probed below is none.
    hellovision: ['    ackTimeout: 1500', '    reportDeadline: { friendtalk: 2s }'],
    gateways: ['hellovision'],
    reportGraceMs: 0,
    relay: (ports) => relay.start(ports),
  });
  await Promise.all([world.startReady('receiver'), world.startReady('sender')]);
});

afterAll(async () => {
  await world.close();
  await relay.stop();
});

const alimtalk = (id: string, to: string): MessageInput => ({
  id,
  channel: 'alimtalk',
  to,
  from: '15881234',
  text: `[${id}] 예약이 확정되었습니다.`,
  kakao: KAKAO,
});

async function submitsOf(id: string): Promise<LedgerEntry[]> {
  return world.lghv.ledger(`?textIncludes=[${id}]`);
}

async function send(messages: readonly MessageInput[]): Promise<void> {
  ids.push(...messages.map(({ id = '' }) => id));
  await world.enqueue(messages);
}

describe('codes of Kakao as results', () => {
  const CASES: readonly (readonly [ending: string, channel: 'alimtalk' | 'friendtalk', result: object])[] = [
    ['9118', 'alimtalk', { status: 'failed', gatewayCode: '118', reason: { code: 'kakao-not-user' } }],
    ['9117', 'friendtalk', { status: 'failed', gatewayCode: '117', reason: { code: 'kakao-not-friend' } }],
    ['9103', 'alimtalk', { status: 'failed', gatewayCode: '103', reason: { code: 'kakao-sender-key' } }],
    [
      '9112',
      'alimtalk',
      { status: 'failed', gatewayCode: '112', reason: { code: 'kakao-template-missing' } },
    ],
    ['9122', 'friendtalk', { status: 'failed', gatewayCode: '122', reason: { code: 'kakao-too-long' } }],
    ['0118', 'alimtalk', { status: 'failed', gatewayCode: '118', reason: { code: 'kakao-not-user' } }],
    [
      '0113',
      'alimtalk',
      { status: 'failed', gatewayCode: '113', reason: { code: 'kakao-template-mismatch' } },
    ],
    ['0135', 'friendtalk', { status: 'failed', gatewayCode: '135', reason: { code: 'kakao-image' } }],
    // Kakao itself cannot say, in its report and in its answer.
    ['0128', 'alimtalk', { status: 'unknown', gatewayCode: '128', reason: { code: 'kakao-unconfirmed' } }],
    ['9128', 'friendtalk', { status: 'unknown', reason: { code: 'no-report' } }],
  ];

  beforeAll(async () => {
    const messages = CASES.map(([ending, channel], i) => ({
      ...alimtalk(`kakao-${ending}`, `010${4100 + i}${ending}`),
      channel,
      kakao: channel === 'alimtalk' ? KAKAO : { senderKey: 'sender-key' },
    }));
    await send(messages);
    await world.settled(
      messages.map(({ id }) => id ?? ''),
      20_000,
    );
  });

  it.each(CASES)('%s on an %s', async (ending, channel, result) => {
    const id = `kakao-${ending}`;
    expect(world.results.ids.get(id)).toMatchObject([{ channel, ...result }]);
    expect(await submitsOf(id)).toHaveLength(1);
  });
});

describe('P1 P2: files and Kakao, with every way in which an answer can fail to come', () => {
  it('probes that are known again (17, 120 of Kakao) were accepted: nothing is sent twice', async () => {
    const known = ['serial-known', 'msgid-known'];
    // Lost connections may close the gateway in between: their reports come after all of that.
    await world.lghv.configure({ reportDelayMs: BEFORE_PROBES_MS + WITH_CLOSINGS_MS });
    await world.lghv.fault('neverAck', { count: known.length });
    const { id: file } = await world.files.put(picture('known again', 20 * 1024).bytes);
    await send([
      alimtalk('serial-known', '01041117120'),
      {
        id: 'msgid-known',
        channel: 'mms',
        to: '01041117017',
        from: '15881234',
        subject: '사진',
        text: '[msgid-known] 사진입니다.',
        files: [file],
      },
    ]);
    for (const id of known) await until('accepted', async () => (await submitsOf(id)).length === 1);
    // Reports of the rest come so late that some of those whose answers are lost are offered again before.
    await world.lghv.configure({
      reportDelayMs: [BEFORE_PROBES_MS - 4_000, BEFORE_PROBES_MS + 4_000],
      recipients: { '7120': { ack: '120' } },
    });
    // Their probes are due in some seconds: they are looked at below, in the midst of everything else.
    for (const id of known) expect(await submitsOf(id)).toMatchObject([{ verdict: 'accepted', ackedAt: 0 }]);
  });

  it('nothing is accepted twice, and each is offered again under its own wire id only', async () => {
    const large = await Promise.all(
      ['a', 'b', 'c'].map((name) => world.files.put(picture(`large ${name}`, 300 * 1024).bytes)),
    );
    const small = await Promise.all(
      ['a', 'b', 'c'].map((name) => world.files.put(picture(`small ${name}`, 20 * 1024).bytes)),
    );
    const idsOf = (files: readonly { id: string }[]) => files.map(({ id }) => id);
    for (const [name, spec] of Object.entries(FAULTS)) await world.lghv.fault(name, spec);
    relay.cut(1);
    const messages = ordinaryMessages(COUNT, 'storm', (i) => {
      switch (i % 4) {
        case 0:
          // Senders of their own, so that the data of 300 KB goes along most of the time.
          return { channel: 'mms', files: [large[i % 3]?.id ?? ''], from: `1588${1000 + i}` };
        case 1:
          return { channel: 'mms', subject: '세 장', files: idsOf(small) };
        case 2:
          return { channel: 'alimtalk', kakao: KAKAO };
        default:
          return {};
      }
    });
    await send(messages);
    const accepted = async () => (await world.lghv.ledger('?verdict=accepted')).length;
    await until('a quarter accepted', async () => (await accepted()) > COUNT / 4, WITH_CLOSINGS_MS);
    relay.cut(1);
    await until('half of them accepted', async () => (await accepted()) > COUNT / 2, WITH_CLOSINGS_MS);
    relay.cut(CUTS - 2);
    await world.lghv.configure({ reportDelayMs: [50, 3_000] });

    await world.settled(ids, 2 * WITH_CLOSINGS_MS);
    await pause(1_500); // results that should not come
    const ledger = await drawLedger(world, { ids });
    process.stdout.write(`ledger lghv-files: ${JSON.stringify(ledger.summary)}\n`);
    // What Kakao refused so that nobody can tell, and its report that says so, are unknown rightly.
    expect(ledger.breaches).toEqual(['kakao-0128: unknown, although code 128 was reported']);

    const struck = Object.fromEntries((await world.lghv.faults()).map((fault) => [fault.name, fault.struck]));
    process.stdout.write(`faults lghv-files: ${JSON.stringify(struck)}, cuts ${relay.cutMsgIds.length}\n`);
    expect(Object.keys(FAULTS).filter((name) => !struck[name])).toEqual([]);

    const storm = messages.map(({ id = '' }) => ledger.accounts.get(id));
    expect(storm.filter((account) => account?.accepted.length !== 1)).toEqual([]);
    expect(storm.filter((account) => account?.results[0]?.status !== 'delivered')).toEqual([]);
    const wireIds = storm.map((account) => new Set(account?.submits.map(({ wireId }) => wireId)).size);
    expect(new Set(wireIds)).toEqual(new Set([1]));
    const again = storm.flatMap((account) => account?.submits.filter(({ duplicate }) => duplicate) ?? []);
    expect(again.every(({ code }) => code === '17')).toBe(true);
  }, 250_000);

  it('a DELIVER of 300 KB that was cut in its midst was offered again whole, under its MSG_ID', async () => {
    expect(relay.cutMsgIds).toHaveLength(CUTS);
    for (const msgId of relay.cutMsgIds) {
      const entries = await world.lghv.ledger(`?wireId=${msgId}&verdict=accepted`);
      expect(entries).toMatchObject([{ type: 'MMS', duplicate: false }]);
      expect(entries[0]?.files[0]).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('the probe of the MMS was answered with 17, and its one result came with its report', async () => {
    const submits = await submitsOf('msgid-known');
    expect(submits).toMatchObject([
      { verdict: 'accepted', ackedAt: 0, reports: 1, duplicate: false },
      { code: '17', duplicate: true },
    ]);
    expect(new Set(submits.map(({ wireId }) => wireId)).size).toBe(1);
    expect(submits[1]?.at).toBeLessThan(submits[0]?.reportedAt ?? 0);
    expect(world.results.ids.get('msgid-known')).toMatchObject([
      { status: 'delivered', attempts: [{ gateway: 'hellovision' }] },
    ]);
  });

  it('the probe of the Alimtalk was answered with 120, and its one result came with its report', async () => {
    const submits = await submitsOf('serial-known');
    // An answer to a probe may have been lost, too: then it was asked once more.
    const [first, ...probes] = submits;
    expect(first).toMatchObject({ verdict: 'accepted', ackedAt: 0, reports: 1 });
    expect(probes.map(({ verdict, code }) => `${verdict} ${code}`)).toEqual(probes.map(() => 'refused 120'));
    expect(probes.at(-1)?.ackedAt).toBeGreaterThan(0);
    expect(new Set(submits.map(({ wireId }) => wireId)).size).toBe(1);
    expect(submits[1]?.at).toBeLessThan(submits[0]?.reportedAt ?? 0);
    expect(world.results.ids.get('serial-known')).toMatchObject([
      { status: 'delivered', gatewayCode: '6', attempts: [{ gateway: 'hellovision' }] },
    ]);
  });
});
