import { describe, expect, it } from '@jest/globals';
import { hashApiKey } from '@pabal/api';
import { main } from '../main.js';
import { processIo } from '../process-io.js';

async function run(...args: readonly string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    ...processIo(),
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
  };
  return { code: await main(['key', ...args], io), out, err };
}

describe('pabal key', () => {
  it('prints a key of 256 bits once, and the line of the configuration with its hash', async () => {
    const { code, out } = await run(
      'shop',
      '--scopes',
      'send,read',
      '--per-second',
      '50',
      '--reply-to',
      'shop',
    );
    const key = /(pabal_[\w-]{43})$/.exec(out[0] ?? '')?.[1] ?? '';
    expect(code).toBe(0);
    expect(out[2]).toBe(
      `    - { name: shop, hash: "${hashApiKey(key)}", scopes: [send, read], perSecond: 50, replyTo: shop }`,
    );
  });

  it('makes another one each time', async () => {
    const [a, b] = [await run('shop', '--json'), await run('shop', '--json')];
    expect(a.out[0]).not.toBe(b.out[0]);
  });

  it.each([
    [['Shop']],
    [['shop', '--scopes', 'admin']],
    [['shop', '--per-second', '0']],
    [['shop', '--reply-to', 'A']],
    [['shop', '--webhook', 'A']],
    [['shop', '--webhook', 'a', '--reply-to', 'a']],
  ])('refuses %j', async (args) => {
    expect((await run(...args)).code).toBe(2);
  });
});
