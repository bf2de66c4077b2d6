import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { withLock } from './lock.mjs';

let folder;
let path;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pabal-lock-'));
  path = join(folder, 'deep', 'install.lock');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** The process id of a process that is over. */
function deadPid() {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

async function heldBy(owner) {
  await withLock(path, { limitMs: 1_000 }, async () => undefined);
  await writeFile(path, JSON.stringify(owner));
}

describe('withLock', () => {
  it('lets one in at a time, and everybody in the end', async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      for (let turns = 0; turns < 10; turns += 1) await turn();
      inside -= 1;
      return 'done';
    };
    const all = Array.from({ length: 4 }, () => withLock(path, { limitMs: 10_000 }, work));
    expect(await Promise.all(all)).toEqual(['done', 'done', 'done', 'done']);
    expect(most).toBe(1);
  });

  it('is open again after work that failed, and leaves no file', async () => {
    const failing = withLock(path, { limitMs: 1_000 }, async () => {
      throw new Error('planted');
    });
    await expect(failing).rejects.toThrow('planted');
    expect(await withLock(path, { limitMs: 1_000 }, async () => existsSync(path))).toBe(true);
    expect(await readdir(join(folder, 'deep'))).toEqual([]);
  });

  it('breaks the lock of a process that is gone', async () => {
    await heldBy({ pid: deadPid(), host: hostname() });
    expect(await withLock(path, { limitMs: 0 }, async () => 'in')).toBe('in');
  });

  it("waits for another machine's process, says for whom, and gives up with advice", async () => {
    await heldBy({ pid: deadPid(), host: 'another' });
    const waited = [];
    const options = { limitMs: 0, onWait: (owner) => waited.push(owner) };
    await expect(withLock(path, options, async () => 'in')).rejects.toThrow('delete that file');
    expect(waited).toHaveLength(1);
    expect(waited[0]).toContain('on another');
  });
});
