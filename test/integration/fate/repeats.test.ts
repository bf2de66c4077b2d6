import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningApi, startApi } from '@pabal/api';
import { MessageRefused, PabalClient } from '@pabal/client';
import { buryTombstones, clearOutbox, readMessage } from '@pabal/fate';
import { GATEWAY_KINDS } from '@pabal/fleet';
import type { ResultV1 } from '@pabal/message';
import { createLogger, parseConfig } from '@pabal/runtime';
import type { SubmitOutcome } from '@pabal/session';
import { accepted } from './fake-gateway.js';
import { type Input, messageOf, SenderPlay } from './sender-play.js';
import { DAY_MS, PREFIX, type Stage, until } from './stage.js';

/**
 * The same id is the same message, by whichever door it comes, as long as the message lives and `idempotencyWindow` after
 * its result. One fleet for all: the gateway alpha refuses `dead-…` for good and accepts everything else; beta has no session.
 */

const WINDOW_MS = 1_500;
const QUEUE = 'send-default-sms';
const HOUR_MS = 3_600_000;

let play: SenderPlay;
let stage: Stage;
let client: PabalClient;
let api: RunningApi;

const dead: SubmitOutcome = {
  kind: 'refused',
  code: '7',
  certainty: 'notDelivered',
  reason: 'dead-number',
  advice: 'giveUp',
};

beforeAll(async () => {
  play = await SenderPlay.open();
  ({ stage } = play);
  await play.publishCatalogue();
  client = await PabalClient.connect({ redis: stage.redis.url, prefix: PREFIX });
  play.alpha.script = ({ message: { id } }) => (id.startsWith('dead-') ? dead : accepted);
  play.beta.open = false;
  await play.start();
  await play.startReceiver();
  await openApi();
}, 60_000);
afterAll(async () => {
  await client.close();
  await stage.close();
});

const CONFIG = `
gateways:
  smtnt:
    protocol: smtnt
    host: 127.0.0.1
    port: 8490
    bindId: test001
    password: demo-password
    crypto: { key: "0123456789abcdef", iv: "0123456789abcdef" }
routes: { default: { gateways: [smtnt], policy: balance } }
replies: [results]
api: { port: 0 }
`;

async function openApi(): Promise<void> {
  const yaml = `redis: { url: "${stage.redis.url}" }${CONFIG}`;
  const config = parseConfig(yaml, {
    ...{ source: 'a test', env: {}, kinds: GATEWAY_KINDS },
    readSecret: (path) => path,
  });
  api = await startApi({ config, log: createLogger({ level: 'fatal', name: 'api' }) });
  stage.onClose(() => api.close());
}

async function post(body: unknown): Promise<Response> {
  return fetch(`${api.url}/v1/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** The doors by which a message may come. */
const DOORS = {
  HTTP: async (input: Input) => {
    const answer = await post(messageOf(input));
    if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`);
  },
  client: async (input: Input) => {
    await client.send(messageOf(input));
  },
  'raw job': async (input: Input) => raw(QUEUE, input),
  'raw job among the urgent ones': async (input: Input) => raw('urgent-default-sms', input),
  'raw job on another route': async (input: Input) => raw('send-only-alpha-sms', input),
  'raw batch': async (input: Input) => {
    const data = { v: 1, messages: [messageOf(input)] };
    await stage.producer.queue(QUEUE).add('batch', data, { jobId: `b-${++beside}`, priority: 10 });
  },
};
let beside = 0;

async function raw(queue: string, input: Input): Promise<void> {
  await stage.producer
    .queue(queue)
    .add('message', messageOf(input), { jobId: `m-${input.id}`, priority: 10 });
}

/** No job of it is left: whatever came was looked at. */
async function quiet(id: string): Promise<void> {
  for (const queue of [QUEUE, 'urgent-default-sms', 'send-only-alpha-sms']) await play.jobGone(queue, id);
  await until('no batch is left', async () => {
    const jobs = await stage.producer.queue(QUEUE).getJobs(['wait', 'prioritized', 'delayed', 'active']);
    return jobs.every((job) => job?.name !== 'batch');
  });
}

async function conflictsOf(id: string): Promise<number> {
  const events = await play.jobs<{ id: string }>('events');
  return events.filter(({ name, data }) => name === 'id-conflict' && data.id === id).length;
}

const other = (input: Input): Input => ({ ...input, text: '다른 내용' });

describe('the same message again', () => {
  it.each(Object.keys(DOORS) as (keyof typeof DOORS)[])('by the door %s is sent once', async (door) => {
    const id = `again-${door.toLowerCase().replace(/[^a-z]/g, '-')}`;
    await DOORS.client({ id });
    await DOORS[door]({ id });
    await play.reaches(id, 'accepted');
    await DOORS[door]({ id });
    await quiet(id);
    expect(play.writes(id)).toHaveLength(1);
    expect(await conflictsOf(id)).toBe(0);
  });

  it.each(Object.keys(DOORS) as (keyof typeof DOORS)[])(
    'by the door %s, first of all, is the one that is sent',
    async (door) => {
      const id = `first-${door.toLowerCase().replace(/[^a-z]/g, '-')}`;
      await DOORS[door]({ id });
      await DOORS.client({ id });
      await play.reaches(id, 'accepted');
      await quiet(id);
      expect(play.writes(id)).toHaveLength(1);
      expect(await conflictsOf(id)).toBe(0);
    },
  );

  it('among many of the client is sent once, and another one under its id is told', async () => {
    const beside = (name: string) => Array.from({ length: 500 }, (_, i) => messageOf({ id: `${name}-${i}` }));
    await DOORS.client({ id: 'many-7' });
    await client.sendMany(beside('many'));
    await quiet('many-7');
    expect(play.writes('many-7')).toHaveLength(1);
    expect(play.writes('many-8')).toHaveLength(1);
    await DOORS['raw batch'](other({ id: 'many-8' }));
    await until('told', async () => (await conflictsOf('many-8')) === 1);
  });

  it('while it is scheduled makes no second job', async () => {
    const input = { id: 'scheduled', sendAt: new Date(Date.now() + HOUR_MS).toISOString() };
    for (const send of [DOORS.client, DOORS['raw job'], DOORS.client]) await send(input);
    await DOORS['raw batch'](input);
    await until('the batch is over', async () => {
      const jobs = await stage.producer.queue(QUEUE).getJobs(['prioritized', 'active']);
      return jobs.every((job) => job?.name !== 'batch');
    });
    const delayed = await stage.producer.queue(QUEUE).getJobs(['delayed']);
    expect(delayed.filter(({ id }) => id === 'm-scheduled')).toHaveLength(1);
    expect(await client.status('scheduled')).toMatchObject({ state: 'scheduled' });
  });

  it('after its result has no second one', async () => {
    await DOORS.client({ id: 'dead-again' });
    await play.resultOf('dead-again');
    for (const send of Object.values(DOORS)) await send({ id: 'dead-again' });
    await quiet('dead-again');
    expect(play.writes('dead-again')).toHaveLength(1);
    expect(await play.resultOf('dead-again')).toMatchObject({ status: 'failed' });
  });
});

describe('another message under the same id', () => {
  const stages: readonly [string, () => Promise<Input>][] = [
    [
      'that is scheduled',
      async () => {
        const input = { id: 'taken-scheduled', sendAt: new Date(Date.now() + HOUR_MS).toISOString() };
        await DOORS.client(input);
        return input;
      },
    ],
    [
      'that was accepted',
      async () => {
        await DOORS.client({ id: 'taken-accepted' });
        await play.reaches('taken-accepted', 'accepted');
        return { id: 'taken-accepted' };
      },
    ],
    [
      'that has its result',
      async () => {
        await DOORS.client({ id: 'dead-taken' });
        await play.resultOf('dead-taken');
        return { id: 'dead-taken' };
      },
    ],
  ];

  it.each(stages)('%s is refused by the client and told', async (_stage, prepare) => {
    const input = await prepare();
    const refusal = await DOORS.client(other(input)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(MessageRefused);
    expect(refusal).toMatchObject({ problems: [{ field: 'id', rule: 'id-conflict' }] });
    await until('told', async () => (await conflictsOf(input.id)) === 1);
    const answer = await post(messageOf(other(input)));
    expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'id-conflict' }]);
    const report = await client.sendMany([messageOf(other(input)), messageOf({ id: `good-${input.id}` })]);
    expect(report.refused).toMatchObject([{ index: 0, problems: [{ rule: 'id-conflict' }] }]);
    expect(report.accepted).toEqual([{ index: 1, id: `good-${input.id}` }]);
    expect(await conflictsOf(input.id)).toBe(1);
  });

  it.each(['raw job among the urgent ones', 'raw job on another route', 'raw batch'] as const)(
    'by the door %s is told, and never sent',
    async (door) => {
      const id = `told-${door.toLowerCase().replace(/[^a-z]/g, '-')}`;
      await DOORS.client({ id });
      await play.reaches(id, 'accepted');
      await DOORS[door](other({ id }));
      await until('told', async () => (await conflictsOf(id)) === 1);
      await quiet(id);
      expect(play.writes(id).map(({ message }) => message.text)).toEqual(['인증번호 1234']);
    },
  );

  it('that was refused at the door is told, too: that one does not stand in its way among the failed jobs', async () => {
    const bad = { ...messageOf({ id: 'corrected' }), text: '' };
    const queue = stage.producer.queue(QUEUE);
    await queue.add('message', bad, { jobId: 'm-corrected', priority: 10 });
    expect(await play.resultOf('corrected')).toMatchObject({ status: 'failed' });
    await until('it stands aside', async () => {
      const failed = await queue.getJobs(['failed']);
      return failed.some(({ id = '' }) => id.startsWith('m-corrected~'));
    });
    await raw(QUEUE, { id: 'corrected' });
    await until('told', async () => (await conflictsOf('corrected')) === 1);
    expect(play.writes('corrected')).toEqual([]);
  });
});

describe('after the window', () => {
  let brief: SenderPlay;
  let sender: PabalClient;
  beforeAll(async () => {
    brief = await SenderPlay.open(WINDOW_MS);
    await brief.publishCatalogue();
    brief.alpha.script = () => dead;
    sender = await PabalClient.connect({ redis: brief.stage.redis.url, prefix: PREFIX });
    await brief.start();
  });
  afterAll(async () => {
    await sender.close();
    await brief.stage.close();
  });

  async function forgotten(id: string): Promise<void> {
    await until('forgotten', async () => {
      await buryTombstones(brief.stage.store, WINDOW_MS, 10);
      return (await readMessage(brief.stage.store, id)) === undefined;
    });
  }

  it('the same id is a new message, also with other content', async () => {
    await sender.send(messageOf({ id: 'anew' }));
    await brief.resultOf('anew');
    await forgotten('anew');
    await sender.send(messageOf(other({ id: 'anew' })));
    await until('written', () => brief.writes('anew').length === 2);
    expect(brief.writes('anew').map(({ message }) => message.text)).toEqual(['인증번호 1234', '다른 내용']);
  });

  it('the correction of what was refused at the door is sent, though that is still kept among the failed jobs', async () => {
    const queue = brief.stage.producer.queue(QUEUE);
    const job = { jobId: 'm-corrected', priority: 10 };
    await queue.add('message', { ...messageOf({ id: 'corrected' }), text: '' }, job);
    await brief.resultOf('corrected');
    await brief.jobGone(QUEUE, 'corrected');
    await forgotten('corrected');
    expect(await sender.status('corrected')).toBeUndefined();
    expect(await sender.cancel('corrected')).toEqual({ kind: 'notFound' });
    expect(await queue.getFailedCount()).toBe(1);
    await queue.add('message', messageOf({ id: 'corrected' }), job);
    await until('written', () => brief.writes('corrected').length === 1);
  });

  it('a repeat that was enqueued before, and still waits, is not sent', async () => {
    await sender.send(messageOf({ id: 'waits' }));
    await brief.resultOf('waits');
    await until('cleared', async () => !(await brief.stage.inOutbox('waits')));
    brief.alpha.setOpen(false);
    brief.beta.setOpen(false);
    await sender.send(messageOf({ id: 'waits' }));
    const record = brief.stage.store.keys.record('waits');
    expect(await brief.stage.control.pttl(record)).toBe(-1);
    await new Promise((resolve) => setTimeout(resolve, WINDOW_MS));
    brief.alpha.setOpen(true);
    await brief.jobGone(QUEUE, 'waits');
    expect(brief.writes('waits')).toHaveLength(1);
  });
});

describe('a repeat that waits', () => {
  it('where nobody serves goes while the record knows it, and is not sent when somebody does', async () => {
    await DOORS.client({ id: 'dead-waits' });
    await play.resultOf('dead-waits');
    await raw('to-beta-sms', { id: 'dead-waits' });
    await play.jobGone('to-beta-sms', 'dead-waits');
    await raw('to-beta-sms', other({ id: 'dead-waits' }));
    await play.jobGone('to-beta-sms', 'dead-waits');
    expect(await conflictsOf('dead-waits')).toBe(1);
    expect(play.writes('dead-waits')).toHaveLength(1);
  });

  it('anywhere when the result is published keeps the record, until it is gone', async () => {
    await DOORS.client({ id: 'dead-kept' });
    await play.resultOf('dead-kept');
    const job = 'urgent-elsewhere-sms:m-dead-kept';
    await stage.control.hset(`${PREFIX}:${job}`, 'data', '{}');
    await stage.control.persist(stage.store.keys.record('dead-kept'));
    await clearOutbox(stage.store, 'dead-kept', 'results', 'r-dead-kept', DAY_MS, [job]);
    expect(await stage.control.pttl(stage.store.keys.record('dead-kept'))).toBe(-1);
    const bury = async () => {
      await stage.control.zadd(stage.store.keys.graves, 'XX', 1, 'dead-kept');
      await buryTombstones(stage.store, DAY_MS, 10, () => [job]);
      return stage.control.zscore(stage.store.keys.graves, 'dead-kept');
    };
    expect(Number(await bury())).toBeGreaterThan(Date.now());
    await stage.control.del(`${PREFIX}:${job}`);
    expect(await bury()).toBeNull();
    expect(await readMessage(stage.store, 'dead-kept')).toBeUndefined();
  });
});

describe('every result', () => {
  it('stands once', async () => {
    const ids = (await play.jobs<ResultV1>('results')).map(({ data }) => data.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
