import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createContext, SourceTextModule } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findRedis, type LocalRedis } from '@pabal/local-redis';
import { ROOT } from '../../support/index.js';
import { InstalledClient } from './installed-client.js';
import { modulesOf } from './text-in-page.js';

/** The client as another team has it: packed, installed into an empty folder, imported and required. */

let redis: LocalRedis;
let installed: InstalledClient;

beforeAll(async () => {
  [redis, installed] = await Promise.all([findRedis(), InstalledClient.install()]);
});

afterAll(async () => {
  await installed.remove();
  await redis.stop();
});

const SEND = `
async function main({ MessageRefused, PabalClient }, { checkText }) {
  const pabal = await PabalClient.connect({ redis: process.env.REDIS_URL, prefix: process.env.PREFIX });
  try {
    const message = { id: 'order-1', channel: 'sms', to: '01012345678', from: '0212345678', text: '발송되었습니다' };
    const refusal = await pabal.send({ ...message, to: 'nobody' }).catch((error) => error);
    const { id } = await pabal.send(message);
    const { state } = await pabal.status(id);
    const { kind } = await pabal.cancel(id);
    const { size } = checkText({ channel: 'sms', text: message.text });
    console.log(refusal instanceof MessageRefused, refusal.code, id, state, kind, size);
  } finally {
    await pabal.close();
  }
}
`;
const SENT = 'true invalid-message order-1 queued cancelled 14';

const TYPED = `
import { MessageRefused, PabalClient, type MessageInput, type ResultV1 } from '@pabal/client';
import { OutboxRelay, PostgresOutbox, type PostgresQueryable } from '@pabal/client/outbox';
import { smsOrLms, type TextCheck } from '@pabal/client/text';
import { verifyWebhook } from '@pabal/client/webhook';

export async function send(message: MessageInput): Promise<ResultV1 | undefined> {
  const pabal = await PabalClient.connect({ redis: 'redis://127.0.0.1' });
  try {
    const { id } = await pabal.send(message);
    return await pabal.follow(id);
  } catch (error) {
    if (error instanceof MessageRefused) for (const { field, limit } of error.problems) console.log(field, limit);
    return undefined;
  }
}
export const channel: 'sms' | 'lms' | undefined = smsOrLms('글');
export const relay = (db: PostgresQueryable, pabal: PabalClient) => new OutboxRelay(new PostgresOutbox({ db }), pabal);
export const idOf = (body: string): string => verifyWebhook({ headers: {}, body, secret: '' }).result.id;
export const left = (check: TextCheck): number => check.left;
`;

describe('the packed client', () => {
  it('holds its entries, its page and no test, and depends on public libraries alone', async () => {
    const manifest = JSON.parse(await readFile(join(installed.client, 'package.json'), 'utf8'));
    expect(Object.keys(manifest.dependencies)).toEqual(['bullmq', 'image-size', 'ioredis', 'zod']);
    for (const version of Object.values(manifest.dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect((await readdir(installed.client)).sort()).toEqual([
      'README.md',
      'dist',
      'package.json',
      'schemas',
    ]);
    const files = await readdir(join(installed.client, 'dist'), { recursive: true });
    expect(files.filter((file) => /test|workspace/.test(file))).toEqual([]);
  });

  it('brings the JSON Schemas along', async () => {
    const read = `const { title } = require('@pabal/client/schemas/result-v1.json'); console.log(title);`;
    expect(await installed.run(process.execPath, ['-e', read])).toBe('Pabal result v1');
  });

  it('shows no type of another library', async () => {
    const dist = join(installed.client, 'dist');
    const files = (await readdir(dist, { recursive: true })).filter((file) => /\.d\.c?ts$/.test(file));
    expect(files).toEqual(expect.arrayContaining(['index.d.ts', 'index.d.cts', 'text.d.ts', 'text.d.cts']));
    for (const file of files) {
      const text = await readFile(join(dist, file), 'utf8');
      const foreign = [...text.matchAll(/(?:from\s+|import\()'([^'.][^']*)'/g)].map(([, name]) => name);
      expect({ file, foreign }).toEqual({ file, foreign: [] });
    }
  });

  it('is imported by an ES module', async () => {
    const imports = `import * as client from '@pabal/client';\nimport * as text from '@pabal/client/text';\n`;
    await writeFile(join(installed.folder, 'send.mjs'), `${imports}${SEND}await main(client, text);\n`);
    const env = { REDIS_URL: redis.url, PREFIX: 'pabal-packed-esm' };
    expect(await installed.run(process.execPath, ['send.mjs'], env)).toBe(SENT);
  });

  it('is required by a CommonJS module', async () => {
    const call = `void main(require('@pabal/client'), require('@pabal/client/text'));\n`;
    await writeFile(join(installed.folder, 'send.cjs'), `${SEND}${call}`);
    const env = { REDIS_URL: redis.url, PREFIX: 'pabal-packed-cjs' };
    expect(await installed.run(process.execPath, ['send.cjs'], env)).toBe(SENT);
  });

  it.each([
    ['in Node, as an ES module and as a CommonJS one', ['typed.mts', 'typed.cts'], 'nodenext', 'nodenext'],
    ['through a bundler', ['bundled.ts'], 'esnext', 'bundler'],
    // What many services on CommonJS are still configured for; the newest compiler no longer knows it.
    ['by the rules from before exports', ['older.ts'], 'commonjs', 'node10'],
  ])('has its types %s', async (_, files, module, moduleResolution) => {
    for (const file of files) await writeFile(join(installed.folder, file), TYPED);
    const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022'];
    const mode = ['--module', module, '--moduleResolution', moduleResolution, '--types', 'node'];
    const older = moduleResolution === 'node10';
    const tsc = join(ROOT, 'node_modules', older ? '@typescript/typescript6/bin/tsc6' : 'typescript/bin/tsc');
    // That compiler is slow, and the declarations were checked by the other one.
    const quiet = older ? ['--ignoreDeprecations', '6.0', '--skipLibCheck'] : [];
    const checking = installed.run(process.execPath, [tsc, ...options, ...mode, ...quiet, ...files]);
    expect(await checking).toBe('');
  });

  it('measures texts and checks numbers where there is nothing but the language', async () => {
    const context = createContext(Object.create(null));
    const modules = await modulesOf(installed.client, 'text');
    const linked = new Map<string, SourceTextModule>();
    const moduleOf = (name: string): SourceTextModule => {
      const known = linked.get(name);
      if (known) return known;
      const made = new SourceTextModule(modules.get(name) ?? '', { context, identifier: name });
      linked.set(name, made);
      return made;
    };
    const entry = moduleOf('entry');
    await entry.link(moduleOf);
    await entry.evaluate();
    const text = entry.namespace as typeof import('@pabal/client/text');
    expect(text.measureText('뷁a', 'cp949').bytes).toBe(3);
    expect(text.measureText('뷁a', 'euc-kr').unmappable).toHaveLength(1);
    expect(text.checkRecipient('+821012345678')).toEqual({ ok: true, digits: '01012345678' });
    expect(text.smsOrLms('가'.repeat(46))).toBe('lms');
    const size = [...modules.values()].reduce((sum, source) => sum + source.length, 0);
    expect(size).toBeLessThan(40_000);
  });
});
