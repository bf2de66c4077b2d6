import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sharedMemory } from '@pabal/fate';
import { Stage, until } from './stage.js';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

describe('the memory that workers share', () => {
  it('is known to all of them, per gateway, until one forgets', async () => {
    const { store } = await stage.another();
    const ours = sharedMemory(stage.store, 'hellovision');
    const theirs = sharedMemory(store, 'hellovision');
    await ours.remember('image', 'key-1', 60_000);
    expect(await theirs.recall('image')).toBe('key-1');
    expect(await sharedMemory(store, 'smtnt').recall('image')).toBeUndefined();
    await theirs.remember('image', 'key-2', 60_000);
    expect(await ours.recall('image')).toBe('key-2');
    await ours.forget('image');
    expect(await theirs.recall('image')).toBeUndefined();
  });

  it('ends by itself', async () => {
    const memory = sharedMemory(stage.store, 'hellovision');
    await memory.remember('short', 'x', 20);
    await memory.remember('long', 'x', 60_000);
    await until('forgotten', async () => (await memory.recall('short')) === undefined);
    expect(await memory.recall('long')).toBe('x');
  });

  it('knows nothing and fails nobody while Redis is away', async () => {
    const memory = sharedMemory(stage.store, 'hellovision');
    await memory.remember('image', 'key-1', 60_000);
    await stage.redis.kill();
    await until('away', () => stage.store.state === 'away');
    expect(await memory.recall('image')).toBeUndefined();
    await memory.remember('other', 'x', 60_000);
    await memory.forget('image');
    await stage.redis.start();
    await until('back', () => stage.store.state === 'open');
    expect(await memory.recall('other')).toBeUndefined();
    expect(await memory.recall('image')).toBe('key-1');
  });
});
