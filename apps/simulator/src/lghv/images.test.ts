import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ImageStore } from './images.js';
import { imagePart, jpeg, type MmsValues, mmsBody, samePart, submit, textPart } from './testing/bodies.js';
import type { RawClient } from './testing/raw-client.js';
import { World } from './testing/world.js';

const DAY_MS = 24 * 3600 * 1000;
const sha256 = createHash('sha256').update(jpeg()).digest('hex');
const first = (values: MmsValues = {}) => mmsBody({ msgId: '1', ...values });
const again = (values: MmsValues = {}) =>
  mmsBody({ msgId: '2', to: '01012345679', parts: [textPart(), samePart()], ...values });

describe('an image', () => {
  let world: World;
  let client: RawClient;

  beforeEach(async () => {
    world = await World.start();
    client = await world.sender('mms');
  });

  afterEach(() => world.stop());

  const code = async (body: Buffer) => (await submit(client, body)).code;

  it('that was sent is found by name, key, size and sender number', async () => {
    expect([await code(first()), await code(again())]).toEqual(['0', '0']);
    expect(world.sim.submits()[1]).toMatchObject({
      files: [sha256],
      extra: { PARTS: [{}, { DATA_SIZE: 0, sha256, reused: true }] },
    });
    expect([world.broken, world.sim.stats().notes['image-reused']]).toEqual([{}, 1]);
  });

  it('may say 0 instead of NUL where it is used again', async () => {
    await code(first());
    expect(await code(again({ parts: [textPart(), samePart({ dataSize: '0' })] }))).toBe('0');
    expect(world.broken).toEqual({});
  });

  it.each([
    ['name', { parts: [textPart(), samePart({ fileName: 'b.jpg' })] }],
    ['key', { parts: [textPart(), samePart({ fileKey: '12300012346' })] }],
    ['size', { parts: [textPart(), samePart({ fileSize: '99' })] }],
    ['sender number', { from: '0212345679' }],
  ])('of another %s is unknown: 16, which breaks no rule', async (_, values) => {
    await code(first());
    expect(await code(again(values))).toBe('16');
    expect([world.broken, world.sim.stats().notes['image-unknown']]).toEqual([{}, 1]);
  });

  it('of another account is unknown', async () => {
    const accounts = ['demo', 'shop'].map((userId) => ({ userId, password: 'demo-password' }));
    const other = await World.start({ accounts });
    const [demo, shop] = [await other.sender('mms'), (await other.bind({ userId: 'shop' }, 'mms')).client];
    expect((await submit(demo, first())).code).toBe('0');
    expect((await submit(shop, again())).code).toBe('16');
    await other.stop();
  });

  it('is known for a day from when it was sent', async () => {
    await code(first());
    world.clock.advance(DAY_MS);
    // The session did not outlive the silence.
    client = await world.sender('mms');
    expect(await code(again())).toBe('0');
    world.clock.advance(1);
    expect(await code(again({ msgId: '3' }))).toBe('16');
  });

  it('of a message that was refused is not kept', async () => {
    expect(await code(first({ to: '01000009012' }))).toBe('12');
    expect(await code(again())).toBe('16');
  });

  it('without a key is not kept', async () => {
    await code(first({ parts: [textPart(), imagePart({ fileKey: '' })] }));
    expect(world.sim.stats().details.images).toBe(0);
  });

  it('that is forgotten is answered with 16, and the same MSG_ID with the data is accepted then', async () => {
    await code(first());
    world.sim.setFault('imageForgotten', { count: 1 });
    expect(await code(again())).toBe('16');
    expect(await code(again({ parts: [textPart(), imagePart()] }))).toBe('0');
    expect(await code(again({ msgId: '3' }))).toBe('0');
    expect(world.broken).toEqual({});
  });

  it('by reference and with its data is the same message', async () => {
    await code(first());
    expect(await code(again())).toBe('0');
    expect(await code(again({ parts: [textPart(), imagePart()] }))).toBe('17');
    expect(world.broken).toEqual({});
    expect(await code(again({ parts: [textPart(), imagePart({ fileKey: 'x', data: jpeg(1) })] }))).toBe('17');
    expect(world.broken).toEqual({ 'msg-id-reused': 1 });
  });

  it('under its key from another sender number breaks no rule', async () => {
    await code(first());
    expect(await code(first({ msgId: '2', from: '0212345679' }))).toBe('0');
    expect(world.broken).toEqual({});
  });

  it('over the recommended size among several is worth a note', async () => {
    const large = imagePart({ fileKey: 'a', data: jpeg(1, 52_000) });
    expect(await code(first({ parts: [textPart(), large, imagePart({ fileKey: 'b' })] }))).toBe('0');
    expect([world.broken, world.sim.stats().notes['image-over-recommended']]).toEqual([{}, 1]);
  });
});

describe('the image store', () => {
  it('forgets what is too old when something new comes', () => {
    const store = new ImageStore();
    const key = (fileKey: string) => ({ fileName: 'a', fileKey, fileSize: '1', callback: '02' });
    store.keep('demo', key('1'), 'x', 0, 1000);
    store.keep('demo', key('2'), 'y', 600, 1000);
    store.keep('demo', key('1'), 'x', 800, 1000);
    store.keep('demo', key('3'), 'z', 1601, 1000);
    expect(store.size).toBe(2);
    expect(store.find('demo', key('1'), 1601, 1000)).toBe('x');
    expect(store.contentOf('demo', '2', 1601, 1000)).toBeUndefined();
  });
});
