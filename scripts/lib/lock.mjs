import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failed } from './process.mjs';

const POLL_MS = 200;
const BREAKING_MS = 10_000;

/**
 * Runs `work` while this process alone holds the lock: a file that names its owner. A lock whose owner is gone is
 * broken; one of another machine, which may share the folder, is waited for.
 * @template T
 * @param {string} path
 * @param {{ limitMs: number, onWait?: (owner: string) => void }} options
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, { limitMs, onWait }, work) {
  mkdirSync(dirname(path), { recursive: true });
  const deadline = Date.now() + limitMs;
  let told = false;
  while (!acquire(path)) {
    const owner = ownerOf(path);
    if (owner === undefined) continue;
    if (isGone(owner)) {
      breakLock(path);
      continue;
    }
    if (!told) onWait?.(`process ${owner.pid} on ${owner.host}`);
    told = true;
    if (Date.now() > deadline) {
      throw new Failed(
        `Process ${owner.pid} on ${owner.host} holds ${path}. If it is gone, delete that file.`,
      );
    }
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** A link to a file that is already written appears whole or not at all. */
function acquire(path) {
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, host: hostname() }));
  try {
    linkSync(mine, path);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(mine, { force: true });
  }
}

function ownerOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isGone({ pid, host }) {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

/** Two that find the same dead owner must not both delete: the second would delete the first one's new lock. */
function breakLock(path) {
  const breaking = `${path}.breaking`;
  try {
    mkdirSync(breaking);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const since = statSync(breaking, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Date.now() - since > BREAKING_MS) rmdirSync(breaking);
    return;
  }
  try {
    const owner = ownerOf(path);
    if (owner !== undefined && isGone(owner)) rmSync(path, { force: true });
  } finally {
    rmdirSync(breaking);
  }
}
