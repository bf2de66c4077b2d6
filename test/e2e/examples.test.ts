import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Child, ROOT, until, World } from '../support/index.js';

const FROM = '07000001001';

let world: World;

beforeAll(async () => {
  // The consumer of this world would take the results before the example's own.
  world = await World.open({ smtnt: ['--report-delay', '50'], lghv: ['--report-delay', '50'] });
  await world.results.close();
  await Promise.all([world.startReady('sender'), world.startReady('receiver')]);
});

afterAll(() => world.close());

function example(file: string, ...words: string[]): Child {
  const place = { REDIS_URL: world.redis.url, PABAL_PREFIX: world.prefix };
  return new Child(file, process.execPath, [join(ROOT, 'examples', file), ...words], place);
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
});
