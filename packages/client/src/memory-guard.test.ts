import { describe, expect, it } from '@jest/globals';
import { MemoryGuard, usedShare } from './memory-guard.js';

const info = (used: number, max: number) => `# Memory\r\nused_memory:${used}\r\nmaxmemory:${max}\r\n`;

describe('the memory guard', () => {
  it('reads the used share, and 0 where Redis has no limit', () => {
    expect(usedShare(info(850, 1_000))).toBe(0.85);
    expect(usedShare(info(850, 0))).toBe(0);
  });

  it('asks Redis once a second, however many ask it', async () => {
    let now = 0;
    let asked = 0;
    const guard = new MemoryGuard(
      () => Promise.resolve(info(++asked, 10)),
      () => now,
    );
    expect(await Promise.all([guard.share(), guard.share()])).toEqual([0.1, 0.1]);
    now = 999;
    expect(await guard.share()).toBe(0.1);
    now = 1_000;
    expect(await guard.share()).toBe(0.2);
  });

  it('asks again at once after Redis gave no answer', async () => {
    let fail = true;
    const guard = new MemoryGuard(
      () => (fail ? Promise.reject(new Error('away')) : Promise.resolve(info(1, 2))),
      () => 0,
    );
    await expect(guard.share()).rejects.toThrow('away');
    fail = false;
    expect(await guard.share()).toBe(0.5);
  });
});
