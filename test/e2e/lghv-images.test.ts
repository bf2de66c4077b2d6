import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LedgerEntry } from '@pabal/simulator';
import { type Child, drawLedger, ordinaryMessages, pause, picture, until, World } from '../support/index.js';

const IMAGE = picture('campaign', 50 * 1024);
const SENDER = '15881234';
const OTHER_SENDER = '15885678';
const ACK_MS = 40;
const RATE = 50;
const AGENTS = ['S1', 'S2'];
/** While the first one is unanswered, others carry the data too. So long after its answer every sender knows it, ms. */
const KNOWN_AFTER_MS = 1_500;

let world: World;
let senders: Child[];
let file: string;
/** Every id of every scenario: the ledger at the end looks at all of them. */
const ids: string[] = [];

beforeAll(async () => {
  world = await World.open({
    lghv: ['--tps', `mms=${RATE}`, '--ack-delay', `10-${ACK_MS}`],
    // A refused offer counts as one to its recipient, and two agents may make one in five seconds each: not here.
    hellovision: [`    agentId: [${AGENTS.join(', ')}]`, '    recipientBurst: 0'],
    gateways: ['hellovision'],
  });
  ({ id: file } = await world.files.put(IMAGE.bytes));
  await world.startReady('receiver');
  senders = await Promise.all([world.startReady('sender'), world.startReady('sender')]);
});

afterAll(() => world.close());

/** Sends so many MMS with the one image, and gives every submit of them once each has its result. */
async function campaign(name: string, count: number, from = SENDER): Promise<LedgerEntry[]> {
  const messages = ordinaryMessages(count, name, (i) => ({
    channel: 'mms',
    subject: '안내',
    files: [file],
    from,
    // A recipient of its own in every scenario: three within five seconds are the most.
    to: `010${4000 + ids.length + i}2000`,
  }));
  const own = messages.map(({ id }) => id ?? '');
  ids.push(...own);
  await world.enqueue(messages);
  await world.settled(own, 60_000);
  return world.lghv.ledger().then((all) => all.filter(({ text }) => text.includes(`[${name}-`)));
}

function partOf(entry: LedgerEntry): { readonly FILE_KEY: string; readonly reused?: boolean } {
  const parts = entry.extra.PARTS as { DATATYPE: string; FILE_KEY: string; reused?: boolean }[];
  const image = parts.find(({ DATATYPE }) => DATATYPE === 'i');
  if (!image) throw new Error(`no image in ${entry.wireId}`);
  return image;
}

const isNamed = (entry: LedgerEntry) => partOf(entry).reused === true;
const isCarried = (entry: LedgerEntry) => !isNamed(entry);
const fileKeys = (entries: readonly LedgerEntry[]) => new Set(entries.map((entry) => partOf(entry).FILE_KEY));

function show(name: string, entries: readonly LedgerEntry[]): void {
  const carried = entries.filter(isCarried).length;
  process.stdout.write(`images ${name}: ${carried} of ${entries.length} submits carried the data\n`);
}

/** What was submitted when every sender had long known the image: nothing of it should carry the data. */
function afterKnown(entries: readonly LedgerEntry[]): LedgerEntry[] {
  const answered = entries.filter((entry) => isCarried(entry) && entry.ackedAt > 0);
  expect(answered).not.toEqual([]);
  const known = Math.min(...answered.map(({ ackedAt }) => ackedAt)) + KNOWN_AFTER_MS;
  return entries.filter(({ at }) => at > known);
}

describe('an image that many messages share', () => {
  it('is sent a few times by two senders with an agent each, and named by its key in all other messages', async () => {
    const entries = await campaign('first', 300);
    show('first', entries);
    expect(entries).toHaveLength(300);
    expect(new Set(entries.map(({ agent }) => agent))).toEqual(new Set(AGENTS));
    const later = afterKnown(entries);
    expect(later.length).toBeGreaterThan(RATE);
    expect(later.filter(isCarried)).toEqual([]);
    expect(fileKeys(entries).size).toBe(1);
    // The gateway found in its memory what was meant.
    expect(entries.filter(({ files }) => files.length !== 1 || files[0] !== IMAGE.sha256)).toEqual([]);
  });

  it('that the gateway forgot goes once more with the data, under the MSG_ID of the message that it refused', async () => {
    await world.lghv.fault('imageForgotten', { after: 10, count: 2 });
    const entries = await campaign('forgotten', 80);
    await world.lghv.clearFaults();
    show('forgotten', entries);
    const refused = entries.filter(({ code }) => code === '16');
    expect(refused.length).toBeGreaterThanOrEqual(2);
    expect(refused.filter(isCarried)).toEqual([]);
    for (const { text, n } of refused) {
      const [first, second, ...more] = entries.filter((entry) => entry.text === text);
      expect(first).toMatchObject({ n, code: '16', verdict: 'refused' });
      expect(second).toMatchObject({ wireId: first?.wireId, verdict: 'accepted', files: [IMAGE.sha256] });
      expect(isCarried(second as LedgerEntry)).toBe(true);
      expect(more).toEqual([]);
    }
    expect(entries).toHaveLength(80 + refused.length);
    expect(entries.filter(isNamed).length).toBeGreaterThan(40);
  });

  it('is still known to senders that start afterwards', async () => {
    await Promise.all(senders.map((sender) => sender.stop()));
    const before = new Set((await world.lghv.ledger()).map(({ session }) => session));
    senders = await Promise.all([world.startReady('sender'), world.startReady('sender')]);
    const entries = await campaign('restarted', 60);
    show('restarted', entries);
    expect(entries.filter(({ session }) => before.has(session))).toEqual([]);
    expect(entries.filter(isCarried)).toEqual([]);
    expect(entries).toHaveLength(60);
  });

  it('belongs to the number that sent it: another one sends the data again', async () => {
    const entries = await campaign('other-number', 240, OTHER_SENDER);
    show('other-number', entries);
    const later = afterKnown(entries);
    expect(later).not.toEqual([]);
    expect(later.filter(isCarried)).toEqual([]);
    expect(isCarried(entries[0] as LedgerEntry)).toBe(true);
    const known = (await world.lghv.ledger()).filter(({ from }) => from === SENDER);
    expect([...fileKeys(entries)].filter((key) => fileKeys(known).has(key))).toEqual([]);
  });

  it('the ledger: one result each, none accepted twice, no rule of the gateway broken', async () => {
    await until('every report acknowledged', async () =>
      (await world.lghv.ledger('?verdict=accepted')).every(({ reportAckedAt }) => reportAckedAt > 0),
    );
    await pause(500); // results that should not come
    const ledger = await drawLedger(world, { ids });
    process.stdout.write(`ledger lghv-images: ${JSON.stringify(ledger.summary)}\n`);
    expect(ledger.breaches).toEqual([]);
    expect(ids).toHaveLength(300 + 80 + 60 + 240);
    const each = ids.length;
    expect(ledger.summary).toMatchObject({ delivered: each, 'accepted 1×': each, 'results 1×': each });
  });
});
