import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MessageInput } from '@pabal/message';
import type { LedgerEntry } from '@pabal/simulator';
import {
  type Child,
  drawLedger,
  type Ledger,
  ordinaryMessages,
  picture,
  until,
  World,
} from '../support/index.js';

/** Neither name says what a server carries, and the one for SMS takes Kakao: the option `servers` must tell both. */
const SERVERS = 'servers: { A1: [sms, alimtalk, friendtalk], B7: [lms, mms] }';
/** Beyond the time after which an unanswered message is offered again. */
const REPORT_DEADLINE_MS = 14_000;
const SHORT_DEADLINE_MS = 8_000;
const DUPLICATE_MEMORY_MS = 5_000;
const DEADLINE = `reportDeadline: ${REPORT_DEADLINE_MS}`;
const RESELLER = '123456789';
const GATEWAYS: Readonly<Record<string, readonly string[]>> = {
  ordinary: [SERVERS, DEADLINE],
  strict: [SERVERS, DEADLINE, 'strictTail: true'],
  'sms-only': ['servers: { A1: [sms] }'],
  forgetful: [SERVERS, DEADLINE, `duplicateMemory: ${DUPLICATE_MEMORY_MS}`],
  unlimited: [SERVERS, 'recipientBurst: 0'],
  reselling: [SERVERS, `reseller: "${RESELLER}"`],
  hasty: [SERVERS, `reportDeadline: ${SHORT_DEADLINE_MS}`],
};
const CHANNEL_SERVERS = { sms: 'A1', alimtalk: 'A1', friendtalk: 'A1', lms: 'B7', mms: 'B7' } as const;
const ROLES: Readonly<Record<string, string>> = { reselling: ':S1:reseller' };
const BROKEN = ['length', 'ids'] as const;
const BROKEN_EACH = 2;
/** REPORT 'M' has 54 bytes, 'A' 108. */
const STRANGE_BODY_BYTES = 60;

let world: World;
let receiver: Child;
let sender: Child;
let ledger: Ledger;
const ids: string[] = [];

function messagesTo(gateway: string, name: string, count: number): (MessageInput & { id: string })[] {
  return ordinaryMessages(count, name, (i) => ({ gateway, to: `010${4000 + ids.length + i}3000` })).map(
    (message) => ({ ...message, id: message.id ?? '' }),
  );
}

/** Enqueues them, and gives their ids. */
async function send(messages: readonly (MessageInput & { id: string })[]): Promise<string[]> {
  const own = messages.map(({ id }) => id);
  ids.push(...own);
  await world.enqueue(messages);
  return own;
}

const resultsOf = (some: readonly string[]) => some.map((id) => world.results.ids.get(id)?.[0]);

async function submitsOf(name: string): Promise<LedgerEntry[]> {
  return (await world.lghv.ledger()).filter(({ text }) => text.includes(`[${name}-`));
}

interface SessionEvent {
  readonly gateway: string;
  readonly from: string;
  readonly reason?: string;
}

/** Sessions of a gateway that ended after they were ready. */
async function endedSessions(gateway: string): Promise<SessionEvent[]> {
  const jobs = await world.producer.queue('events').getJobs(['waiting']);
  return jobs
    .filter(({ name }) => name === 'session')
    .map(({ data }) => data as SessionEvent)
    .filter((event) => event.gateway === gateway && event.from === 'ready');
}

beforeAll(async () => {
  const names = Object.keys(GATEWAYS);
  world = await World.open({
    lghv: [
      // An account of a reseller must name one with every message.
      ...names.flatMap((name) => ['--account', `${name}:demo-password${ROLES[name] ?? ''}`]),
      ...['--account', 'demo:demo-password'],
      ...['--server-ids', 'sms=A1,mms=B7', '--kakao-server', 'sms', '--tps', 'sms=100,lms=20,mms=20'],
    ],
    hellovision: [`    ${SERVERS}`],
    gateways: names,
    lghvGateways: Object.fromEntries(
      Object.entries(GATEWAYS).map(([name, lines]) => [
        name,
        [`userId: ${name}`, 'ackTimeout: 1000', ...lines],
      ]),
    ),
    reportGraceMs: 0,
  });
  [receiver, sender] = await Promise.all([world.startReady('receiver'), world.startReady('sender')]);
  await until('every gateway has its sessions', async () => {
    const { bound } = (await world.lghv.stats()).details as { bound: string[] };
    return bound.length === 4 * (names.length + 1) - 2;
  });
}, 60_000);

afterAll(() => world.close());

describe('options of the LGHV gateway that show at the gateway', () => {
  it('duplicateMemory: what was left unanswered is not offered again once the gateway may have forgotten it', async () => {
    // It ends with its deadline: looked at below, after everything else.
    await world.lghv.fault('neverAck', { count: 2 });
    await world.lghv.fault('withholdReport', { count: 2 });
    await send(messagesTo('forgetful', 'forgotten', 1));
    await send(messagesTo('ordinary', 'remembered', 1));
    for (const name of ['forgotten', 'remembered']) {
      const [entry] = await until(`${name} accepted`, async () => {
        const submits = await submitsOf(name);
        return submits.length > 0 && submits;
      });
      expect(entry).toMatchObject({ verdict: 'accepted', ackedAt: 0 });
    }
    await world.lghv.clearFaults();
  });

  it('recipientBurst: the fourth message to a recipient waits five seconds, unless nothing limits them', async () => {
    const same = (gateway: string, name: string) =>
      messagesTo(gateway, name, 4).map((message) => ({ ...message, to: `0104111${name.length}000` }));
    const limited = await send(same('ordinary', 'limited'));
    const unlimited = await send(same('unlimited', 'unlimited'));
    await world.settled([...limited, ...unlimited], 20_000);
    const times = async (name: string) => (await submitsOf(name)).map(({ at }) => at).sort((a, b) => a - b);
    const [first = 0, , , fourth = 0] = await times('limited');
    expect(fourth - first).toBeGreaterThanOrEqual(5_000);
    expect(fourth - first).toBeLessThan(10_000);
    expect(resultsOf(limited).map((result) => result?.status)).toEqual(Array(4).fill('delivered'));
    const [from = 0, , , to = 0] = await times('unlimited');
    expect(to - from).toBeLessThan(2_000);
    expect(resultsOf(unlimited).filter((result) => result?.gatewayCode === '17')).toHaveLength(1);
  }, 30_000);

  it('reseller: every SMS, LMS and MMS names the one of the options, or its own', async () => {
    const [sms, lms, own] = messagesTo('reselling', 'resold', 3);
    if (!sms || !lms || !own) throw new Error('no messages');
    const all = [
      sms,
      { ...lms, channel: 'lms' as const, subject: '안내' },
      { ...own, reseller: '987654321' },
    ];
    await world.settled(await send(all), 20_000);
    const entries = await submitsOf('resold');
    const resellers = all.map(({ text }) => entries.find((entry) => entry.text === text)?.extra.RESELLER);
    expect(resellers).toEqual([RESELLER, RESELLER, '987654321']);
  });

  it('servers: each channel goes to the server that the option names for it, Kakao too', async () => {
    const { id: file } = await world.files.put(picture('lanes', 4_000).bytes);
    const kakao = { senderKey: 'sender-key' };
    const shapes: Readonly<Record<keyof typeof CHANNEL_SERVERS, Partial<MessageInput>>> = {
      sms: {},
      lms: { subject: '안내' },
      mms: { subject: '안내', files: [file] },
      alimtalk: { kakao: { ...kakao, templateCode: 'T01' } },
      friendtalk: { kakao },
    };
    const channels = Object.keys(shapes) as (keyof typeof shapes)[];
    const messages = messagesTo('ordinary', 'lane', channels.length).map((message, i) => {
      const channel = channels[i] ?? 'sms';
      return { ...message, channel, ...shapes[channel] };
    });
    await world.settled(await send(messages), 20_000);
    const entries = await submitsOf('lane');
    const servers = messages.map(({ channel, text = '' }) => [
      channel,
      entries.find((entry) => entry.text === text)?.server,
    ]);
    expect(Object.fromEntries(servers)).toEqual(CHANNEL_SERVERS);
  });

  it('servers: a channel that it names for no server is refused', async () => {
    const [sms, lms] = messagesTo('sms-only', 'partly', 2);
    if (!sms || !lms) throw new Error('no messages');
    const own = await send([sms, { ...lms, channel: 'lms', subject: '안내' }]);
    await world.settled(own, 20_000);
    expect(resultsOf(own)).toMatchObject([
      { status: 'delivered' },
      { status: 'failed', reason: { code: 'unsupported-channel' }, problems: [{ field: 'channel' }] },
    ]);
    expect(sender.lines.filter((line) => line.includes('"grant.unknownServer"')).length).toBeGreaterThan(0);
  });
});

describe('P7: headers that a charset or a peer changed', () => {
  it('strictTail off: damaged tails and padded lengths are read, told once, and nothing is lost', async () => {
    const before = await endedSessions('ordinary');
    await world.lghv.fault('damagedTail', { probability: 0.5 });
    const own: string[] = [];
    for (const value of ['zero', 'space']) {
      await world.lghv.fault('paddedLength', { value, probability: 0.5 });
      own.push(...(await send(messagesTo('ordinary', `changed-${value}`, 40))));
      await world.settled(own, 20_000);
    }
    const struck = (await world.lghv.faults()).map((fault) => fault.struck);
    await world.lghv.clearFaults();
    expect(Math.min(...struck)).toBeGreaterThan(20);
    expect(new Set(resultsOf(own).map((result) => result?.status))).toEqual(new Set(['delivered']));
    expect(await endedSessions('ordinary')).toEqual(before);
    for (const child of [sender, receiver]) {
      const told = child.lines.filter((line) => line.includes('"header.damagedTail"'));
      expect(told.filter((line) => line.includes('"gateway":"ordinary"'))).toHaveLength(1);
    }
  }, 60_000);

  it('strictTail on: a damaged tail ends the session, which logs in again, and nothing is lost', async () => {
    expect(await endedSessions('strict')).toEqual([]);
    await world.lghv.fault('damagedTail', { count: 1 });
    const own = await send(messagesTo('strict', 'strict', 1));
    await world.settled(own, 20_000);
    expect(await world.lghv.faults()).toMatchObject([{ name: 'damagedTail', struck: 1 }]);
    await world.lghv.clearFaults();
    own.push(...(await send(messagesTo('strict', 'strict-after', 5))));
    await world.settled(own, 20_000);
    expect(new Set(resultsOf(own).map((result) => result?.status))).toEqual(new Set(['delivered']));
    expect(await endedSessions('strict')).toMatchObject([{ reason: expect.stringContaining('bad-tail') }]);
  }, 60_000);
});

describe('P7: reports that do not parse', () => {
  it('are stored raw, counted and acknowledged, and block none behind them', async () => {
    // One report at a time: an unanswered one would hold up all others for its repeat.
    await world.lghv.configure({ reportWindow: 1, reportRepeatMs: 30_000 });
    const broken: string[] = [];
    for (const value of BROKEN) {
      await world.lghv.fault('brokenReport', { value, after: 5, count: BROKEN_EACH });
      const own = await send(messagesTo('hasty', `broken-${value}`, 30));
      const open = () => own.filter((id) => !world.results.ids.has(id));
      await until('all but the broken are settled', () => open().length === BROKEN_EACH, SHORT_DEADLINE_MS);
      broken.push(...open());
    }
    await world.lghv.clearFaults();
    const entries = (await Promise.all(BROKEN.map((value) => submitsOf(`broken-${value}`)))).flat();
    await until('every report acknowledged', async () =>
      (await submitsOf('broken')).every(({ reportAckedAt, reports }) => reportAckedAt > 0 && reports === 1),
    );

    const jobs = await world.producer.queue('events').getJobs(['waiting']);
    const events = jobs
      .filter(({ name }) => name === 'unparsed-report')
      .map(({ data }) => data as { gateway: string; account: string; raw: string; problem: string });
    expect(events).toHaveLength(broken.length);
    for (const event of events) {
      expect(event).toMatchObject({ gateway: 'hasty', account: 'hasty' });
      expect(event.problem).not.toBe('');
    }
    const raws = events.map(({ raw }) => Buffer.from(raw, 'base64'));
    expect(raws.filter(({ length }) => length === STRANGE_BODY_BYTES)).toHaveLength(BROKEN_EACH);
    for (const id of broken) {
      const entry = entries.find(({ text }) => text.includes(`[${id}]`));
      // All digits of the MSG_ID but the first, which one kind of broken report overwrites.
      expect(raws.filter((raw) => raw.includes(entry?.wireId.slice(1) ?? 'none'))).toHaveLength(1);
    }
    expect(receiver.lines.filter((line) => line.includes('"report.unparsed"'))).toHaveLength(broken.length);

    await world.settled(broken, SHORT_DEADLINE_MS + 6_000);
    expect(resultsOf(broken).map((result) => result?.reason.code)).toEqual(broken.map(() => 'no-report'));
  }, 60_000);
});

describe('the end of it all', () => {
  it('duplicateMemory: what the gateway may have forgotten was offered once, what it knows again twice', async () => {
    const own = ['forgotten-0', 'remembered-0'];
    await world.settled(own, REPORT_DEADLINE_MS + 6_000);
    const unknown = { status: 'unknown', reason: { code: 'no-report' } };
    expect(resultsOf(own)).toMatchObject([unknown, unknown]);
    expect(await submitsOf('forgotten')).toHaveLength(1);
    expect(await submitsOf('remembered')).toMatchObject([
      { verdict: 'accepted', duplicate: false },
      { code: '17', duplicate: true },
    ]);
  }, 30_000);

  it('the ledger: one result each, and no other rule broken than that of the recipient without limit', async () => {
    ledger = await drawLedger(world, { ids });
    process.stdout.write(`ledger lghv-options: ${JSON.stringify(ledger.summary)}\n`);
    const broken = ids.filter((id) => id.startsWith('broken-') && resultsOf([id])[0]?.status === 'unknown');
    expect([...ledger.breaches].sort()).toEqual(
      [
        ...broken.map((id) => `${id}: unknown, although code 6 was reported`),
        'lghv counted recipient-burst × 1',
      ].sort(),
    );
  });
});
