import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failed } from './process.mjs';

/**
 * Sees to it that a Redis can be had before tests with time limits ask for one: on a bare machine this is where it is
 * installed.
 * @param {string} root
 * @throws Failed if none can be had
 */
export async function ensureRedis(root) {
  const entry = join(root, 'packages', 'local-redis', 'dist', 'index.js');
  if (!existsSync(entry)) throw new Failed('packages/local-redis is not built: see the types above');
  const { findRedis, startPrivateRedis } = await import(pathToFileURL(entry).href);
  const onProgress = (line) => console.log(line);
  try {
    const redis = await findRedis({ onProgress });
    console.log(`Using Redis ${redis.version} (${redis.source})`);
    await redis.stop();
    // Tests that kill and freeze a server need one of their own, whatever else there is.
    if (redis.server === undefined) await (await startPrivateRedis({ onProgress })).stop();
  } catch (error) {
    if (error.code !== 'redis-unavailable') throw error;
    throw new Failed(error.message);
  }
}
