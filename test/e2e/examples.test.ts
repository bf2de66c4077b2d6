import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hashApiKey, makeApiKey } from '@pabal/api';
import { describeWhere } from '../support/describe-where.js';
import {
  Child,
  hasProgram,
  PrivatePostgres,
  postgresPrograms,
  ROOT,
  until,
  World,
} from '../support/index.js';

const FROM = '07000001001';
const KEY = makeApiKey();

let world: World;
let api: string;

beforeAll(async () => {
  // The consumer of this world would take the results before the example's own.
  world = await World.open({
    smtnt: ['--report-delay', '50'],
    lghv: ['--report-delay', '50'],
    apiKeys: [`{ name: examples, hash: "${hashApiKey(KEY)}" }`],
  });
  await world.results.close();
  [api] = await Promise.all([world.startApi(), world.startReady('sender'), world.startReady('receiver')]);
});

afterAll(() => world.close());

function example(file: string, ...words: string[]): Child {
  const place = { REDIS_URL: world.redis.url, PABAL_PREFIX: world.prefix };
  return new Child(file, process.execPath, [join(ROOT, 'examples', file), ...words], place);
}

/** One over HTTP: in another language, with nothing of ours. */
function overHttp(program: string, file: string, ...words: string[]): Child {
  return new Child(file, program, [join(ROOT, 'examples', file), ...words], {
    PABAL_API: api,
    PABAL_KEY: KEY,
  });
}

function idIn({ lines }: Child): string {
  return /^(\S+): enqueued/.exec(lines.find((line) => line.includes(': enqueued')) ?? '')?.[1] ?? 'no id';
}

describe('the examples', () => {
  it('send with the client and follow the message to its result', async () => {
    const enqueue = example('enqueue.mjs', '01000001234', FROM, '[달빛상점] 주문이 접수되었습니다.');
    expect(await enqueue.exited).toBe(0);
    expect(enqueue.lines.at(-1)).toBe(`${idIn(enqueue)}: delivered, 전송 성공 (delivered)`);
  });

  it('store an image and send it as an MMS', async () => {
    const picture = join(ROOT, 'examples/pictures/clinic-map.jpg');
    const enqueue = example('enqueue-mms.mjs', '01000001237', FROM, '오시는 길입니다.', picture);
    expect(await enqueue.exited).toBe(0);
    expect(enqueue.lines[0]).toMatch(/: 640 x 480, \d+ bytes, stored as [\w-]{43}$/);
    expect(enqueue.lines.at(-1)).toBe(`${idIn(enqueue)}: delivered, 전송 성공 (delivered)`);
    const text = example('enqueue-mms.mjs', '01000001237', FROM, '글', join(ROOT, 'examples/README.md'));
    expect(await text.exited).toBe(1);
    expect(text.lines[0]).toMatch(/^refused: /);
  });

  it('are told by the client which field it refuses, and why', async () => {
    const enqueue = example('enqueue.mjs', '01000001234', FROM, '가'.repeat(46));
    expect(await enqueue.exited).toBe(1);
    expect(enqueue.lines).toEqual(['refused, text: text must be at most 90 bytes of CP949, it has 92']);
  });

  it('send and take results with nothing but BullMQ', async () => {
    const results = example('results-raw-bullmq.mjs');
    const good = example('enqueue-raw-bullmq.mjs', '01000001235', FROM, '안녕하세요');
    const dead = example('enqueue-raw-bullmq.mjs', '01000000007', FROM, '안녕하세요');
    const bad = example('enqueue-raw-bullmq.mjs', '01000001236', FROM, '선물 🎁');
    const talk = example('enqueue-alimtalk-raw-bullmq.mjs', '01000001238', FROM, '발송되었습니다.');
    expect(await Promise.all([good.exited, dead.exited, bad.exited, talk.exited])).toEqual([0, 0, 0, 0]);
    const wanted = [
      `${idIn(talk)}: delivered, 전송 성공 (delivered)`,
      `${idIn(good)}: delivered, 전송 성공 (delivered)`,
      `${idIn(dead)}: failed, 결번, 비가입자 또는 서비스 정지 (dead-number)`,
      `${idIn(bad)}: failed, 메시지 내용이 규격에 맞지 않음 (invalid-message)`,
    ];
    await until('four results', () => wanted.every((line) => results.lines.includes(line)));
    expect(await results.stop('SIGINT')).toBe(0);
    expect(wanted.map((line) => results.lines.filter((printed) => printed === line).length)).toEqual([
      1, 1, 1, 1,
    ]);
  });

  it('send from TypeScript, by SMS or LMS, under an id that the order gives', async () => {
    const send = (text: string, order: string) => example('dist/send.js', '01000001241', FROM, text, order);
    const short = send('주문이 접수되었습니다.', '1');
    const long = send('긴 안내입니다. '.repeat(12), '2');
    expect(await Promise.all([short.exited, long.exited])).toEqual([0, 0]);
    expect(short.lines).toEqual(['order-1: accepted as sms', 'order-1: delivered, 전송 성공 (delivered)']);
    expect(long.lines).toEqual(['order-2: accepted as lms', 'order-2: delivered, 전송 성공 (delivered)']);
    const emoji = send('선물 🎁', '3');
    expect(await emoji.exited).toBe(1);
    expect(emoji.lines[0]).toMatch(/^refused, text: text has characters that CP949 lacks: U\+1F381 at 3/);
  });

  it('send and wait with nothing but BullMQ', async () => {
    const send = example('send-raw-bullmq.mjs', '01000001242', FROM, '안녕하세요', '4');
    expect(await send.exited).toBe(0);
    expect(send.lines.at(-1)).toBe('order-4: delivered, 전송 성공 (delivered)');
    const bad = example('send-raw-bullmq.mjs', '01000001242', FROM, '가'.repeat(46), '5');
    expect(await bad.exited).toBe(0);
    expect(bad.lines.slice(-2)).toEqual([
      'refused, text: text must be at most 90 bytes of CP949, it has 92',
      'order-5: failed, 메시지 내용이 규격에 맞지 않음 (invalid-message)',
    ]);
  });
});

const programs = postgresPrograms();

describeWhere(programs !== undefined, 'the example of an outbox', () => {
  it('takes an order and sends its message in one transaction', async () => {
    const postgres = await PrivatePostgres.start(programs ?? '');
    try {
      const place = { REDIS_URL: world.redis.url, PABAL_PREFIX: world.prefix, DATABASE_URL: postgres.url };
      const file = join(ROOT, 'examples/dist/outbox.js');
      const outbox = new Child('outbox', process.execPath, [file, '01000001244', FROM, '6'], place);
      expect({ code: await outbox.exited, lines: outbox.lines }).toEqual({
        code: 0,
        lines: [
          'order-6: the order stands, its message waits',
          'again: duplicate key value violates unique constraint "orders_pkey"',
          'order-6: delivered, 전송 성공 (delivered)',
        ],
      });
    } finally {
      await postgres.stop();
    }
  });
});

describe.each([
  ['curl', 'bash', 'send.sh', ['bash', 'curl']],
  ['Python', 'python3', 'send.py', ['python3']],
  ['Java', 'java', 'Send.java', ['java', 'javac']],
] as const)('the example in %s', (language, program, file, needs) => {
  describeWhere(needs.every(hasProgram), 'over HTTP', () => {
    const text = '[달빛상점] "주문"이 접수되었습니다.\\';

    it('sends one message, however often it is started, and ends with its result', async () => {
      const order = `${language.toLowerCase()}-1`;
      const words = ['01000001243', FROM, text, order];
      const first = overHttp(program, file, ...words);
      expect({ code: await first.exited, lines: first.lines }).toEqual({
        code: 0,
        lines: [`order-${order}: accepted`, `order-${order}: delivered, 전송 성공 (delivered)`],
      });
      const again = overHttp(program, file, ...words);
      expect(await again.exited).toBe(0);
      expect(again.lines).toEqual(first.lines);
    });

    it('shows which rule a message breaks', async () => {
      const bad = overHttp(program, file, '01000001243', FROM, '가'.repeat(46));
      expect(await bad.exited).toBe(1);
      expect(bad.lines.join('\n')).toContain('text must be at most 90 bytes of CP949, it has 92');
    });
  });
});
