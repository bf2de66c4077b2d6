import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Job } from 'bullmq';
import { drawLedger, ordinaryMessages, pause, picture, until, World } from '../support/index.js';

const SMS = 'send-default-sms';
const NOW = Date.now();

interface BadJob {
  readonly what: string;
  readonly data: unknown;
  /** The field that result and failed job must name. */
  readonly field: string;
  readonly queue?: string;
  /** Default `invalid-message`. */
  readonly reason?: string;
  readonly limit?: number | string;
  readonly actual?: number | string;
}

/** A good message but for `change`. */
const sms = (change: object) => ({ to: '01044441000', from: '15881234', text: '안내 말씀', ...change });

/** A good Alimtalk or FriendTalk but for `part` and `change`. */
const kakao = (part: object, change: object) =>
  sms({ kakao: { senderKey: 'key', templateCode: 'T01', ...part }, ...change });
const LINK = { type: 'WL', name: '보기', url_mobile: 'https://a.kr/' };
/** Well formed, and of no file that was ever stored. */
const UNKNOWN_FILE = 'A'.repeat(43);
/** LGHV takes images of 300 KB. */
const OVER_LGHV = picture('over 300 KB', 300 * 1024 + 1);

const BAD: readonly BadJob[] = [
  { what: 'a text instead of an object', data: '안녕하세요', field: 'message' },
  { what: 'null', data: null, field: 'message' },
  { what: 'a number', data: 42, field: 'message' },
  { what: 'an array', data: [sms({ id: 'in-array' })], field: 'message' },
  { what: 'an empty object', data: {}, field: 'id' },
  { what: 'no recipient', data: { id: 'no-to', from: '15881234', text: 'x' }, field: 'to' },
  { what: 'no sender', data: { id: 'no-from', to: '01044441000', text: 'x' }, field: 'from' },
  { what: 'no text', data: { id: 'no-text', to: '01044441000', from: '15881234' }, field: 'text' },
  {
    what: 'a text that is a number',
    data: sms({ id: 'text-type', text: 5 }),
    field: 'text',
    limit: 'string',
  },
  { what: 'an unknown channel', data: sms({ id: 'fax', channel: 'fax' }), field: 'channel' },
  {
    what: 'the channel of another queue',
    data: sms({ id: 'lms', channel: 'lms' }),
    field: 'channel',
    limit: 'sms',
  },
  { what: 'letters in the recipient', data: sms({ id: 'letters', to: '0104444abcd' }), field: 'to' },
  { what: 'letters in the sender', data: sms({ id: 'letters-from', from: '1588CALL' }), field: 'from' },
  {
    what: '91 bytes of SMS',
    data: sms({ id: 'long', text: `${'가'.repeat(45)}a` }),
    field: 'text',
    limit: 90,
    actual: 91,
  },
  {
    what: 'a megabyte of SMS',
    data: sms({ id: 'huge', text: 'a'.repeat(1_000_000) }),
    field: 'text',
    limit: 90,
    actual: 1_000_000,
  },
  { what: 'an emoji', data: sms({ id: 'emoji', text: '선물 🎁' }), field: 'text', limit: 'cp949' },
  { what: 'a NUL in the text', data: sms({ id: 'nul', text: 'a\0b' }), field: 'text' },
  { what: 'a subject on an SMS', data: sms({ id: 'subject', subject: '제목' }), field: 'subject' },
  {
    what: 'a reply queue that nobody declared',
    data: sms({ id: 'reply', replyTo: 'nobody' }),
    field: 'replyTo',
  },
  {
    what: 'a fallback whose second step is too long',
    data: sms({
      id: 'fallback',
      fallback: [
        { channel: 'lms', text: '안내' },
        { channel: 'sms', text: 'a'.repeat(91) },
      ],
    }),
    field: 'fallback.1.text',
    limit: 90,
    actual: 91,
  },
  { what: 'an id with a colon', data: sms({ id: 'a:b' }), field: 'id' },
  { what: 'an id of 65 characters', data: sms({ id: 'x'.repeat(65) }), field: 'id' },
  { what: 'an id that is a number', data: sms({ id: 1234 }), field: 'id' },
  { what: 'another version', data: sms({ id: 'version', v: 2 }), field: 'v' },
  { what: 'an unknown field', data: sms({ id: 'colour', colour: 'red' }), field: 'colour' },
  { what: 'an unknown priority', data: sms({ id: 'priority', priority: 'highest' }), field: 'priority' },
  {
    what: 'a time without offset',
    data: sms({ id: 'time', sendAt: '2026-01-31T09:00:00' }),
    field: 'sendAt',
  },
  {
    what: 'both forms of expiry',
    data: sms({ id: 'expiry', ttlSeconds: 60, expiresAt: new Date(NOW + 60_000).toISOString() }),
    field: 'ttlSeconds',
  },
  { what: 'a gateway that is none', data: sms({ id: 'gateway', gateway: 'elsewhere' }), field: 'gateway' },
  {
    what: 'a bad one among the urgent',
    data: sms({ id: 'urgent', from: '' }),
    field: 'from',
    queue: 'urgent-default-sms',
  },
  {
    what: 'a button of a type that Kakao has not',
    data: kakao({ buttons: [LINK, { ...LINK, type: 'XX' }] }, { id: 'button-type' }),
    field: 'kakao.buttons.1.type',
    queue: 'send-default-alimtalk',
  },
  {
    what: 'a button without the address that its type needs',
    data: kakao({ buttons: [{ type: 'WL', name: '보기' }] }, { id: 'button-link' }),
    field: 'kakao.buttons.0.url_mobile',
    queue: 'send-default-friendtalk',
  },
  {
    what: 'six buttons',
    data: kakao({ buttons: Array(6).fill(LINK) }, { id: 'buttons' }),
    field: 'kakao.buttons',
    queue: 'send-default-alimtalk',
    limit: 5,
    actual: 6,
  },
  {
    what: 'an Alimtalk without a template',
    data: kakao({ templateCode: undefined }, { id: 'template' }),
    field: 'kakao.templateCode',
    queue: 'send-default-alimtalk',
  },
  {
    what: '1,001 characters of FriendTalk',
    data: kakao({}, { id: 'kakao-long', text: '가'.repeat(1_001) }),
    field: 'text',
    queue: 'send-default-friendtalk',
    limit: 1_000,
    actual: 1_001,
  },
  {
    what: 'what the gateway that it is pinned to has no field for',
    data: kakao({ header: '머리말' }, { id: 'kakao-header', gateway: 'smtnt' }),
    field: 'kakao.header',
    queue: 'send-default-alimtalk',
  },
  {
    what: 'four images',
    data: sms({ id: 'images', files: Array(4).fill(UNKNOWN_FILE) }),
    field: 'files',
    queue: 'send-default-mms',
    limit: 3,
    actual: 4,
  },
  {
    what: 'a file id that is none',
    data: sms({ id: 'file-id', files: ['photo.jpg'] }),
    field: 'files.0',
    queue: 'send-default-mms',
    reason: 'file-error',
  },
  {
    what: 'a file that nobody stored',
    data: sms({ id: 'file-unknown', files: [OVER_LGHV.id, UNKNOWN_FILE] }),
    field: 'files.1',
    queue: 'send-default-mms',
    reason: 'file-error',
  },
  {
    what: 'an image that is too large for the gateway that it is pinned to',
    data: sms({ id: 'file-large', files: [OVER_LGHV.id], gateway: 'hellovision' }),
    field: 'files.0',
    queue: 'send-default-mms',
    limit: 307_200,
    actual: 307_201,
  },
  {
    what: 'an RCS message without a format',
    data: sms({ id: 'rcs-base', rcs: { brandKey: 'brand' } }),
    field: 'rcs.messageBaseId',
    queue: 'send-default-rcs',
  },
  {
    what: 'an RCS button with a label of 26 characters',
    data: sms({
      id: 'rcs-button',
      rcs: {
        messageBaseId: 'SS000000',
        buttons: [{ suggestions: [{ action: { displayText: 'x'.repeat(26) } }] }],
      },
    }),
    field: 'rcs.buttons.0.suggestions.0.action.displayText',
    queue: 'send-default-rcs',
    limit: 25,
    actual: 26,
  },
  {
    what: 'a bad one in an internal queue',
    data: { v: 1, uncertain: true },
    field: 'id',
    queue: 'to-hellovision-sms',
  },
];

let world: World;

beforeAll(async () => {
  world = await World.open({
    lghv: ['--tps', 'sms=50,lms=50'],
    smtnt: ['--speed', '50'],
    routes: ['  mrs: { gateways: [hellovision] }'],
  });
  await world.files.put(OVER_LGHV.bytes);
  await Promise.all([world.startReady('receiver'), world.startReady('sender')]);
});

afterAll(() => world.close());

/** Do all senders' queues of SMS stand open, as the fleet tells? */
async function served(): Promise<boolean> {
  const { output } = await world.run('status', '--json', '--config', world.config);
  const { processes } = JSON.parse(output) as { processes: { serving: string[] }[] };
  const open = new Set(processes.flatMap(({ serving }) => serving));
  return BAD.every(({ queue = SMS }) => open.has(queue));
}

/** The job of a case, by the number of the case; never an id of digits only, which BullMQ refuses. */
const jobIdOf = (index: number) => `raw-${index}`;

/** The id that the result of a case must have: the message's where it can be used, else one made from the job's. */
function resultIdOf({ data, queue = SMS }: BadJob, index: number): string {
  const id = typeof data === 'object' && data !== null ? (data as { id?: unknown }).id : undefined;
  return typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? id : `job-${queue}-${jobIdOf(index)}`;
}

describe('P7: bad jobs of a raw BullMQ client', () => {
  const good = ordinaryMessages(100, 'among-bad-ones');
  const goodIds = [...good.map(({ id }) => id ?? ''), '20260131'];

  beforeAll(async () => {
    await until('its queues are served', served);
    // A sweep of unserved queues that began before would take bad jobs away instead of leaving them among the failed.
    await pause(1_500);
    await world.enqueue(good.slice(0, 50));
    for (const [i, { data, queue = SMS }] of BAD.entries()) {
      const priority = queue.startsWith('send-') ? { priority: 10 } : {};
      const opts = { jobId: jobIdOf(i), attempts: 3, ...priority };
      await world.producer.queue(queue).add('message', data, opts);
    }
    // An id of digits only is a good one of a message; BullMQ names this job itself.
    await world.producer
      .queue(SMS)
      .add('message', sms({ id: '20260131', text: '[20260131] 안내 말씀' }), { priority: 10 });
    await world.enqueue(good.slice(50));
    await world.settled([...goodIds, ...BAD.map(resultIdOf)], 30_000);
    await pause(1_000);
  });

  it.each(BAD.map((bad, index) => ({ ...bad, index })))(
    '$what: one result that names $field, and a failed job that is not tried again',
    async (bad) => {
      const { index, field, queue = SMS, reason = 'invalid-message', limit, actual } = bad;
      const results = world.results.ids.get(resultIdOf(bad, index)) ?? [];
      expect(results).toHaveLength(1);
      const [result] = results;
      expect(result).toMatchObject({
        status: 'failed',
        retryable: false,
        reason: { code: reason },
        attempts: [],
      });
      const problem = result?.problems?.find((each) => each.field === field);
      expect(problem).toMatchObject({
        field,
        ...(limit === undefined ? {} : { limit }),
        ...(actual === undefined ? {} : { actual }),
      });
      // Under a name of its own, so that a good one may come under its first.
      const [aside = ''] = await world.producer.failedIds(queue, jobIdOf(index));
      const job = (await world.producer.queue(queue).getJob(aside)) as Job;
      expect(await job.getState()).toBe('failed');
      expect(job.attemptsMade).toBe(1);
      expect(job.failedReason).toContain(field);
      expect(job.failedReason.length).toBeLessThanOrEqual(500);
    },
  );

  it('a channel is refused where no gateway of the route carries it, and delivered where one does', async () => {
    const rcs = (id: string, change: object = {}) =>
      sms({ id, text: `[${id}] 안내 말씀`, channel: 'rcs', rcs: { messageBaseId: 'SS000000' }, ...change });
    const add = (route: string, data: object) =>
      world.producer.queue(`send-${route}-rcs`).add('message', data, { priority: 10 });
    await add('mrs', rcs('rcs-route'));
    await add('default', rcs('rcs-pinned', { gateway: 'hellovision' }));
    await add('default', rcs('rcs-carried'));
    await world.settled(['rcs-route', 'rcs-pinned', 'rcs-carried'], 20_000);
    for (const id of ['rcs-route', 'rcs-pinned']) {
      expect(world.results.ids.get(id)).toMatchObject([
        {
          status: 'failed',
          reason: { code: 'unsupported-channel' },
          problems: [{ field: 'channel', rule: 'unsupported-channel' }],
        },
      ]);
    }
    expect(world.results.ids.get('rcs-carried')).toMatchObject([
      { status: 'delivered', channel: 'rcs', gateway: 'smtnt' },
    ]);
  });

  it('all good ones between them are delivered, and no gateway ever saw a bad one', async () => {
    const badIds = [...BAD.map(resultIdOf), 'rcs-route', 'rcs-pinned'];
    const delivered = [...goodIds, 'rcs-carried'];
    const ledger = await drawLedger(world, { ids: [...delivered, ...badIds] });
    expect(ledger.breaches).toEqual([]);
    expect(ledger.summary).toMatchObject({ delivered: delivered.length, failed: badIds.length });
    expect(badIds.filter((id) => ledger.accounts.get(id)?.submits.length !== 0)).toEqual([]);
  });
});

describe('P7: garbage on a gateway socket', () => {
  it('closes that session with a reason, it logs in again, and nothing else suffers', async () => {
    const simulators = [world.lghv, world.smtnt];
    for (const simulator of simulators) await simulator.fault('garbage', { value: 64, after: 20, count: 1 });
    const messages = ordinaryMessages(200, 'after-garbage', (i) => ({
      gateway: i % 2 === 0 ? 'hellovision' : 'smtnt',
    }));
    const ids = messages.map(({ id }) => id ?? '');
    await world.enqueue(messages);
    await world.settled(ids, 60_000);
    for (const simulator of simulators) expect(await simulator.faults()).toMatchObject([{ struck: 1 }]);
    const events = world.producer.queue('events');
    const told = (await events.getJobs(['waiting']))
      .filter(({ name }) => name === 'session')
      .map(({ data }) => data as { gateway: string; from: string; to: string; reason?: string });
    for (const gateway of ['hellovision', 'smtnt']) {
      const own = told.filter((event) => event.gateway === gateway);
      expect(own.filter(({ from, reason }) => from === 'ready' && reason !== undefined)).toHaveLength(1);
      expect(own.at(-1)).toMatchObject({ to: 'ready' });
      process.stdout.write(
        `${gateway}: garbage ended the session with ${own.find(({ from }) => from === 'ready')?.reason}\n`,
      );
    }
    const ledger = await drawLedger(world, {
      ids: [...ids, ...world.results.ids.keys()].filter((id, i, all) => all.indexOf(id) === i),
    });
    expect(ledger.breaches).toEqual([]);
  });
});
