import { describe, expect, it } from '@jest/globals';
import type { SharedMemory } from '@pabal/session';
import { LocalMemory } from '@pabal/session/testing';
import { ImageMemory, imageNameOf, type NamedImage } from './image-memory.js';
import { fileOf } from './testing/values.js';

const HOUR = 3_600_000;
const FROM = '0212345678';

function imageOf(fill = 1, from = FROM): NamedImage {
  const file = fileOf(fill);
  return { file, ...imageNameOf(file, from) };
}

/** Workers of one account, with one clock. */
function fleet(reuseMs = 23 * HOUR, shared: SharedMemory = new LocalMemory()) {
  const time = { now: 1_700_000_000_000 };
  const worker = (account = 'demo') => new ImageMemory({ shared, account, now: () => time.now, reuseMs });
  return { shared, time, worker };
}

describe('the name of an image', () => {
  it('fits its fields, with room for the NUL behind FILE_KEY', () => {
    const { fileKey, fileName } = imageNameOf(fileOf(), FROM);
    expect(fileKey).toMatch(/^[0-9a-f]{11}$/);
    expect(fileName).toMatch(/^[0-9a-f]{15}\.jpg$/);
  });

  it('is the same for the same image from the same number, and for nothing else', () => {
    expect(imageNameOf(fileOf(), FROM)).toEqual(imageNameOf(fileOf(), FROM));
    const names = [imageOf(1), imageOf(2), imageOf(1, '0298765432')];
    expect(new Set(names.map(({ fileKey }) => fileKey)).size).toBe(3);
    expect(new Set(names.map(({ fileName }) => fileName)).size).toBe(3);
  });
});

describe('the memory of images', () => {
  it('knows an image until its time is over, counted from when the data was taken', () => {
    const { time, worker } = fleet();
    const memory = worker();
    expect(memory.knows(imageOf())).toBe(false);
    memory.remember(imageOf());
    time.now += 23 * HOUR - 1;
    expect(memory.knows(imageOf())).toBe(true);
    time.now += 1;
    expect(memory.knows(imageOf())).toBe(false);
  });

  it('knows images by sender number', () => {
    const memory = fleet().worker();
    memory.remember(imageOf());
    expect(memory.knows(imageOf(1, '0298765432'))).toBe(false);
  });

  it('learns from the other workers, for the rest of the time', async () => {
    const { time, worker } = fleet();
    worker().remember(imageOf());
    time.now += 22 * HOUR;
    const other = worker();
    expect(other.knows(imageOf())).toBe(false);
    await other.recall(imageOf());
    expect(other.knows(imageOf())).toBe(true);
    time.now += HOUR;
    expect(other.knows(imageOf())).toBe(false);
  });

  it('keeps the images of accounts apart', async () => {
    const { worker } = fleet();
    worker('demo').remember(imageOf());
    const other = worker('other');
    await other.recall(imageOf());
    expect(other.knows(imageOf())).toBe(false);
  });

  it('forgets for everybody', async () => {
    const { worker } = fleet();
    const one = worker();
    one.remember(imageOf());
    one.forget(imageOf());
    expect(one.knows(imageOf())).toBe(false);
    const other = worker();
    await other.recall(imageOf());
    expect(other.knows(imageOf())).toBe(false);
  });

  it('puts no number into a key, and asks the shared part to forget by itself', () => {
    const told: unknown[] = [];
    const shared = new LocalMemory();
    shared.remember = async (...call: unknown[]) => void told.push(call);
    const { time, worker } = fleet(HOUR, shared);
    const { fileKey, fileName } = imageOf();
    worker().remember(imageOf());
    expect(told).toEqual([[`image:demo:${fileKey}:${fileName}:1000`, String(time.now), HOUR]]);
    expect(JSON.stringify(told)).not.toContain(FROM);
  });

  it.each(['soon', '', '{}'])('takes a value that is no time for not knowing: %j', async (value) => {
    const shared = new LocalMemory();
    shared.recall = () => Promise.resolve(value);
    const memory = fleet(HOUR, shared).worker();
    await memory.recall(imageOf());
    expect(memory.knows(imageOf())).toBe(false);
  });

  it('lives without its shared part', async () => {
    const away = () => Promise.reject(new Error('away'));
    const memory = fleet(HOUR, { recall: away, remember: away, forget: away }).worker();
    await memory.recall(imageOf());
    expect(memory.knows(imageOf())).toBe(false);
    memory.remember(imageOf());
    expect(memory.knows(imageOf())).toBe(true);
    memory.forget(imageOf());
    expect(memory.knows(imageOf())).toBe(false);
  });

  it('holds a limited number of images, and lets the oldest go', () => {
    const memory = fleet().worker();
    const [first, second] = [imageOf(1), imageOf(2)];
    memory.remember(first);
    memory.remember(second);
    for (let n = 0; n < 4095; n++) memory.remember({ ...first, fileKey: String(n) });
    expect([memory.knows(first), memory.knows(second)]).toEqual([false, true]);
  });
});
