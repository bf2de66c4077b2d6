import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MessageInput } from '@pabal/message';
import type { LedgerEntry } from '@pabal/simulator';
import { type Child, drawLedger, pause, picture, until, World } from '../support/index.js';

const NUMBER = '0801111111';
const OTHER_NUMBER = '0802222222';
/** Opted out of NUMBER, as SMTNT told. Whole numbers, so that no ending chooses a code. */
const PERSON = '01041231234';
const SOMEBODY = '01041235678';
const REPEAT_MS = 500;

let world: World;
let roles: Child[];
let image: string;
/** Every id that was enqueued, for the ledger at the end. */
const ids: string[] = [];

beforeAll(async () => {
  const delays = ['--ack-delay', '5-20', '--report-repeat', String(REPEAT_MS)];
  world = await World.open({
    lghv: ['--account', 'demo:demo-password', '--account', 'all:demo-password', ...delays],
    smtnt: [...delays, '--capture', '1000'],
    lghvGateways: { everything: ['userId: all', 'report: A'] },
  });
  image = (await world.files.put(picture('offer', 20_000).bytes)).id;
  roles = await start();
}, 60_000);

afterAll(() => world.close());

/** Both roles, with every gateway logged in. */
async function start(): Promise<Child[]> {
  const [receiver, sender] = [world.start('receiver'), world.start('sender')];
  const ready = (gateway: string) => new RegExp(`^(?=.*"gateway":"${gateway}")(?=.*"to":"ready")`);
  for (const gateway of ['hellovision', 'everything', 'smtnt']) await sender.line(ready(gateway), 40_000);
  return [receiver, sender];
}

/** Enqueues a message under this id; what it does not say is ordinary. */
async function send(id: string, shape: Partial<MessageInput>): Promise<void> {
  ids.push(id);
  const message = { id, channel: 'sms', to: PERSON, from: '15881234', text: `[${id}] 안내 말씀` } as const;
  await world.enqueue([{ ...message, ...shape }]);
}

/** The one result of a message, and all that a gateway saw of it. */
async function endOf(id: string) {
  await world.settled([id], 20_000);
  const query = `?textIncludes=${encodeURIComponent(`[${id}]`)}`;
  const submits: LedgerEntry[] = [...(await world.lghv.ledger(query)), ...(await world.smtnt.ledger(query))];
  return { results: world.results.ids.get(id), submits };
}

async function expectSuppressed(id: string): Promise<void> {
  const { results, submits } = await endOf(id);
  expect(results).toMatchObject([
    { status: 'failed', reason: { code: 'recipient-opted-out' }, attempts: [], retryable: false },
  ]);
  expect(submits).toEqual([]);
}

async function expectDelivered(id: string): Promise<void> {
  expect((await endOf(id)).results).toMatchObject([{ status: 'delivered' }]);
}

/** The events of a name that tell of this number. */
async function events(name: string, number: string): Promise<Record<string, unknown>[]> {
  const jobs = await world.producer.queue('events').getJobs(['waiting']);
  return jobs
    .filter((job) => job.name === name)
    .map((job) => job.data as Record<string, unknown>)
    .filter(({ recipient, from }) => recipient === number || from === number);
}

/** What the SMTNT server has told and nobody has answered. */
async function unanswered(): Promise<number> {
  const { accounts } = (await world.smtnt.stats()).details as {
    accounts: Record<string, { unanswered: number }>;
  };
  return accounts.test001?.unanswered ?? Number.NaN;
}

async function optOut(phoneNo: string, denyNo: string): Promise<void> {
  await world.smtnt.configure({ spam: { phoneNo, denyNo } });
  await until('told', async () => (await events('opt-out', phoneNo)).length > 0);
  await until('answered', async () => (await unanswered()) === 0);
}

const commercial = (id: string, shape: Partial<MessageInput> = {}): Partial<MessageInput> => ({
  text: `(광고) [${id}] 여름 세일`,
  ad: { optOutNumber: NUMBER },
  ...shape,
});

describe('an opt-out that SMTNT tells (SpamReq)', () => {
  beforeAll(() => optOut(PERSON, NUMBER));

  it('is one event', async () => {
    await pause(2 * REPEAT_MS);
    expect(await events('opt-out', PERSON)).toEqual([
      { v: 1, gateway: 'smtnt', recipient: PERSON, optOutNumber: NUMBER },
    ]);
  });

  const KAKAO = { senderKey: 'a1b2c3d4', adFlag: true };
  const RCS = { messageBaseId: 'SS000000', header: true, footer: NUMBER };
  it.each([
    ['an SMS', {}],
    ['an SMS over the other gateway', { gateway: 'hellovision' }],
    ['an SMS over the gateway that told', { gateway: 'smtnt' }],
    ['an SMS that only begins with the mark', { ad: undefined }],
    ['an urgent SMS', { priority: 'urgent' }],
    ['an LMS', { channel: 'lms', subject: '세일' }],
    ['an MMS', { channel: 'mms', files: ['offer'] }],
    ['a FriendTalk', { channel: 'friendtalk', kakao: KAKAO, ad: undefined }],
    ['an RCS message', { channel: 'rcs', rcs: RCS, ad: undefined }],
  ] as const)('keeps %s of advertising from that person', async (what, { ...shape }: object) => {
    const id = what.replaceAll(' ', '-');
    const full: Partial<MessageInput> = { ...commercial(id), ...shape };
    await send(id, { ...full, ...(full.files && { files: [image] }) });
    await expectSuppressed(id);
  });

  it.each([
    ['what is no advertising', {}],
    ['a one-time password', { priority: 'urgent', ttlSeconds: 60 }],
    ['advertising of another opt-out number', { ...commercial('x'), ad: { optOutNumber: OTHER_NUMBER } }],
    ['advertising for somebody else', { ...commercial('x'), to: SOMEBODY }],
  ] as const)('lets %s pass', async (what, shape) => {
    const id = what.replaceAll(' ', '-');
    const text = 'text' in shape ? { text: `(광고) [${id}] 세일` } : {};
    await send(id, { ...shape, ...text });
    await expectDelivered(id);
  });

  it('counts until the person agreed anew', async () => {
    const to = '01041239999';
    await optOut(to, NUMBER);
    const words = ['--remove', to, '--number', NUMBER, '--config', world.config];
    expect(await world.run('opt-outs', ...words)).toMatchObject({ code: 0 });
    await send('anew', commercial('anew', { to }));
    await expectDelivered('anew');
    expect(await world.run('opt-outs', ...words)).toMatchObject({ code: 1 });
    await world.smtnt.configure({ spam: { phoneNo: to, denyNo: OTHER_NUMBER } });
    await until('told again', async () => (await events('opt-out', to)).length === 2);
    await send('other', commercial('other', { to, ad: { optOutNumber: OTHER_NUMBER } }));
    await expectSuppressed('other');
  });
});

describe('an opt-out that LGHV reports (32)', () => {
  it('of an advertising counts for its number, also where the report names no recipient (REPORT M)', async () => {
    const to = '01041230032';
    await send('m', commercial('m', { to, gateway: 'hellovision' }));
    expect((await endOf('m')).results).toMatchObject([{ status: 'failed', gatewayCode: '32' }]);
    expect(await events('opt-out', to)).toMatchObject([
      { gateway: 'hellovision', id: 'm', code: '32', optOutNumber: NUMBER },
    ]);
    await send('m-again', commercial('m-again', { to, gateway: 'smtnt' }));
    await expectSuppressed('m-again');
  });

  it('of any message counts for every number where the report names the recipient (REPORT A)', async () => {
    const to = '01041240032';
    await send('a', { to, gateway: 'everything' });
    expect((await endOf('a')).results).toMatchObject([{ status: 'failed', gatewayCode: '32' }]);
    expect(await events('opt-out', to)).toMatchObject([
      { gateway: 'everything', id: 'a', code: '32', optOutNumber: '*' },
    ]);
    await send('a-again', commercial('a-again', { to, ad: { optOutNumber: OTHER_NUMBER } }));
    await expectSuppressed('a-again');
    expect(await events('opt-out', to)).toHaveLength(1);
  });
});

describe('a number that moved', () => {
  it.each([
    ['LGHV reports (13, REPORT A)', 'everything', '13', '01041250013'],
    ['SMTNT reports (12)', 'smtnt', '12', '01041260013'],
  ])('to another carrier, as %s, is one event', async (_what, gateway, code, to) => {
    const id = `moved-${gateway}`;
    await send(id, { to, gateway });
    expect((await endOf(id)).results).toMatchObject([
      { status: 'failed', gatewayCode: code, reason: { code: 'ported-out' } },
    ]);
    expect(await events('number-changed', to)).toMatchObject([{ gateway, id, code, from: to }]);
  });

  it('is told by LGHV for its message where the report names no recipient (13, REPORT M)', async () => {
    await send('moved-m', { to: '01041270013', gateway: 'hellovision' });
    await endOf('moved-m');
    const jobs = await world.producer.queue('events').getJobs(['waiting']);
    const told = jobs.filter(({ name, data }) => name === 'number-changed' && data.id === 'moved-m');
    expect(told.map(({ data }) => data)).toMatchObject([{ gateway: 'hellovision', code: '13' }]);
  });

  it('to another number (ChangePhoneReq) is stored, then answered', async () => {
    await world.smtnt.configure({ numberChange: { phoneNo: '01099990001', changePhoneNo: '01088880001' } });
    await until('answered', async () => (await unanswered()) === 0);
    await pause(2 * REPEAT_MS);
    expect(await events('number-changed', '01099990001')).toEqual([
      { v: 1, gateway: 'smtnt', from: '01099990001', to: '01088880001' },
    ]);
  });
});

/** How many packets of a method went one way over the SMTNT connection since then, epoch ms. */
async function packets(direction: 'sent' | 'received', method: string, since: number): Promise<number> {
  const captures = await world.smtnt.captures(`?direction=${direction}`);
  return captures.filter(({ at, hex }) => at >= since && methodOf(Buffer.from(hex, 'hex')) === method).length;
}

function methodOf(frame: Buffer): string {
  const json = inflateSync(frame.subarray(frame.indexOf('\r\n') + 2)).toString('utf8');
  return (JSON.parse(json) as { Header: { Method: string } }).Header.Method;
}

describe('P3: stored, then acknowledged', () => {
  it('an opt-out and a number change that come while Redis is away are answered once it has them', async () => {
    await world.redis.kill();
    const killed = Date.now();
    await world.smtnt.configure({
      spam: { phoneNo: SOMEBODY, denyNo: NUMBER },
      numberChange: { phoneNo: '01099990002', changePhoneNo: '01088880002' },
    });
    await pause(4 * REPEAT_MS);
    for (const [request, answer] of [
      ['SpamReq', 'SpamRes'],
      ['ChangePhoneReq', 'ChangePhoneRes'],
    ] as const) {
      expect(await packets('sent', request, killed)).toBeGreaterThan(1);
      expect(await packets('received', answer, killed)).toBe(0);
    }
    await world.redis.start();
    await until('answered', async () => (await unanswered()) === 0);
    await pause(2 * REPEAT_MS);
    expect(await events('opt-out', SOMEBODY)).toHaveLength(1);
    expect(await events('number-changed', '01099990002')).toHaveLength(1);
    await send('after-all', commercial('after-all', { to: SOMEBODY }));
    await expectSuppressed('after-all');
  }, 60_000);

  it('opt-outs outlive everything that runs', async () => {
    await Promise.all(roles.map((role) => role.stop()));
    await world.redis.kill();
    await world.redis.start();
    roles = await start();
    await send('restarted', commercial('restarted', { to: SOMEBODY }));
    await expectSuppressed('restarted');
    await send('restarted-plain', { to: SOMEBODY });
    await expectDelivered('restarted-plain');
  }, 90_000);
});

describe('the end of it all', () => {
  it('the ledger: one result each, none accepted twice, no rule of a gateway broken', async () => {
    await pause(500);
    const ledger = await drawLedger(world, { ids });
    process.stdout.write(`ledger opt-outs: ${JSON.stringify(ledger.summary)}\n`);
    expect(ledger.breaches).toEqual([]);
  });
});
