import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { accept, type ClaimRequest, parkedReports, parkReport } from '@pabal/fate';
import { bindGateway, Intake, KeptReports, makeMember, ownerName } from '@pabal/fleet';
import { type DeliveryReport, type Notice, systemClock } from '@pabal/session';
import { FakeGateway } from './fake-gateway.js';
import { DAY_MS, PREFIX, Stage } from './stage.js';

let stage: Stage;
let intake: Intake;
let kept: KeptReports;
/** What the gateway makes of raw bytes now. */
let reread: Notice | undefined;
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

beforeAll(async () => {
  stage = await Stage.open();
  const { store, producer } = stage;
  const kind = { ...new FakeGateway('hellovision').kind, reread: () => reread };
  const config = {
    prefix: PREFIX,
    gateways: new Map([['hellovision', bindGateway('hellovision', kind, 0)]]),
    routes: new Map(),
    replies: [],
    webhooks: [],
    idempotencyWindowMs: DAY_MS,
    reportGraceMs: 0,
    drainLimitMs: 0,
    filesKeepMs: DAY_MS,
  };
  const files = { load: async () => ({ kind: 'loaded' as const, files: [] }) };
  const member = makeMember({
    ...{ owner: ownerName('receiver'), config, store, producer, files },
    ...{ clock: systemClock, random: Math.random, log: quiet },
  });
  intake = new Intake(member);
  kept = new KeptReports({ store, producer, config, log: quiet });
});
afterEach(async () => {
  reread = undefined;
  await kept.flush();
  for (const queue of ['events', 'results']) await stage.producer.queue(queue).obliterate({ force: true });
  for (const { remove } of await parkedReports(stage.store, 10_000)) await remove();
});
afterAll(() => stage.close());

function report(wireId: string, change: Partial<DeliveryReport> = {}): DeliveryReport {
  return { wireId, code: '6', certainty: 'delivered', reason: 'delivered', ...change };
}

async function list() {
  const all = [];
  for await (const each of kept.list()) all.push(each);
  return all;
}

async function accepted(change: Partial<ClaimRequest> = {}): Promise<ClaimRequest> {
  const request = await stage.claimed(change);
  await accept(stage.store, request.id, request.wireId);
  return request;
}

async function unparsed(raw: string): Promise<string> {
  await intake.take('hellovision', 'demo', {
    kind: 'unparsedReport',
    raw,
    problem: 'field-not-digits: msgId',
  });
  const [{ id } = { id: '' }] = await list();
  return id;
}

const results = async () => {
  await kept.flush();
  return (await stage.producer.queue('results').getJobs(['wait'])).map(({ data }) => data as unknown);
};

describe('kept reports', () => {
  it('are listed with their recipient masked and without raw bytes', async () => {
    await parkReport(stage.store, {
      gateway: 'hellovision',
      account: 'demo',
      report: { ...report('17', { recipient: '01012345678' }) },
    });
    await unparsed('AAECAw==');
    const shown = await list();
    expect(shown).toMatchObject([
      { kind: 'parked', gateway: 'hellovision', account: 'demo', wireId: '17', code: '6' },
      { kind: 'unparsed', gateway: 'hellovision', problem: 'field-not-digits: msgId', bytes: 4 },
    ]);
    expect(JSON.stringify(shown)).not.toMatch(/01012345678|AAECAw/);
  });

  it('that are parked settle once their message is known, and then are kept no longer', async () => {
    const { id, wireId } = await accepted();
    await parkReport(stage.store, { gateway: 'hellovision', account: 'demo', report: { ...report(wireId) } });
    const [parked] = await list();
    expect(await kept.replay(parked?.id ?? '')).toBe('settled');
    expect(await list()).toEqual([]);
    expect(await results()).toMatchObject([{ id, status: 'delivered' }]);
    expect(await kept.replay(parked?.id ?? '')).toBeUndefined();
  });

  it('that nobody knows stay as they are, and are not parked anew', async () => {
    await stage.producer.event('unknown-report', 'unknown-x', {
      gateway: 'hellovision',
      account: 'demo',
      report: report('99999999999999999999'),
    });
    const [unknown] = await list();
    expect(await kept.replay(unknown?.id ?? '')).toBe('unknown');
    expect(await list()).toEqual([unknown]);
  });

  it('that only repeat what settled their message go, and make no second result', async () => {
    const { wireId } = await accepted();
    await intake.take('hellovision', 'demo', { kind: 'report', report: report(wireId) });
    await stage.producer.event('unknown-report', 'unknown-y', {
      gateway: 'hellovision',
      account: 'demo',
      report: report(wireId),
    });
    const [unknown] = await list();
    expect(await kept.replay(unknown?.id ?? '')).toBe('repeated');
    expect(await list()).toEqual([]);
  });

  it('that did not parse count once their gateway can read them', async () => {
    const { id, wireId } = await accepted();
    const event = await unparsed('cmVwb3J0');
    expect(await kept.replay(event)).toBe('unparsable');
    reread = { kind: 'report', report: report(wireId) };
    expect(await kept.replay(event)).toBe('settled');
    expect(await results()).toMatchObject([{ id, status: 'delivered' }]);
    expect(await list()).toEqual([]);
  });

  it('that tell of a recipient are told', async () => {
    const event = await unparsed('bm90aWNl');
    reread = { kind: 'numberChanged', id: '1', from: '01011112222', to: '01033334444' };
    expect(await kept.replay(event)).toBe('told');
    const events = await stage.producer.queue('events').getJobs(['wait']);
    expect(events.map(({ name }) => name)).toEqual(['number-changed']);
  });

  it('are all seen by the sweep and by the list, however many there are', async () => {
    const many = Array.from({ length: 1_203 }, (_, i) => String(i + 1).padStart(20, '0'));
    for (const wireId of many)
      await parkReport(stage.store, {
        gateway: 'hellovision',
        account: 'demo',
        report: { ...report(wireId) },
      });
    expect(await list()).toHaveLength(many.length);
    // The message of the very last one becomes known: it stands behind more than one page of others.
    const { id, wireId } = await accepted();
    await parkReport(stage.store, { gateway: 'hellovision', account: 'demo', report: { ...report(wireId) } });
    const left = [];
    for (let i = 0; i < 4; i++) left.push(await intake.sweepParked(400));
    expect(left).toEqual([0, 0, 0, 1]);
    expect((await stage.record(id)).state).toBe('settled');
  });
});
