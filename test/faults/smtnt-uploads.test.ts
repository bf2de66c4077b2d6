import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MessageInput, ResultV1 } from '@pabal/message';
import { type Child, drawLedger, type Picture, pause, picture, until, World } from '../support/index.js';

/** More than the half of a second, also on a quick machine: a piece has 1,024 bytes, and none follows another sooner than after 1 ms. */
const LARGE_BYTES = 550_000;
/** Packets of this many bytes can only be pieces of a file. */
const PIECE_BYTES = 1_000;

let world: World;
let sender: Child;
/** Every id that was enqueued, for the ledger of each scenario. */
const ids: string[] = [];
const pictures = new Map<string, readonly Picture[]>();

beforeAll(async () => {
  world = await World.open({
    smtnt: ['--ack-delay', '5-20', '--time-scale', '0.1', '--report-repeat', '1500', '--capture', '20'],
    smtntBlock: ['    ackTimeout: 1500', '    aliveAfter: 1000', '    loginRetry: 3000'],
    gateways: ['smtnt'],
  });
  sender = await world.startReady('sender');
}, 60_000);

afterAll(() => world.close());

let made = 0;

/** An MMS with files of these sizes that no other message has, and its content in the books. */
async function mms(name: string, ...sizes: readonly number[]): Promise<MessageInput> {
  const own = sizes.map((size, i) => picture(`${name} ${i}`, size, [1024, 768]));
  const files = await Promise.all(own.map(async ({ bytes }) => (await world.files.put(bytes)).id));
  ids.push(name);
  pictures.set(name, own);
  const to = `0104455${1000 + made++}`;
  return { id: name, channel: 'mms', to, from: '15881234', text: `[${name}] 사진을 보내 드립니다.`, files };
}

/** Some whose uploads take so long that something can happen in their midst. */
function large(name: string, count: number): Promise<MessageInput[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => mms(`${name}-${i}`, 20_000, LARGE_BYTES)));
}

/** Waits until the simulator reads pieces of files. */
async function uploading(): Promise<void> {
  const before = new Set((await pieces()).map(({ n }) => n));
  await until(
    'pieces of a file come',
    async () => (await pieces()).some(({ n }) => !before.has(n)),
    30_000,
    20,
  );
}

async function pieces() {
  const frames = await world.smtnt.captures('?direction=received');
  return frames.filter(({ hex }) => hex.length / 2 >= PIECE_BYTES);
}

/** Has the one fault that is on struck? */
async function struck(): Promise<boolean> {
  return (await world.smtnt.faults()).some((fault) => fault.struck > 0);
}

/** One result each, delivered, accepted once with exactly its own files; no rule broken, in all scenarios so far. */
async function expectThrough(name: string, messages: readonly MessageInput[]): Promise<void> {
  const some = messages.map(({ id }) => id ?? '');
  await world.settled(some, 50_000);
  await pause(300); // results that should not come
  const ledger = await drawLedger(world, { ids });
  process.stdout.write(`ledger smtnt-uploads ${name}: ${JSON.stringify(ledger.summary)}\n`);
  expect(ledger.breaches).toEqual([]);
  for (const id of some) {
    const { accepted = [], results = [] } = ledger.accounts.get(id) ?? {};
    expect(results).toMatchObject([{ status: 'delivered' } satisfies Partial<ResultV1>]);
    expect(accepted.map(({ files }) => files)).toEqual([pictures.get(id)?.map(({ sha256 }) => sha256)]);
  }
}

// The waits before the next login grow with every session that ends soon, so each way to end one is tried once.
describe('P1 P2: messages with files, when an upload does not end well', () => {
  it('a finish that is refused for its size (910) ends that message at once, and no other', async () => {
    await world.smtnt.fault('refuseUpload', { value: 910, count: 1 });
    const [refused, next] = [await mms('refused', 30_000), await mms('next', 30_000)];
    await world.enqueue([refused]);
    await world.settled(['refused'], 20_000);
    expect(world.results.ids.get('refused')).toMatchObject([
      { status: 'failed', gatewayCode: '910', reason: { code: 'file-error' } },
    ]);
    expect(await world.smtnt.ledger('?textIncludes=[refused]')).toEqual([]);
    await world.enqueue([next]);
    await expectThrough('refused', [next]);
  }, 60_000);

  it('a file that the gateway has lost by the time it is named is brought again, under the same wire id', async () => {
    await world.smtnt.fault('imageForgotten', { count: 1 });
    const message = await mms('forgotten', 20_000, 25_000);
    await world.enqueue([message]);
    await expectThrough('forgotten', [message]);
    const submits = await world.smtnt.ledger('?textIncludes=[forgotten]');
    expect(submits.map(({ code }) => code)).toEqual(['16', '0']);
    expect(new Set(submits.map(({ wireId }) => wireId)).size).toBe(1);
  }, 60_000);

  it('a session that is cut in the midst of it begins anew at the next login', async () => {
    const messages = await large('cut', 2);
    await world.enqueue(messages);
    await uploading();
    await world.smtnt.dropConnections();
    await expectThrough('cut', messages);
  }, 60_000);

  it('a finish that is never answered ends the session, and the message goes over the next', async () => {
    await world.smtnt.clearFaults();
    await world.smtnt.fault('unansweredUpload', { count: 1 });
    const messages = [await mms('unanswered-0', 20_000), await mms('unanswered-1', 20_000, 30_000)];
    await world.enqueue(messages);
    await expectThrough('unanswered', messages);
    expect(await struck()).toBe(true);
  }, 60_000);

  it('a server that is killed in the midst of it, and forgets all files, gets them anew', async () => {
    const messages = await large('restart', 2);
    await world.enqueue(messages);
    await uploading();
    await world.smtnt.restart();
    await expectThrough('restart', messages);
  }, 60_000);

  it('a sender that is killed in the midst of it leaves the message to another', async () => {
    const messages = await large('killed', 2);
    await world.enqueue(messages);
    await uploading();
    sender.signal('SIGKILL');
    await sender.exited;
    sender = await world.startReady('sender');
    await expectThrough('killed', messages);
  }, 60_000);

  it('an answer that is lost behind an upload leaves nothing twice', async () => {
    await world.smtnt.clearFaults();
    await world.smtnt.fault('dropBeforeAck', { after: 2, count: 1 });
    const messages = await Promise.all(Array.from({ length: 6 }, (_, i) => mms(`lost-${i}`, 4_000)));
    await world.enqueue(messages);
    await expectThrough('lost', messages);
    expect(await struck()).toBe(true);
  }, 60_000);

  it('a finish that is refused because the server is busy (907) is tried again, and holds up nobody', async () => {
    await world.smtnt.clearFaults();
    await world.smtnt.fault('refuseUpload', { value: 907, count: 1 });
    const [busy, next] = [await mms('busy', 30_000), await mms('beside', 30_000)];
    await world.enqueue([busy]);
    await until('refused', struck);
    await world.enqueue([next]);
    await world.settled(['beside'], 20_000);
    expect(world.results.ids.has('busy')).toBe(false);
    await expectThrough('busy', [busy, next]);
  }, 60_000);
});
