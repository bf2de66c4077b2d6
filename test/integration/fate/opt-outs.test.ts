import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ANY_NUMBER,
  accept,
  addOptOut,
  type ClaimRequest,
  claim,
  claimProbe,
  clearOutbox,
  markUncertain,
  type OptOut,
  optOuts,
  optOutsOf,
  removeOptOut,
  settleByReport,
} from '@pabal/fate';
import { DAY_MS, probeOf, Stage } from './stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
beforeEach(() => stage.control.flushall());
afterAll(() => stage.close());

const TO = '01012345678';
const NUMBER = '0801234567';
const OTHER = '0809999999';

const commercial = (optOutNumber = NUMBER, recipient = TO): Partial<ClaimRequest> => ({
  commercial: { recipient, optOutNumber },
});

async function claimed(change: Partial<ClaimRequest>): Promise<string> {
  return (await claim(stage.store, await stage.ready(change))).kind;
}

describe('a commercial message', () => {
  it.each([
    ['its own number', NUMBER, NUMBER, 'optedOut'],
    ['another number', OTHER, NUMBER, 'claimed'],
    ['every number', ANY_NUMBER, NUMBER, 'optedOut'],
    ['some number, while it names none', OTHER, ANY_NUMBER, 'optedOut'],
    ['every number, while it names none', ANY_NUMBER, ANY_NUMBER, 'optedOut'],
  ])('to one who opted out of %s', async (_of, optedOutOf, names, answer) => {
    await addOptOut(stage.store, TO, optedOutOf);
    expect(await claimed(commercial(names))).toBe(answer);
    expect(await claimed(commercial(names, '01099998888'))).toBe('claimed');
  });

  it('that is refused leaves no record, no wire id and no deadline behind', async () => {
    await addOptOut(stage.store, TO);
    const request = await stage.ready(commercial());
    expect(await claim(stage.store, request)).toEqual({ kind: 'optedOut' });
    expect(await stage.control.exists(stage.store.keys.record(request.id))).toBe(0);
    expect(await stage.holderOf(request)).toBeNull();
    expect(await stage.deadline(request)).toBeNull();
  });

  it('that is no commercial one is held up by nothing', async () => {
    await addOptOut(stage.store, TO);
    expect(await claimed({})).toBe('claimed');
  });

  it('that may have been written before is probed all the same', async () => {
    const request = await stage.claimed(commercial());
    await markUncertain(stage.store, request.id, request.token);
    await addOptOut(stage.store, TO);
    expect(await claimProbe(stage.store, probeOf(request))).toMatchObject({ kind: 'claimed' });
  });

  it('is sent again once the recipient has agreed anew', async () => {
    await addOptOut(stage.store, TO, NUMBER);
    expect(await removeOptOut(stage.store, TO, OTHER)).toBe(0);
    expect(await claimed(commercial())).toBe('optedOut');
    expect(await removeOptOut(stage.store, TO, NUMBER)).toBe(1);
    expect(await claimed(commercial())).toBe('claimed');
  });

  it('keeps whom it went to until its result is published, and any other message does not', async () => {
    const request = await stage.claimed(commercial());
    await accept(stage.store, request.id, request.wireId);
    expect((await stage.record(request.id)).commercial).toEqual({ recipient: TO, optOutNumber: NUMBER });
    const outcome = { status: 'delivered', reason: 'delivered', by: 'report', code: '0' } as const;
    await settleByReport(stage.store, request.id, request.wireId, outcome);
    await clearOutbox(stage.store, request.id, 'results', `r-${request.id}`, DAY_MS);
    expect(await stage.record(request.id)).not.toHaveProperty('commercial');
    const ordinary = await stage.claimed();
    expect(await stage.record(ordinary.id)).not.toHaveProperty('commercial');
  });
});

describe('the set of opt-outs', () => {
  it('tells what a recipient opted out of, and keeps the first time', async () => {
    await addOptOut(stage.store, TO, NUMBER);
    const [first] = await optOutsOf(stage.store, TO);
    await addOptOut(stage.store, TO, NUMBER);
    await addOptOut(stage.store, TO, OTHER);
    const entries = await optOutsOf(stage.store, TO);
    expect(entries.map(({ optOutNumber }) => optOutNumber).sort()).toEqual([NUMBER, OTHER]);
    expect(entries).toContainEqual(first);
    expect(Math.abs((first?.at ?? 0) - stage.store.fleetNow())).toBeLessThan(5_000);
    expect(await optOutsOf(stage.store, '01000000000')).toEqual([]);
  });

  it('forgets all of a recipient at once, and nobody else', async () => {
    await addOptOut(stage.store, TO, NUMBER);
    await addOptOut(stage.store, TO, OTHER);
    await addOptOut(stage.store, '01099998888', NUMBER);
    expect(await removeOptOut(stage.store, TO)).toBe(2);
    expect(await optOutsOf(stage.store, TO)).toEqual([]);
    expect((await optOuts(stage.store)).optOuts.map(({ recipient }) => recipient)).toEqual(['01099998888']);
  });

  it.each([1, 3, 7, 50])(
    'is read whole by pages of %d, also where many came in one millisecond',
    async (limit) => {
      const recipients = Array.from({ length: 20 }, (_, i) => `010${String(i).padStart(8, '0')}`);
      await Promise.all(recipients.map((recipient) => addOptOut(stage.store, recipient, NUMBER)));
      const read: OptOut[] = [];
      let pages = 0;
      for (let from: string | undefined; ; ) {
        const page = await optOuts(stage.store, { limit, ...(from === undefined ? {} : { from }) });
        read.push(...page.optOuts);
        if (++pages > 30) throw new Error('pages without end');
        if (page.next === undefined) break;
        from = page.next;
      }
      expect(read.map(({ recipient }) => recipient).sort()).toEqual(recipients);
      const times = read.map(({ at }) => at);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    },
  );
});
