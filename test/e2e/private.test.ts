import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Child, drawLedger, ordinaryMessages, pause, until, World } from '../support/index.js';

/** Texts and names, one-time passwords and numbers as a message holds them: none may be seen anywhere but in its job. */
const TEXTS = ['홍길동', '심어둔', 'planted', '482913', 'wrong-gateway'] as const;
const NUMBERS = [
  '01055501234',
  '01055511234',
  '01055520007',
  '01055530040',
  '01055549903',
  '01055550099',
] as const;
const SENDERS = ['0255591234', '15991877'] as const;
/** Whoever opted out, or moved: events about numbers may name them, logs and keys may not. */
const NOTICED = ['01055561111', '01055562222', '0805551234'] as const;
const SECRETS = ['demo-password', 'pabal-demo-key-1', 'pabal-demo-iv-01'] as const;

/** A number also as people write it, and with its country code. */
function forms(number: string): string[] {
  const parts = [number.slice(0, 3), number.slice(3, 7), number.slice(7)];
  return [number, parts.join('-'), `82${number.slice(1)}`];
}

const PERSONAL = [...TEXTS, ...[...NUMBERS, ...SENDERS].flatMap(forms), ...SECRETS];
const EVERYWHERE = [...PERSONAL, ...NOTICED.flatMap(forms)];

function found(words: readonly string[], text: string): string[] {
  return words.filter((word) => text.includes(word));
}

let world: World;
const children: Child[] = [];
let commands = '';

/** Good ones, and one of every way in which a message can end. */
const planted = ordinaryMessages(60, 'p', (i) => ({
  to: NUMBERS[i % NUMBERS.length] ?? '',
  from: SENDERS[i % SENDERS.length] ?? '',
  text: `[p-${i}] 홍길동 님, 심어둔 인증번호 482913`,
  ref: `planted ref of 홍길동 ${i}`,
  userData: `{"planted":"${NUMBERS[0]}"}`,
  ...(i % 3 === 0 ? { gateway: 'hellovision' } : {}),
  ...(i % 5 === 0 ? { priority: 'urgent' } : {}),
}));

const BAD: readonly unknown[] = [
  '홍길동 01055501234 482913',
  { id: '홍길동-01055501234', to: '01055501234', from: '15991877', text: 'planted' },
  { id: 'bad-1', to: '0105550abcd planted', from: '0255591234', text: 'planted' },
  { id: 'bad-2', to: '01055501234', from: '0255591234', text: `planted ${'홍길동'.repeat(40)}` },
  { id: 'bad-3', to: '01055501234', from: '0255591234', text: '심어둔 🎁 482913' },
  { id: 'bad-4', to: '01055501234', from: '0255591234', text: 'planted', 홍길동: 1, '01055501234': 2 },
  { id: 'bad-5', to: '01055501234', from: '0255591234', text: 'planted', gateway: 'wrong-gateway' },
  { id: 'bad-6', to: '01055501234', from: '0255591234', text: 'planted', replyTo: 'planted' },
  {
    id: 'bad-7',
    to: '01055501234',
    from: '0255591234',
    text: 'planted',
    sendAt: '482913',
    channel: 'planted',
  },
];

beforeAll(async () => {
  world = await World.open({
    lghv: ['--tps', 'sms=100,lms=50', '--ack-delay', '10-50', '--report-repeat', '1000'],
    smtnt: ['--speed', '100', '--ack-delay', '10-50', '--report-repeat', '1000'],
    // One recipient is never reported. The others are told well within it, also what a lost session left unanswered.
    hellovision: ['    ackTimeout: 1500', '    reportDeadline: 15000'],
    smtntBlock: ['    ackTimeout: 1500', '    reportDeadline: 15000'],
    reportGraceMs: 0,
  });
  children.push(...(await Promise.all([world.startReady('receiver'), world.startReady('sender')])));
  await world.lghv.fault('neverAck', { probability: 0.05, count: 2 });
  await world.smtnt.fault('dropBeforeAck', { probability: 0.05, count: 1 });
  await world.smtnt.fault('garbage', { after: 10, count: 1 });
  await world.enqueue(planted);
  const queue = world.producer.queue('send-default-sms');
  for (const [i, data] of BAD.entries())
    await queue.add('message', data, { jobId: `bad-${i}`, priority: 10 });
  await world.smtnt.configure({
    spam: { phoneNo: NOTICED[0], denyNo: NOTICED[2] },
    numberChange: { phoneNo: NOTICED[0], changePhoneNo: NOTICED[1] },
  });
  await world.settled(
    planted.map(({ id }) => id ?? ''),
    90_000,
  );
  // Another content under a known id.
  await world.enqueue([
    { ...planted[1], text: '[p-1] planted: 심어둔 다른 내용' } as (typeof planted)[number],
  ]);
  const events = world.producer.queue('events');
  await until('a conflict of ids', async () =>
    (await events.getJobs(['waiting'])).some(({ name }) => name === 'id-conflict'),
  );
  await until('both notices', async () => {
    const names = new Set((await events.getJobs(['waiting'])).map(({ name }) => name));
    return names.has('opt-out') && names.has('number-changed');
  });
  await pause(1_000);
  for (const words of [['status'], ['status', '--json'], ['message', 'p-1'], ['message', 'p-2', '--json']]) {
    commands += (await world.run(...words, '--config', world.config)).output;
  }
}, 150_000);

afterAll(() => world.close());

describe('P8: nothing personal and nothing secret is seen', () => {
  it('in no line that any process logs, whatever its level', () => {
    const lines = [...children, world.lghv.child, world.smtnt.child].flatMap((child) => child.lines);
    expect(lines.filter((line) => line.includes('message.refused')).length).toBeGreaterThanOrEqual(
      BAD.length,
    );
    expect(lines.filter((line) => found(EVERYWHERE, line).length > 0)).toEqual([]);
  });

  it('in nothing that the commands for looking at the fleet print', () => {
    expect(commands).toContain('p-1');
    expect(found(EVERYWHERE, commands)).toEqual([]);
  });

  it('in no name of a key, and so in no job id and no metric of a queue', async () => {
    const keys = await world.connection.keys('*');
    expect(keys.length).toBeGreaterThan(planted.length);
    expect(keys.filter((key) => found(EVERYWHERE, key).length > 0)).toEqual([]);
  });

  it('in no value in Redis but the data of jobs, the list of opt-outs, and what a result brings back until it is published', async () => {
    const redis = world.connection;
    const seen: string[] = [];
    let failed = 0;
    for (const key of await redis.keys('*')) {
      // The list of those who opted out is about numbers, and kept to be compared with them.
      if (key === `${world.prefix}:opt-outs`) continue;
      const type = await redis.type(key);
      if (type === 'string') seen.push(`${key} ${await redis.get(key)}`);
      if (type === 'zset') seen.push(`${key} ${(await redis.zrange(key, '0', '-1')).join(' ')}`);
      if (type === 'list') seen.push(`${key} ${(await redis.lrange(key, 0, -1)).join(' ')}`);
      if (type === 'set') seen.push(`${key} ${(await redis.smembers(key)).join(' ')}`);
      if (type === 'stream') seen.push(`${key} ${JSON.stringify(await redis.xrange(key, '-', '+'))}`);
      if (type !== 'hash') continue;
      const { data: _, m: meta = '', ...fields } = await redis.hgetall(key);
      // What somebody opted out of is a number that whoever sends advertisements gives to all: of whom is hashed in the key.
      if (key.startsWith(`${world.prefix}:opt-out:`)) delete fields[NOTICED[2]];
      seen.push(`${key} ${JSON.stringify(fields)}`);
      if (fields.failedReason !== undefined) failed++;
      // Of these all results are published: what they brought back is gone from the record.
      if (key.startsWith(`${world.prefix}:m:p-`)) seen.push(`${key} ${meta}`);
    }
    expect(failed).toBe(BAD.length);
    expect(seen.filter((each) => found(EVERYWHERE, each).length > 0)).toEqual([]);
  });

  it('in no event, except that what a gateway tells of a number names that number and no other', async () => {
    const events = await world.producer.queue('events').getJobs(['waiting']);
    const told = events.map(({ name, data }) => ({ name, text: JSON.stringify(data) }));
    const about = new Set(['opt-out', 'number-changed']);
    expect(told.filter(({ name, text }) => !about.has(name) && found(EVERYWHERE, text).length > 0)).toEqual(
      [],
    );
    expect(told.filter(({ text }) => found(PERSONAL, text).length > 0)).toEqual([]);
  });

  it('in no result, but for the ref and the user data that are its owner own', () => {
    const rest = world.results.all.map(({ ref: _ref, userData: _userData, ...result }) =>
      JSON.stringify(result),
    );
    // An id is the producer's to choose, and comes back if it can be used; this one could not be.
    expect(rest.filter((text) => found(PERSONAL, text).length > 0)).toEqual([]);
  });

  it('while every message had its one result', async () => {
    // The deadline stands still while a report path is down, and here, unlike by default, not a moment longer.
    const bad = [...world.results.ids.keys()].filter((id) => !id.startsWith('p-'));
    expect(bad).toHaveLength(BAD.length);
    const ledger = await drawLedger(world, { ids: [...planted.map(({ id }) => id ?? ''), ...bad] });
    process.stdout.write(`ledger private: ${JSON.stringify(ledger.summary)}\n`);
    expect(ledger.breaches).toEqual([]);
  });
});
