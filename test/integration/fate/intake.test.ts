import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  accept,
  type ClaimRequest,
  claim,
  optOutsOf,
  parkedReports,
  removeOptOut,
  settleByDeadline,
} from '@pabal/fate';
import { WarmFiles } from '@pabal/files';
import { Intake, makeMember, ownerName, PARK_LIMIT_MS, type Publisher } from '@pabal/fleet';
import type { ResultV1 } from '@pabal/message';
import { type DeliveryReport, type Notice, systemClock } from '@pabal/session';
import { DAY_MS, PREFIX, Stage, until } from './stage.js';

let stage: Stage;
let intake: Intake;
let publisher: Publisher;
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

beforeAll(async () => {
  stage = await Stage.open();
  const { store, producer } = stage;
  const member = makeMember({
    owner: ownerName('receiver'),
    config: {
      prefix: PREFIX,
      gateways: new Map(),
      routes: new Map(),
      replies: [],
      webhooks: [],
      idempotencyWindowMs: DAY_MS,
      reportGraceMs: 0,
      drainLimitMs: 0,
      filesKeepMs: DAY_MS,
    },
    store,
    producer,
    files: new WarmFiles(async () => undefined),
    clock: systemClock,
    random: Math.random,
    log: quiet,
  });
  publisher = member.publisher;
  intake = new Intake(member);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await publisher.flush();
  for (const queue of ['events', 'results']) await stage.producer.queue(queue).obliterate({ force: true });
  for (const { remove } of await parkedReports(stage.store, 1_000)) await remove();
});
afterAll(() => stage.close());

function report(wireId: string, change: Partial<DeliveryReport> = {}): Notice {
  return {
    kind: 'report',
    report: {
      wireId,
      code: '0000',
      certainty: 'delivered',
      reason: 'delivered',
      carrier: 'SKT',
      deliveredAt: 1_764_000_009_000,
      ...change,
    },
  };
}

const take = (notice: Notice) => intake.take('hellovision', 'demo', notice);

async function jobs(queue: string): Promise<{ name: string; data: Record<string, unknown> }[]> {
  await publisher.flush();
  const standing = await stage.producer.queue(queue).getJobs(['wait']);
  return standing.map(({ name, data }) => ({ name, data: data as Record<string, unknown> }));
}

async function accepted(change: Partial<ClaimRequest> = {}): Promise<ClaimRequest> {
  const request = await stage.claimed(change);
  await accept(stage.store, request.id, request.wireId);
  return request;
}

describe('a report', () => {
  it('is stored before it is answered, and its result follows', async () => {
    const { id, wireId } = await accepted();
    await take(report(wireId));
    expect(await stage.record(id)).toMatchObject({
      state: 'settled',
      outcome: { status: 'delivered', by: 'report', code: '0000', carrier: 'SKT' },
    });
    const [job] = await jobs('results');
    expect(job?.data as unknown as ResultV1).toMatchObject({
      id,
      status: 'delivered',
      carrier: 'SKT',
      times: { delivered: '2025-11-24T16:00:09.000Z' },
      attempts: [{ wireId, gatewayCode: '0000' }],
    });
  });

  it.each([
    ['notDelivered', 'failed'],
    ['uncertain', 'unknown'],
  ] as const)('that says %s makes a result %s', async (certainty, status) => {
    const { wireId } = await accepted();
    await take(report(wireId, { certainty, reason: 'handset-off', code: '8' }));
    expect(await jobs('results')).toMatchObject([{ data: { status, gatewayCode: '8' } }]);
  });

  it('repeated, also at once, makes one result and no event', async () => {
    const { wireId } = await accepted();
    const before = intake.counts.repeated;
    await Promise.all([take(report(wireId)), take(report(wireId)), take(report(wireId))]);
    await take(report(wireId));
    expect(await jobs('results')).toHaveLength(1);
    expect(await jobs('events')).toEqual([]);
    expect(intake.counts.repeated - before).toBe(3);
  });

  it('that comes too late is an event, once, and changes no result', async () => {
    const request = await accepted({ reportDeadlineMs: 0 });
    const outcome = { status: 'unknown', reason: 'no-report', by: 'deadline' } as const;
    const settled = await settleByDeadline(stage.store, request.id, request.gateway, outcome);
    if (settled.kind === 'settled') publisher.publish(settled.record);
    await take(report(request.wireId));
    await take(report(request.wireId));
    expect(await jobs('results')).toMatchObject([{ data: { status: 'unknown' } }]);
    expect(await jobs('events')).toMatchObject([
      { name: 'late-report', data: { id: request.id, settledAs: 'unknown', report: { code: '0000' } } },
    ]);
    expect((await stage.record(request.id)).outcome).toEqual(outcome);
  });

  it('of a wire id that nobody knows is parked once, and settles when it becomes known', async () => {
    const request = await stage.ready();
    await take(report(request.wireId));
    await take(report(request.wireId));
    const parked = await parkedReports(stage.store, 10);
    expect(parked).toMatchObject([
      {
        parked: { gateway: 'hellovision', account: 'demo', report: { wireId: request.wireId, code: '0000' } },
      },
    ]);
    expect(Math.abs((parked[0]?.since ?? 0) - stage.store.fleetNow())).toBeLessThan(5_000);
    expect(await intake.sweepParked(10)).toBe(0);
    await claim(stage.store, request);
    expect(await intake.sweepParked(10)).toBe(1);
    expect(await parkedReports(stage.store, 10)).toEqual([]);
    expect((await stage.record(request.id)).state).toBe('settled');
    expect(await jobs('results')).toMatchObject([{ data: { id: request.id, status: 'delivered' } }]);
  });

  it('of a wire id that nobody comes to know is shown as an event in the end', async () => {
    await take(report('00000000000000000042'));
    const now = stage.store.fleetNow();
    jest.spyOn(stage.store, 'fleetNow').mockReturnValue(now + PARK_LIMIT_MS + 1_000);
    expect(await intake.sweepParked(10)).toBe(1);
    expect(await jobs('events')).toMatchObject([
      {
        name: 'unknown-report',
        data: { gateway: 'hellovision', report: { wireId: '00000000000000000042' } },
      },
    ]);
    expect(await parkedReports(stage.store, 10)).toEqual([]);
  });

  it('of a wire id that no job id may hold is shown all the same, and stops none behind it', async () => {
    const wireIds = ['2026-01-01 10:00:00', '한글:1', ''];
    for (const wireId of wireIds) await take(report(wireId));
    jest.spyOn(stage.store, 'fleetNow').mockReturnValue(Date.now() + PARK_LIMIT_MS + 60_000);
    expect(await intake.sweepParked(100)).toBe(wireIds.length);
    expect((await jobs('events')).map(({ name }) => name)).toEqual(wireIds.map(() => 'unknown-report'));
  });

  it('of another account is not taken for ours', async () => {
    const { id, wireId } = await accepted();
    await intake.take('hellovision', 'other', report(wireId));
    expect((await stage.record(id)).state).toBe('accepted');
    expect(await parkedReports(stage.store, 10)).toHaveLength(1);
  });

  it('that does not parse is kept raw, once, so that it blocks nothing', async () => {
    const notice: Notice = { kind: 'unparsedReport', raw: 'AAECAw==', problem: 'status: not a digit' };
    await take(notice);
    await take(notice);
    expect(await jobs('events')).toMatchObject([
      { name: 'unparsed-report', data: { raw: 'AAECAw==', account: 'demo' } },
    ]);
  });

  it('that does not parse is kept beside others of its length, also where short sums of both are alike', async () => {
    // By the sum of 33 × before + next, these two are one.
    for (const raw of ['AAAz', 'AABY', 'AAAz'])
      await take({ kind: 'unparsedReport', raw, problem: 'cut off' });
    const kept = (await jobs('events')).map(({ data }) => (data as { raw: string }).raw);
    expect(kept.sort()).toEqual(['AAAz', 'AABY']);
  });
});

describe('what gateways tell beside reports', () => {
  it('is told apart from others under the same id, and answered whatever its id holds', async () => {
    for (const id of ['', '2026-01-01 10:00:00']) {
      for (const recipient of ['01011112222', '01033334444']) {
        const optOut: Notice = { kind: 'optOut', id, recipient, optOutNumber: '0801234567' };
        await take(optOut);
        await take(optOut);
        await take({ kind: 'numberChanged', id, from: recipient, to: '01055556666' });
      }
    }
    const told = await jobs('events');
    expect(told.map(({ name }) => name).sort()).toEqual([
      ...Array.from({ length: 4 }, () => 'number-changed'),
      ...Array.from({ length: 4 }, () => 'opt-out'),
    ]);
    for (const recipient of ['01011112222', '01033334444']) {
      expect(await optOutsOf(stage.store, recipient)).toHaveLength(1);
      await removeOptOut(stage.store, recipient);
    }
  });

  it('is an event each, once', async () => {
    const notices: Notice[] = [
      { kind: 'optOut', id: '7', recipient: '01098765432', optOutNumber: '0801234567' },
      { kind: 'numberChanged', id: '8', from: '01011112222', to: '01033334444' },
    ];
    for (const notice of [...notices, ...notices]) await take(notice);
    const events = await jobs('events');
    expect(events.map(({ name }) => name).sort()).toEqual(['number-changed', 'opt-out']);
  });
});

describe('what counts against commercial messages', () => {
  const TO = '01012345678';
  const NUMBER = '0801234567';
  const optOut: Notice = { kind: 'optOut', id: '70', recipient: TO, optOutNumber: NUMBER };
  const commercial = { commercial: { recipient: TO, optOutNumber: NUMBER } };

  afterEach(() => removeOptOut(stage.store, TO));

  it('is a notice of an opt-out, before it is told and answered', async () => {
    const told = jest.spyOn(stage.producer, 'event').mockImplementation(async () => {
      expect(await optOutsOf(stage.store, TO)).toMatchObject([{ optOutNumber: NUMBER }]);
    });
    await take(optOut);
    expect(told).toHaveBeenCalledTimes(1);
    expect(await claim(stage.store, await stage.ready(commercial))).toEqual({ kind: 'optedOut' });
  });

  it('is a report that says so, for the number of its message, once', async () => {
    const { id, wireId } = await accepted(commercial);
    const optedOut = report(wireId, { certainty: 'notDelivered', reason: 'recipient-opted-out', code: '32' });
    await take(optedOut);
    expect(await jobs('results')).toMatchObject([
      { data: { id, status: 'failed', reason: { code: 'recipient-opted-out' } } },
    ]);
    await take(optedOut);
    expect(await optOutsOf(stage.store, TO)).toMatchObject([{ optOutNumber: NUMBER }]);
    expect(await jobs('events')).toMatchObject([
      {
        name: 'opt-out',
        data: { gateway: 'hellovision', id, code: '32', recipient: TO, optOutNumber: NUMBER },
      },
    ]);
  });

  it('is done before the message is settled, so that a crash in between loses nothing', async () => {
    const { id, wireId } = await accepted(commercial);
    jest.spyOn(stage.producer, 'event').mockRejectedValueOnce(new Error('a defect'));
    const optedOut = report(wireId, { certainty: 'notDelivered', reason: 'recipient-opted-out', code: '32' });
    await expect(take(optedOut)).rejects.toThrow('a defect');
    expect((await stage.record(id)).state).toBe('accepted');
    await take(optedOut);
    expect((await stage.record(id)).state).toBe('settled');
    expect(await jobs('events')).toHaveLength(1);
  });

  it('is a report of an ordinary message only where it names its recipient', async () => {
    const nameless = await accepted();
    const change = { certainty: 'notDelivered', reason: 'recipient-opted-out', code: '32' } as const;
    await take(report(nameless.wireId, change));
    expect(await optOutsOf(stage.store, TO)).toEqual([]);
    const named = await accepted();
    await take(report(named.wireId, { ...change, recipient: TO }));
    expect(await optOutsOf(stage.store, TO)).toMatchObject([{ optOutNumber: '*' }]);
    const events = await jobs('events');
    expect(events.map(({ data }) => [data.id, data.recipient])).toEqual(
      expect.arrayContaining([
        [nameless.id, undefined],
        [named.id, TO],
      ]),
    );
  });

  it('is no number that moved to another carrier: that is told, and nothing more', async () => {
    const { id, wireId } = await accepted(commercial);
    await take(report(wireId, { certainty: 'notDelivered', reason: 'ported-out', code: '13' }));
    expect(await optOutsOf(stage.store, TO)).toEqual([]);
    expect(await jobs('events')).toMatchObject([
      { name: 'number-changed', data: { id, from: TO, code: '13' } },
    ]);
  });
});

describe('a Redis that goes away', () => {
  it('leaves a report unanswered until it is back', async () => {
    const { id, wireId } = await accepted();
    await stage.redis.kill();
    await until('away', () => stage.store.state === 'away');
    let answered = false;
    const taken = take(report(wireId)).then(() => {
      answered = true;
    });
    await stage.redis.start();
    expect(answered).toBe(false);
    await taken;
    expect((await stage.record(id)).state).toBe('settled');
    expect(await jobs('results')).toHaveLength(1);
  });
});
