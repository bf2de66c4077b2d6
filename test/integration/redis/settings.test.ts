import { afterEach, describe, expect, it } from '@jest/globals';
import { judgeDurability, readRedisSettings } from '@pabal/fate';
import { Stage } from '../fate/stage.js';

const stages: Stage[] = [];
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.close();
});

/** The start-up words about a server with these arguments. */
async function words(durability: 'fsync' | 'replica', ...args: readonly string[]): Promise<string> {
  const stage = await Stage.open({ args });
  stages.push(stage);
  const findings = judgeDurability(durability, await readRedisSettings(stage.control));
  for (const { text } of findings) expect(text).not.toContain('\n');
  return findings.map(({ blocking, text }) => `${blocking ? 'bad' : 'good'}: ${text}`).join('\n');
}

describe('the start-up words about a real server', () => {
  it('are one good line when it is set as advised', async () => {
    expect(await words('fsync')).toMatch(/^good: .*loses nothing\.$/);
  });

  it('name the setting and what to set, a line each', async () => {
    const said = await words('fsync', '--appendfsync', 'everysec', '--maxmemory-policy', 'volatile-lru');
    expect(said.split('\n')).toEqual([
      expect.stringMatching(/^bad: .*appendfsync everysec.*last second.*Set appendfsync always\.$/),
      expect.stringMatching(/^bad: .*volatile-lru.*Set maxmemory-policy noeviction\.$/),
    ]);
    expect(await words('fsync', '--appendonly', 'no')).toMatch(/^bad: .*no append-only file/);
  });

  it('say that nothing is sent under replica without a replica', async () => {
    expect(await words('replica')).toMatch(/^bad: .*nothing is sent/);
  });
});
