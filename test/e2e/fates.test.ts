import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PabalClient } from '@pabal/client';
import type { MessageInput, ResultV1 } from '@pabal/message';
import type { LedgerEntry } from '@pabal/simulator';
import { drawLedger, ordinaryMessages, pause, type Simulator, until, World } from '../support/index.js';

const REPORT_DEADLINE_MS = 3_000;
/** A failover route leaves a gateway alone that nobody had a session to for so long. */
const FAILOVER_MS = 5_000;
const TOO_OFTEN_WAIT_MS = 10_000;
/** At the 20 a second that LGHV grants here they take three seconds: ten times its pause. */
const BESIDE_LMS = 60;

let world: World;
let client: PabalClient;
/** Every id that was enqueued, for the ledger at the end. */
const ids = new Set<string>();

beforeAll(async () => {
  world = await World.open({
    // Limits of silence and of logging in again are a tenth, so that refused logins need no minutes.
    lghv: [
      '--tps',
      'sms=100,lms=20',
      '--ack-delay',
      '5-20',
      '--time-scale',
      '0.1',
      '--report-repeat',
      '1000',
    ],
    smtnt: ['--speed', '100', '--ack-delay', '5-20', '--time-scale', '0.1', '--report-repeat', '1000'],
    hellovision: [`    reportDeadline: ${REPORT_DEADLINE_MS}`, '    loginRetry: 1000', '    linkCheck: 2000'],
    smtntBlock: ['    loginRetry: 3000', '    aliveAfter: 1000'],
    routes: ['  ordered: { gateways: [hellovision, smtnt], policy: failover }'],
    reportGraceMs: 0,
  });
  client = await PabalClient.connect({ redis: world.redis.url, prefix: world.prefix });
});

afterAll(async () => {
  await client.close();
  await world.close();
});

/** Enqueues one message under this id; what it does not say is ordinary. */
async function send(id: string, shape: Partial<MessageInput> = {}, route = 'default'): Promise<void> {
  const [message] = ordinaryMessages(1, 'fate');
  if (!message) throw new Error('no message');
  await world.enqueue([{ ...message, to: numberOf(id), id, text: `[${id}] 안내 말씀`, ...shape }], route);
  ids.add(id);
}

/** A recipient of its own for each id, whose ending chooses no code. */
function numberOf(id: string): string {
  const hash = [...id].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 10_000_000, 7);
  return `010${String(4000 + (hash % 5000))}${1000 + (hash % 7000)}`;
}

async function resultOf(id: string, limitMs = 20_000): Promise<ResultV1> {
  await world.settled([id], limitMs);
  const [result] = world.results.ids.get(id) ?? [];
  if (!result) throw new Error(`no result of ${id}`);
  return result;
}

/** Every submit of a message that either gateway saw, in order of time. */
async function submitsOf(id: string): Promise<LedgerEntry[]> {
  const query = `?textIncludes=[${id}]`;
  const all = await Promise.all([world.lghv.ledger(query), world.smtnt.ledger(query)]);
  return all.flat().sort((a, b) => a.at - b.at);
}

function accepted(id: string): Promise<LedgerEntry> {
  return until(`${id} accepted`, async () =>
    (await submitsOf(id)).find(({ verdict }) => verdict === 'accepted'),
  );
}

async function eventNamed(name: string, id: string): Promise<Record<string, unknown>> {
  return until(`event ${name}`, async () => {
    const jobs = await world.producer.queue('events').getJobs(['waiting']);
    return jobs.find((job) => job.name === name && (job.data as { id?: string }).id === id)?.data as
      | Record<string, unknown>
      | undefined;
  });
}

/** Both simulators' connections are refused from now on, and the present ones cut. */
async function takeDown(simulator: Simulator, code: string): Promise<void> {
  await simulator.fault('refuseLogin', { value: code });
  await simulator.dropConnections();
}

describe('fates in queues that no session serves (only a receiver runs)', () => {
  it('expired on time, and a bad job refused', async () => {
    const receiver = world.start('receiver');
    await receiver.line(/"to":"ready"/, 40_000);
    const enqueued = Date.now();
    await send('night-otp', { priority: 'urgent', ttlSeconds: 2 });
    await send('night-pinned', { gateway: 'smtnt', ttlSeconds: 2 });
    await send('night-waits', { ttlSeconds: 600 });
    await world.producer
      .queue('send-default-sms')
      .add(
        'message',
        { id: 'night-bad', to: '01044441000', from: '15881234', text: 'a'.repeat(91) },
        { priority: 10 },
      );
    expect(await resultOf('night-bad')).toMatchObject({
      status: 'failed',
      reason: { code: 'invalid-message' },
    });
    for (const id of ['night-otp', 'night-pinned']) {
      expect(await resultOf(id)).toMatchObject({
        status: 'expired',
        reason: { code: 'expired' },
        attempts: [],
      });
    }
    expect(Date.now() - enqueued).toBeGreaterThanOrEqual(2_000);
    expect(Date.now() - enqueued).toBeLessThan(6_000);
    ids.add('night-bad');
    expect(world.results.ids.has('night-waits')).toBe(false);
    await world.startReady('sender');
    expect(await resultOf('night-waits')).toMatchObject({ status: 'delivered' });
    expect(await submitsOf('night-otp')).toEqual([]);
  });
});

describe('fates in queues that are served', () => {
  it('LGHV 17 on a certain first write means too often: again after 10 s three times, then failed', async () => {
    // Awaited at the end: it takes 30 s in which everything else goes on.
    await send('too-often', { to: '01012349017', gateway: 'hellovision' });
    const [first] = await until('its first refusal', async () => {
      const submits = await submitsOf('too-often');
      return submits.length > 0 && submits;
    });
    expect(first).toMatchObject({ verdict: 'refused', code: '17', duplicate: false });
  });

  it('expired behind a used-up grant, and certainly never written', async () => {
    const ahead = ordinaryMessages(80, 'ahead', () => ({
      channel: 'lms',
      subject: '안내',
      gateway: 'hellovision',
    }));
    for (const { id } of ahead) ids.add(id ?? '');
    await world.enqueue(ahead);
    await send('behind', {
      channel: 'lms',
      subject: '안내',
      gateway: 'hellovision',
      priority: 'bulk',
      ttlSeconds: 2,
    });
    expect(await resultOf('behind')).toMatchObject({
      status: 'expired',
      attempts: [],
      times: { enqueued: expect.any(String) },
    });
    expect(await submitsOf('behind')).toEqual([]);
    await world.settled(
      ahead.map(({ id }) => id ?? ''),
      20_000,
    );
  });

  it('scheduled: not before its time, and soon after it', async () => {
    const sendAt = Date.now() + 2_000;
    await send('scheduled', { sendAt: new Date(sendAt).toISOString() });
    const { at } = await accepted('scheduled');
    expect(at).toBeGreaterThanOrEqual(sendAt);
    expect(at).toBeLessThan(sendAt + 5_000);
    expect(await resultOf('scheduled')).toMatchObject({ status: 'delivered' });
  });

  it('cancelled before the wire: never written, one result; afterwards the answer is the truth', async () => {
    await send('cancelled', { sendAt: new Date(Date.now() + 3_600_000).toISOString() });
    expect(await client.cancel('cancelled')).toEqual({ kind: 'cancelled' });
    expect(await client.cancel('cancelled')).toEqual({ kind: 'cancelled' });
    expect(await resultOf('cancelled')).toMatchObject({
      status: 'cancelled',
      reason: { code: 'cancelled' },
      attempts: [],
    });
    expect(await submitsOf('cancelled')).toEqual([]);

    // Accepted and never reported: it stands on the wire until its deadline.
    await send('no-report', { to: '01012340099', gateway: 'hellovision' });
    await accepted('no-report');
    expect(await client.cancel('no-report')).toEqual({ kind: 'alreadySent' });
    expect(await resultOf('no-report')).toMatchObject({ status: 'unknown', reason: { code: 'no-report' } });
    expect(await client.cancel('no-report')).toEqual({ kind: 'alreadySettled' });
    expect(await client.cancel('nobody-knows')).toEqual({ kind: 'notFound' });
  });

  it('the same id twice is one message; with another content it is a conflict that is told', async () => {
    await send('twice');
    await send('twice');
    await resultOf('twice');
    await send('twice');
    await send('other-content');
    await resultOf('other-content');
    await send('other-content', { text: '[other-content] 다른 내용' });
    await eventNamed('id-conflict', 'other-content');
    await pause(500);
    for (const id of ['twice', 'other-content']) {
      expect(await submitsOf(id)).toHaveLength(1);
      expect(world.results.ids.get(id)).toHaveLength(1);
    }
  });

  it('a report after the deadline comes too late for the result, and is an event', async () => {
    await world.lghv.configure({ reportDelayMs: REPORT_DEADLINE_MS + 2_500 });
    await send('late', { gateway: 'hellovision' });
    await accepted('late');
    await world.lghv.configure({ reportDelayMs: 100 });
    expect(await resultOf('late')).toMatchObject({
      status: 'unknown',
      reason: { code: 'no-report' },
      attempts: [{ gateway: 'hellovision' }],
    });
    expect(await eventNamed('late-report', 'late')).toMatchObject({
      gateway: 'hellovision',
      settledAs: 'unknown',
      report: { code: '6', certainty: 'delivered' },
    });
    await until('acknowledged', async () =>
      (await submitsOf('late')).some(({ reportAckedAt }) => reportAckedAt > 0),
    );
    expect(world.results.ids.get('late')).toHaveLength(1);
  });
});

describe('codes of both gateways as results', () => {
  const CASES: readonly (readonly [ending: string, gateway: string, code: string, reason: string])[] = [
    ['0007', 'hellovision', '7', 'dead-number'],
    ['0008', 'hellovision', '8', 'handset-off'],
    ['0010', 'hellovision', '10', 'handset-full'],
    ['0022', 'hellovision', '22', 'invalid-number'],
    ['0028', 'hellovision', '28', 'sender-not-registered'],
    ['0032', 'hellovision', '32', 'recipient-opted-out'],
    ['0040', 'hellovision', '40', 'spam-blocked'],
    ['9003', 'hellovision', '3', 'gateway-format'],
    ['9007', 'hellovision', '7', 'invalid-number'],
    ['9012', 'hellovision', '12', 'insufficient-credit'],
    ['9028', 'hellovision', '28', 'sender-not-registered'],
    ['9031', 'hellovision', '31', 'sender-blocked'],
    ['0007', 'smtnt', '7', 'dead-number'],
    ['0008', 'smtnt', '8', 'handset-off'],
    ['0010', 'smtnt', '20', 'handset-full'],
    ['0021', 'smtnt', '33', 'invalid-number'],
    ['0028', 'smtnt', '316', 'sender-not-registered'],
    ['0040', 'smtnt', '17', 'spam-blocked'],
    ['9007', 'smtnt', '19', 'gateway-format'],
    ['9012', 'smtnt', '906', 'insufficient-credit'],
    ['9030', 'smtnt', '317', 'sender-forged'],
    ['9800', 'smtnt', '800', 'content-blocked'],
    ['9997', 'smtnt', '997', 'spam-blocked'],
  ];
  const idOf = (ending: string, gateway: string) => `code-${gateway}-${ending}`;

  beforeAll(async () => {
    for (const [i, [ending, gateway]] of CASES.entries()) {
      await send(idOf(ending, gateway), { to: `010${5100 + i}${ending}`, gateway });
    }
    await world.settled(
      CASES.map(([ending, gateway]) => idOf(ending, gateway)),
      30_000,
    );
  });

  it.each(CASES)('%s over %s: code %s, %s', (ending, gateway, code, reason) => {
    expect(world.results.ids.get(idOf(ending, gateway))).toMatchObject([
      {
        status: 'failed',
        gateway,
        gatewayCode: code,
        reason: { code: reason },
        attempts: [{ gateway, gatewayCode: code }],
      },
    ]);
  });

  it('a code that somebody must act on sends an unpinned message to the other gateway', async () => {
    // 906 of one gateway, 12 of the other: the second refusal is final.
    await send('no-credit', { to: '01056789012' });
    const result = await resultOf('no-credit');
    expect(result).toMatchObject({ status: 'failed', reason: { code: 'insufficient-credit' } });
    expect(new Set(result.attempts.map(({ gateway }) => gateway))).toEqual(new Set(['hellovision', 'smtnt']));
    expect(new Set(result.attempts.map(({ wireId }) => wireId)).size).toBe(2);
  });
});

describe('P4: a throttle answer pauses that type and costs no attempt', () => {
  it.each([
    ['lghv', 'hellovision', '01012349015', '15', 300],
    ['smtnt', 'smtnt', '01012349903', '903', 500],
  ] as const)('%s', async (simulator, gateway, to, code, pauseMs) => {
    const id = `throttled-${gateway}`;
    const sms = ordinaryMessages(15, `beside-sms-${gateway}`, () => ({ gateway }));
    const lms = ordinaryMessages(BESIDE_LMS, `beside-lms-${gateway}`, () => ({
      gateway,
      channel: 'lms',
      subject: '안내',
    }));
    const others = [...sms, ...lms];
    for (const { id: other } of others) ids.add(other ?? '');
    // LGHV grants each type a rate of its own, SMTNT one for all: its LMS are under way before the pause, and on through all of it.
    const typesApart = simulator === 'lghv';
    if (typesApart) await world.enqueue(lms);
    await send(id, { to, gateway });
    const throttled = await until('throttled', async () =>
      (await submitsOf(id)).find((each) => each.code === code),
    );
    await world.enqueue(typesApart ? sms : others);
    const result = await resultOf(id);
    expect(result).toMatchObject({ status: 'delivered', attempts: [{ gateway }] });
    expect(result.attempts).toHaveLength(1);
    const submits = await submitsOf(id);
    expect(submits.map((each) => each.code)).toEqual([code, '0']);
    expect(new Set(submits.map(({ wireId }) => wireId)).size).toBe(1);
    await world.settled(
      others.map(({ id: other }) => other ?? ''),
      20_000,
    );

    // 50 ms for the answer's way, and for what was on its own way then.
    const from = throttled.ackedAt + 50;
    const during = (await world[simulator].ledger()).filter(
      ({ at }) => at > from && at < throttled.ackedAt + pauseMs - 10,
    );
    const paused = typesApart ? during.filter(({ type }) => type === 'SMS') : during;
    expect(paused).toEqual([]);
    if (typesApart) expect(during.filter(({ type }) => type === 'LMS').length).toBeGreaterThan(0);
  });
});

describe('gateways that are away', () => {
  it('pinned waits and then goes; a failover route moves on within its time; balance goes the other way at once', async () => {
    await takeDown(world.lghv, '2');
    const down = Date.now();
    await pause(300);
    await send('pinned-waits', { gateway: 'hellovision' });
    await send('failover', {}, 'ordered');
    await send('balanced');
    expect(await resultOf('balanced')).toMatchObject({ status: 'delivered', gateway: 'smtnt' });
    expect(await resultOf('failover')).toMatchObject({ status: 'delivered', gateway: 'smtnt' });
    const { at } = await accepted('failover');
    process.stdout.write(
      `failover: on the other gateway ${Math.round(at - down)} ms after the first was cut\n`,
    );
    // At the latest after its time; sooner where the gateway has shown by its faults that it is bad.
    expect(at).toBeGreaterThan(down);
    expect(at - down).toBeLessThan(FAILOVER_MS + 5_000);
    expect(await submitsOf('pinned-waits')).toEqual([]);
    await world.lghv.clearFaults();
    expect(await resultOf('pinned-waits', 40_000)).toMatchObject({
      status: 'delivered',
      gateway: 'hellovision',
    });
    // Back in its order.
    await pause(1_000);
    await send('order-again', {}, 'ordered');
    expect(await resultOf('order-again')).toMatchObject({ status: 'delivered', gateway: 'hellovision' });
  }, 90_000);

  it('outside the sending hours of SMTNT its messages wait, a pinned one-time password expires, the rest goes on', async () => {
    const hour = new Date(Date.now() + 9 * 3_600_000).getUTCHours();
    await world.smtnt.configure({ begin: (hour + 2) % 24, end: (hour + 3) % 24 });
    await world.smtnt.dropConnections();
    const cut = Date.now();
    await pause(3_000);
    await send('hours-wait', { gateway: 'smtnt' });
    await send('hours-otp', { gateway: 'smtnt', priority: 'urgent', ttlSeconds: 2 });
    await send('hours-other');
    expect(await resultOf('hours-other')).toMatchObject({ status: 'delivered', gateway: 'hellovision' });
    expect(await resultOf('hours-otp')).toMatchObject({ status: 'expired', attempts: [] });
    expect((await world.smtnt.ledger()).filter(({ at }) => at > cut)).toEqual([]);
    await world.smtnt.configure({ begin: 0, end: 24 });
    await world.smtnt.dropConnections();
    expect(await resultOf('hours-wait', 40_000)).toMatchObject({ status: 'delivered', gateway: 'smtnt' });
    expect(await submitsOf('hours-otp')).toEqual([]);
  }, 90_000);
});

describe('the end of it all', () => {
  it('too often to this recipient, four offers at least 10 s apart', async () => {
    expect(await resultOf('too-often', 60_000)).toMatchObject({
      status: 'failed',
      gateway: 'hellovision',
      gatewayCode: '17',
      reason: { code: 'too-often' },
      retryable: true,
    });
    const submits = await submitsOf('too-often');
    expect(submits).toHaveLength(4);
    const gaps = submits.slice(1).map(({ at }, i) => at - (submits[i]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(TOO_OFTEN_WAIT_MS - 50);
  }, 90_000);

  it('the ledger: one result each, none accepted twice, no rule of a gateway broken', async () => {
    await pause(2_000);
    const ledger = await drawLedger(world, { ids: [...ids] });
    process.stdout.write(`ledger fates: ${JSON.stringify(ledger.summary)}\n`);
    // The one report that was made to come after its deadline.
    expect(ledger.breaches).toEqual(['late: unknown, although code 6 was reported']);
  });
});
