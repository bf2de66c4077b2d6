import { describe, expect, it } from '@jest/globals';
import type { AttachedFile, Attachments, PreparedSubmit, Slot, SubmitOutcome } from '@pabal/session';
import { LocalMemory } from '@pabal/session/testing';
import { ImageMemory } from './image-memory.js';
import { ImageReuse } from './image-reuse.js';
import { fileOf, messageOf } from './testing/values.js';

const HOUR = 3_600_000;
const ACCEPTED: SubmitOutcome = { kind: 'accepted', code: '0' };
const FILE_ERROR: SubmitOutcome = {
  kind: 'refused',
  code: '16',
  certainty: 'notDelivered',
  reason: 'file-error',
  advice: 'giveUp',
};
const message = messageOf({ channel: 'mms', files: ['a'] });

/** Lines of several workers over one shared memory and one clock. */
function fleet(reuseMs = 23 * HOUR) {
  const time = { now: 1_700_000_000_000 };
  const shared = new LocalMemory();
  const asked: string[] = [];
  const recall = shared.recall.bind(shared);
  shared.recall = (key) => {
    asked.push(key);
    return recall(key);
  };
  const line = () =>
    new ImageReuse(new ImageMemory({ shared, account: 'demo', now: () => time.now, reuseMs }));
  return { asked, line, shared, time };
}

/** As the fleet does it: stage, prepare, write. Tells the outcome and how each image went. */
async function send(reuse: ImageReuse, files: readonly AttachedFile[], answer = ACCEPTED, complete = false) {
  const submit = await prepared(reuse, files, complete);
  const slot = slotThat(answer);
  const outcome = await reuse.watch(slot).write(submit.submit);
  return { went: submit.went, outcome, slot };
}

async function prepared(reuse: ImageReuse, files: readonly AttachedFile[], complete = false) {
  const staging = reuse.stage(message, files, complete);
  const staged = await staging;
  if (staged && staged.kind !== 'staged') throw new Error(staged.kind);
  const attachments: Attachments = staged ? { files, staged: staged.staged } : { files };
  const { parts, use } = reuse.plan(message, attachments);
  const plain: PreparedSubmit = { channel: 'mms', wireId: '1', recipient: '01012345678', bytes: 1 };
  const went = parts.map((part) => ('bytes' in part ? 'data' : 'name'));
  return { parts, submit: reuse.enter(plain, use), went, asked: staging !== undefined };
}

function slotThat(outcome: SubmitOutcome) {
  const slot = {
    sessionId: 's',
    loginAt: 1,
    writes: 0,
    releases: 0,
    due: () => Promise.resolve(),
    write: () => {
      slot.writes++;
      return Promise.resolve(outcome);
    },
    release: () => {
      slot.releases++;
    },
  } satisfies Slot & { writes: number; releases: number };
  return slot;
}

describe('the use of an image again', () => {
  it('sends the data once, and its name, key and size after it was taken', async () => {
    const reuse = fleet().line();
    const first = await prepared(reuse, [fileOf()]);
    const { bytes } = fileOf();
    expect(first.parts).toEqual([
      {
        dataType: 'i',
        fileName: expect.stringMatching(/^[0-9a-f]{15}\.jpg$/),
        fileKey: expect.stringMatching(/^[0-9a-f]{11}$/),
        bytes,
      },
    ]);
    await reuse.watch(slotThat(ACCEPTED)).write(first.submit);
    const { bytes: _, ...named } = first.parts[0] as { bytes: Uint8Array };
    expect((await prepared(reuse, [fileOf()])).parts).toEqual([{ ...named, fileSize: 1000 }]);
  });

  it.each<SubmitOutcome>([
    FILE_ERROR,
    { kind: 'unknown', why: 'ackTimeout' },
    { kind: 'duplicate', code: '17', mayMeanTooOften: true },
    { kind: 'throttled', code: '15', pauseMs: 1 },
    { kind: 'notWritten', why: 'not-ready' },
  ])('goes on sending the data while it was not taken: %j', async (outcome) => {
    const reuse = fleet().line();
    expect(await send(reuse, [fileOf()], outcome)).toMatchObject({ went: ['data'], outcome });
    expect((await prepared(reuse, [fileOf()])).went).toEqual(['data']);
  });

  it('needs no look-up for what is known here, and one for what is not', async () => {
    const { asked, line } = fleet();
    const reuse = line();
    await send(reuse, [fileOf()]);
    expect(asked).toHaveLength(1);
    expect((await prepared(reuse, [fileOf()])).asked).toBe(false);
    expect((await prepared(reuse, [fileOf(), fileOf(2)])).went).toEqual(['name', 'data']);
    expect(asked).toHaveLength(2);
  });

  it('stages nothing for a message without files', () => {
    expect(fleet().line().stage(message, [], false)).toBeUndefined();
    expect(fleet().line().stage(message, [], true)).toBeUndefined();
  });

  it('is shared by all workers of an account, and ends 23 hours after the data was taken', async () => {
    const { line, time } = fleet();
    await send(line(), [fileOf()]);
    time.now += 22 * HOUR;
    const other = line();
    expect((await send(other, [fileOf()])).went).toEqual(['name']);
    time.now += HOUR;
    expect((await send(other, [fileOf()])).went).toEqual(['data']);
    expect((await send(line(), [fileOf()])).went).toEqual(['name']);
  });

  it('sends the data while the first one is still unanswered, and the name as soon as it is taken', async () => {
    const reuse = fleet().line();
    const staged = await reuse.stage(message, [fileOf()], false);
    if (staged?.kind !== 'staged') throw new Error('not staged');
    expect((await prepared(reuse, [fileOf()])).went).toEqual(['data']);
    await send(reuse, [fileOf()]);
    const { use } = reuse.plan(message, { files: [fileOf()], staged: staged.staged });
    expect([use.named.length, use.carried.length]).toEqual([1, 0]);
  });

  it('answers incomplete where the gateway lacks what was only named, forgets it for all, and sends all of it then', async () => {
    const { line, shared } = fleet();
    const [one, other] = [line(), line()];
    await send(one, [fileOf()]);
    expect((await send(other, [fileOf()], FILE_ERROR)).outcome).toEqual({ kind: 'incomplete', code: '16' });
    expect(shared.entries.size).toBe(0);
    expect(await send(other, [fileOf()], ACCEPTED, true)).toMatchObject({
      went: ['data'],
      outcome: ACCEPTED,
    });
    expect((await send(other, [fileOf()])).went).toEqual(['name']);
  });

  it('leaves nothing to the memory of the gateway where a message must be complete', async () => {
    const reuse = fleet().line();
    await send(reuse, [fileOf()]);
    expect((await send(reuse, [fileOf()], FILE_ERROR, true)).outcome).toEqual(FILE_ERROR);
    expect((await prepared(reuse, [fileOf()], true)).went).toEqual(['data']);
  });

  it('keeps an image that was carried beside one that the gateway lacked out of its memory', async () => {
    const reuse = fleet().line();
    await send(reuse, [fileOf(1)]);
    const { outcome, went } = await send(reuse, [fileOf(1), fileOf(2)], FILE_ERROR);
    expect([outcome.kind, went]).toEqual(['incomplete', ['name', 'data']]);
    expect((await prepared(reuse, [fileOf(1), fileOf(2)])).went).toEqual(['data', 'data']);
  });

  it('takes another refusal of a named image as it is', async () => {
    const reuse = fleet().line();
    await send(reuse, [fileOf()]);
    const refused = { ...FILE_ERROR, code: '28' } as const;
    expect((await send(reuse, [fileOf()], refused)).outcome).toEqual(refused);
    expect((await prepared(reuse, [fileOf()])).went).toEqual(['name']);
  });

  it('writes nothing when the image was forgotten after it was prepared, and gives the place back', async () => {
    const reuse = fleet().line();
    await send(reuse, [fileOf()]);
    const late = await prepared(reuse, [fileOf()]);
    await send(reuse, [fileOf()], FILE_ERROR);
    const slot = slotThat(ACCEPTED);
    expect(await reuse.watch(slot).write(late.submit)).toEqual({
      kind: 'notWritten',
      why: 'image-forgotten',
    });
    expect([slot.writes, slot.releases]).toEqual([0, 1]);
  });

  it('can be switched off: then an image has no key, and nothing is asked or remembered', async () => {
    const { asked, line, shared } = fleet(0);
    const reuse = line();
    expect((await send(reuse, [fileOf()])).went).toEqual(['data']);
    expect((await prepared(reuse, [fileOf()])).parts).toMatchObject([{ fileKey: '', bytes: fileOf().bytes }]);
    expect([asked.length, shared.entries.size]).toEqual([0, 0]);
  });

  it('does nothing to a slot of a message without files', async () => {
    const reuse = fleet().line();
    const slot = slotThat(FILE_ERROR);
    const watched = reuse.watch(slot);
    const submit: PreparedSubmit = { channel: 'sms', wireId: '1', recipient: '01012345678', bytes: 1 };
    expect(await watched.write(submit)).toBe(FILE_ERROR);
    watched.release();
    expect(watched).toMatchObject({ sessionId: 's', loginAt: 1 });
    expect(slot.releases).toBe(1);
  });
});
