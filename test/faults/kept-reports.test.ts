import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MessageInput } from '@pabal/message';
import { type Child, drawLedger, ordinaryMessages, pause, until, World } from '../support/index.js';

/** Reports of LGHV are waited for this long; those that are slower are late. */
const DEADLINE_MS = 3_000;
/** The only receiver is down for so long. */
const DOWN_MS = 2 * DEADLINE_MS;

let world: World;
let receiver: Child;
/** Every id that was enqueued and is held to the ledger. */
const ids: string[] = [];

beforeAll(async () => {
  world = await World.open({
    lghv: ['--ack-delay', '5-20', '--report-delay', '100', '--report-repeat', '700'],
    gateways: ['hellovision'],
    hellovision: [`    reportDeadline: ${DEADLINE_MS}`],
    reportGraceMs: 3_000,
  });
  [receiver] = await Promise.all([world.startReady('receiver'), world.startReady('sender')]);
}, 60_000);

afterAll(() => world.close());

interface Shown {
  readonly id: string;
  readonly kind: string;
  readonly messageId?: string;
  readonly wireId?: string;
  readonly recipient?: string;
  readonly [field: string]: unknown;
}

/** What `pabal reports` lists. */
async function shown(...flags: string[]): Promise<Shown[]> {
  const { code, output } = await world.run('reports', '--json', ...flags, '--config', world.config);
  expect(code).toBe(0);
  return lines(output) as Shown[];
}

/** What `pabal reports` says of those that it offered again, by id. */
async function replayed(...flags: string[]): Promise<Map<string, string>> {
  const { code, output } = await world.run('reports', '--json', ...flags, '--config', world.config);
  expect(code).toBe(0);
  return new Map((lines(output) as { id: string; end: string }[]).map(({ id, end }) => [id, end]));
}

function lines(output: string): unknown[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as unknown);
}

async function enqueue(messages: readonly MessageInput[]): Promise<string[]> {
  const some = messages.map(({ id = '' }) => id);
  await world.enqueue(messages);
  return some;
}

async function wireIdOf(id: string): Promise<string> {
  const entry = await until(`${id} accepted`, async () =>
    (await world.lghv.ledger(`?textIncludes=[${id}]`)).find(({ verdict }) => verdict === 'accepted'),
  );
  return entry.wireId;
}

describe('P3: reports that come at the wrong time', () => {
  it('before the answer to their message settle it, and nothing is kept', async () => {
    await world.lghv.fault('reportBeforeAck', { probability: 0.7 });
    const some = await enqueue(ordinaryMessages(60, 'early'));
    ids.push(...some);
    await world.settled(some, 30_000);
    await world.lghv.clearFaults();
    await pause(1_000); // results that should not come
    expect((await drawLedger(world, { ids })).breaches).toEqual([]);
    expect(await shown()).toEqual([]);
  }, 60_000);

  it('while the only receiver is down past the deadline count as if they came in time', async () => {
    // All are accepted and the receiver is gone long before the first one, and it is down until after the last one.
    await world.lghv.configure({ reportDelayMs: DOWN_MS - 1_000 });
    const some = await enqueue(ordinaryMessages(40, 'down'));
    ids.push(...some);
    await Promise.all(some.slice(0, 3).map(wireIdOf));
    await until('all accepted', async () => (await world.lghv.stats()).counts.accepted >= ids.length);
    receiver.signal('SIGKILL');
    await receiver.exited;
    await pause(DOWN_MS);
    expect(some.filter((id) => world.results.ids.has(id))).toEqual([]);
    receiver = await world.startReady('receiver');
    await world.settled(some, 30_000);
    await pause(1_000); // late reports that should not come
    expect((await drawLedger(world, { ids })).breaches).toEqual([]);
    expect(await shown('--late')).toEqual([]);
  }, 90_000);

  it('after the deadline change no result, are shown, and stay late when they are offered again', async () => {
    await world.lghv.configure({ reportDelayMs: 3 * DEADLINE_MS });
    const some = await enqueue(ordinaryMessages(5, 'late'));
    await world.settled(some, 30_000);
    for (const id of some) {
      expect(world.results.ids.get(id)).toMatchObject([{ status: 'unknown', reason: { code: 'no-report' } }]);
    }
    const kept = await until(
      'all late reports',
      async () => {
        const late = await shown('--late');
        return late.length === some.length ? late : undefined;
      },
      30_000,
    );
    expect(new Set(kept.map(({ messageId }) => messageId))).toEqual(new Set(some));
    const [first] = kept;
    expect(first).toMatchObject({ kind: 'late', gateway: 'hellovision', code: '6', settledAs: 'unknown' });
    expect(await replayed('--late', '--all')).toEqual(new Map(kept.map(({ id }) => [id, 'late'])));
    expect(await shown('--late')).toEqual(kept);
    expect(some.map((id) => world.results.ids.get(id)?.length)).toEqual(some.map(() => 1));
    await world.lghv.configure({ reportDelayMs: 100 });
  }, 90_000);

  it('of a wire id that nobody knew settle their message when they are offered again after it is known', async () => {
    await world.lghv.configure({ reportDelayMs: 500 });
    const [id = ''] = await enqueue(ordinaryMessages(1, 'lost', () => ({ to: '01055551234' })));
    const redis = world.connection;
    const key = `${world.prefix}:w:hellovision/demo:${await wireIdOf(id)}`;
    expect(await redis.getdel(key)).toBe(id);
    const [parked] = await until('it is parked', async () => {
      const found = await shown('--parked');
      return found.length > 0 ? found : undefined;
    });
    expect(await replayed('--replay', parked?.id ?? '')).toEqual(new Map([[parked?.id, 'unknown']]));

    // Ten minutes pass.
    const [member = ''] = await redis.zrange(`${world.prefix}:parked`, '0', '0');
    await redis.zadd(`${world.prefix}:parked`, Date.now() - 600_000, member);
    const [unknown] = await until('it is unknown', async () => {
      const found = await shown('--unknown');
      return found.length > 0 ? found : undefined;
    });
    expect(await shown('--parked')).toEqual([]);

    // A backup of the index is restored, say.
    await redis.set(key, id);
    const before = world.results.ids.get(id)?.length ?? 0;
    const end = (await replayed('--replay', unknown?.id ?? '')).get(unknown?.id ?? '');
    // Its deadline may have passed meanwhile; then it is late, and its result stays.
    expect(end).toBe(before === 0 ? 'settled' : 'late');
    await world.settled([id], 10_000);
    expect(await shown('--unknown')).toEqual(before === 0 ? [] : [unknown]);
    await world.lghv.configure({ reportDelayMs: 100 });
  }, 60_000);

  it('that make no sense are kept as they came, shown without their content, and stay so', async () => {
    await world.lghv.fault('brokenReport', { value: 'ids', count: 2 });
    await enqueue(ordinaryMessages(2, 'broken'));
    const kept = await until('both', async () => {
      const found = await shown('--unparsed');
      return found.length === 2 ? found : undefined;
    });
    for (const { kind, raw, bytes, problem } of kept) {
      expect([kind, raw, problem]).toEqual(['unparsed', undefined, 'field-not-digits: msgId']);
      expect(bytes).toBeGreaterThan(0);
    }
    expect(await replayed('--unparsed', '--all')).toEqual(new Map(kept.map(({ id }) => [id, 'unparsable'])));
    expect(await shown('--unparsed')).toEqual(kept);
  }, 60_000);
});
