import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hashPassword, type RunningBoard, startBoard } from '@pabal/board';
import { findRedis, type LocalRedis, startPrivateRedis } from '@pabal/local-redis';
import { connectRedis, Producer, type RedisConnection, redisReady } from '@pabal/queues';
import { createLogger } from '@pabal/runtime';
import { type Job, Queue, UnrecoverableError, Worker } from 'bullmq';
import { until } from '../support/index.js';

const PASSWORD = 'open sesame';
const PREFIX = 'pabal-board-test';
const ROUTE = 'default';
const SEND_QUEUE = 'send-default-sms';

/** Everything that must not be seen: texts, names, one-time passwords, numbers as they are and as people write them. */
const PLANTED = [
  'planted',
  '심어둔',
  '홍길동',
  '482913',
  '01012345678',
  '010-1234-5678',
  '1012345678',
  '821012345678',
  '0212345678',
  '15881234',
] as const;

let redis: LocalRedis;
let connection: RedisConnection;
let producer: Producer;
let board: RunningBoard;
let cookie: string;
const lines: string[] = [];

const message = (id: string, priority: 'urgent' | 'normal' = 'normal') => ({
  v: 1 as const,
  id,
  channel: 'sms' as const,
  to: '01012345678',
  from: '0212345678',
  text: '[planted] 심어둔 인증번호 482913',
  subject: 'planted subject',
  priority,
  ref: 'ref of 홍길동',
  userData: '{"phone":"010-1234-5678"}',
});

/** Fills queues with what they really hold, and with what somebody might put there. */
async function plant(): Promise<void> {
  const now = Date.now();
  await producer.enqueueMany(
    [
      { message: message('order-1'), route: ROUTE },
      { message: message('order-2', 'urgent'), route: ROUTE },
      { message: { ...message('order-3'), sendAt: new Date(now + 3_600_000).toISOString() }, route: ROUTE },
    ],
    now,
  );
  await producer.toGateway('smtnt', {
    v: 1,
    message: message('order-4'),
    enqueuedAt: now,
    route: ROUTE,
    uncertain: true,
  });
  await producer.publishResult(
    {
      v: 1,
      id: 'order-5',
      ref: 'ref of 홍길동',
      status: 'delivered',
      reason: { code: 'delivered', message: { ko: '전송 성공', en: 'Delivered to the handset' } },
      retryable: false,
      channel: 'sms',
      attempts: [],
      times: {},
      userData: 'planted 01012345678',
    },
    { replyTo: 'crm' },
  );
  await producer.event('opt-out', 'opt-out-1', { recipient: '01012345678', optOutNumber: '15881234' });
  await producer.event('number-changed', 'changed-1', { from: '0212345678', to: '01012345678' });
  await producer.event('unparsed-report', 'raw-1', {
    raw: 'planted+482913==',
    problem: 'report is too short',
  });
  const raw = producer.queue(SEND_QUEUE);
  await raw.add('planted 홍길동', { 'to 01012345678': '482913', phone: '010-1234-5678', msg: 'planted' });
  await raw.add('numbers', { to: 1012345678, pin: 482913, list: ['planted', { body: '심어둔' }] });
  await raw.add('text', 'planted 01012345678' as unknown as object);
  await raw.upsertJobScheduler('hourly-01012345678', { every: 3_600_000 }, { data: { text: 'planted' } });
  await plantEnded();
}

/** Jobs that ended under a worker that tells everything: a failure, logs, progress and a return value. */
async function plantEnded(): Promise<void> {
  const queue = new Queue('results', { connection, prefix: PREFIX });
  const worker = new Worker(
    'results',
    async (job: Job) => {
      await job.log('planted log of 01012345678');
      await job.updateProgress({ note: 'planted', to: '01012345678' });
      if (job.name === 'fails') throw new UnrecoverableError('planted failure for 01012345678');
      return { text: 'planted', to: '01012345678' };
    },
    {
      connection: { url: redis.url, maxRetriesPerRequest: null },
      prefix: PREFIX,
      name: 'planted 01012345678',
    },
  );
  worker.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    let left = 2;
    const one = () => {
      left--;
      if (left === 0) resolve();
    };
    worker.on('completed', one).on('failed', one);
  });
  await queue.add('fails', {}, { jobId: 'fails' });
  await queue.add('works', {}, { jobId: 'works' });
  await ended;
  await worker.close();
  await queue.close();
}

beforeAll(async () => {
  redis = await findRedis();
  connection = connectRedis(redis, 'producer');
  await redisReady(connection, 10_000);
  producer = new Producer({ connection, prefix: PREFIX });
  await clear();
  await plant();
  board = await startBoard({
    config: {
      routes: { [ROUTE]: {} },
      gateways: { smtnt: {} },
      replies: ['results', 'results-crm'],
      redis: { url: redis.url, prefix: PREFIX },
      board: { host: '127.0.0.1', port: 0, user: 'pabal', passwordHash: await hashPassword(PASSWORD) },
    },
    log: createLogger({
      level: 'debug',
      name: 'board',
      destination: { write: (line) => void lines.push(line) },
    }),
  });
});

afterAll(async () => {
  await board?.close();
  await producer?.close();
  if (connection) {
    await clear();
    connection.disconnect();
  }
  await redis?.stop();
});

async function clear(): Promise<void> {
  const keys = await connection.keys(`${PREFIX}:*`);
  if (keys.length > 0) await connection.del(...keys);
}

function get(path: string, headers: Record<string, string> = { cookie }): Promise<Response> {
  return fetch(`${board.url}${path}`, { headers, redirect: 'manual' });
}

function login(password: string): Promise<Response> {
  const body = new URLSearchParams({ user: 'pabal', password });
  return fetch(`${board.url}/login`, { method: 'POST', body, redirect: 'manual' });
}

interface ListedQueue {
  readonly name: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly jobs: readonly { readonly id: string }[];
}

async function listed(query: string): Promise<{ text: string; queues: readonly ListedQueue[] }> {
  const text = await (await get(`/api/queues?${query}`)).text();
  return { text, queues: (JSON.parse(text) as { queues: readonly ListedQueue[] }).queues };
}

/** Every answer that the board gives about every queue, state and job, by its path. */
async function everything(): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  const read = async (path: string) => answers.set(path, await (await get(path)).text());
  for (const path of ['/', '/logout', '/api/redis/stats', '/api/job-schedulers']) await read(path);
  const { queues } = await listed('page=1&jobsPerPage=10');
  for (const { name, counts } of queues) {
    for (const part of ['metrics', 'default-job-options', 'rate-limit', 'job-data-schema', 'workers']) {
      await read(`/api/queues/${name}/${part}`);
    }
    const states = Object.entries(counts).filter(([, count]) => count > 0);
    for (const [state] of states) {
      const query = `activeQueue=${name}&status=${state}&page=1&jobsPerPage=50`;
      const found = await listed(query);
      answers.set(`/api/queues?${query}`, found.text);
      for (const job of found.queues.find((queue) => queue.name === name)?.jobs ?? []) {
        const path = `/api/queues/${name}/${encodeURIComponent(job.id)}`;
        for (const part of ['', '/logs', '/flow']) await read(`${path}${part}`);
      }
    }
  }
  return answers;
}

describe('the board over a real Redis', () => {
  it('lets nobody see anything without logging in', async () => {
    for (const path of ['/', '/api/queues', `/api/queues/${SEND_QUEUE}/m-order-1`, '/static/favicon.ico']) {
      expect((await get(path, {})).status).toBe(401);
    }
    const page = await get('/', { accept: 'text/html' });
    expect([page.status, page.headers.get('location')]).toEqual([303, '/login']);
    expect((await get('/healthz', {})).status).toBe(200);
  });

  it('opens with the password alone', async () => {
    expect((await login('open sesam')).status).toBe(401);
    const answer = await login(PASSWORD);
    expect(answer.status).toBe(303);
    cookie = answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
    expect((await get('/api/queues')).status).toBe(200);
  });

  it('shows every queue and what a message is made of', async () => {
    const { queues } = await listed(`activeQueue=${SEND_QUEUE}&status=prioritized&page=1&jobsPerPage=10`);
    expect(queues).toHaveLength(6 * 4 + 4);
    const queue = queues.find(({ name }) => name === SEND_QUEUE);
    expect(queue?.jobs).toContainEqual(
      expect.objectContaining({
        id: 'm-order-1',
        name: 'message',
        data: expect.objectContaining({ id: 'order-1', to: '010****5678', text: '«39 bytes»' }),
      }),
    );
  });

  it('shows no text, no name and no full number in any answer or log', async () => {
    const answers = await everything();
    const jobs = [...answers.keys()].filter((path) => path.endsWith('/logs'));
    expect(jobs.length).toBeGreaterThanOrEqual(13);
    expect(answers.get('/api/queues/results/fails')).toContain('"failedReason":"«');
    expect(answers.get('/api/queues/results/fails/logs')).toContain('bytes»');
    const seen = [...answers, ['log', lines.join('')] as const].flatMap(([path, body]) =>
      PLANTED.filter((secret) => body.includes(secret)).map((secret) => `${path}: ${secret}`),
    );
    expect(seen).toEqual([]);
  });

  it('changes nothing, whatever it is asked to', async () => {
    const before = await connection.dbsize();
    const attempts: [string, string][] = [
      ['PUT', '/api/queues/pause'],
      ['PUT', `/api/queues/${SEND_QUEUE}/pause`],
      ['PUT', `/api/queues/${SEND_QUEUE}/empty`],
      ['PUT', `/api/queues/${SEND_QUEUE}/obliterate`],
      ['PUT', '/api/queues/results/retry/failed'],
      ['PUT', '/api/queues/results/fails/retry'],
      ['PUT', '/api/queues/results/fails/clean'],
      ['POST', `/api/queues/${SEND_QUEUE}/add`],
      ['PATCH', `/api/queues/${SEND_QUEUE}/m-order-1/update-data`],
      ['DELETE', `/api/queues/${SEND_QUEUE}`],
    ];
    for (const [method, path] of attempts) {
      const answer = await fetch(`${board.url}${path}`, { method, headers: { cookie } });
      expect([method, path, answer.status]).toEqual([method, path, 405]);
    }
    expect(await connection.dbsize()).toBe(before);
    expect(await producer.queue(SEND_QUEUE).isPaused()).toBe(false);
  });

  it('leaves no trace of having looked', async () => {
    await listed('activeQueue=send-default-rcs&page=1&jobsPerPage=10');
    expect(await connection.exists(`${PREFIX}:send-default-rcs:meta`)).toBe(0);
  });

  it('is closed to a session that has left', async () => {
    await fetch(`${board.url}/logout`, { method: 'POST', headers: { cookie }, redirect: 'manual' });
    expect((await get('/api/queues')).status).toBe(401);
  });
});

describe('the board without its Redis', () => {
  it('says that it is away, tells nothing else, and goes on when it is back', async () => {
    const server = await startPrivateRedis();
    const open = await startBoard({
      config: {
        routes: { [ROUTE]: {} },
        gateways: {},
        replies: ['results'],
        redis: { url: server.url, prefix: PREFIX },
        board: { host: '127.0.0.1', port: 0, user: 'pabal' },
      },
      log: createLogger({ level: 'silent', name: 'board' }),
    });
    try {
      const statusOf = async (path: string) => (await fetch(`${open.url}${path}`)).status;
      expect([await statusOf('/healthz'), await statusOf('/api/queues')]).toEqual([200, 200]);
      await server.kill();
      expect(await statusOf('/healthz')).toBe(503);
      const answer = await fetch(`${open.url}/api/queues`);
      expect([answer.status, await answer.json()]).toEqual([
        500,
        { error: { key: 'ERRORS.INTERNAL_SERVER_ERROR' } },
      ]);
      await server.start();
      await until('Redis is back', async () => (await statusOf('/healthz')) === 200);
      expect(await statusOf('/api/queues')).toBe(200);
    } finally {
      await open.close();
      await server.stop();
    }
  });
});
