import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { layerProblems } from './lib/layers.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const LEFT_OUT = new Set(['node_modules', 'dist', '.git', '.cache', '.turbo', 'coverage']);

/** A workspace of these packages, each with its tsconfig.json in order. */
function workspace(dependencies) {
  const name = (folder) => `@pabal/${basename(folder)}`;
  return Object.entries(dependencies).map(([folder, uses]) => ({
    folder,
    name: name(folder),
    dependencies: uses.map((used) => (used in dependencies ? name(used) : used)),
    references: uses.filter((used) => used in dependencies),
  }));
}

describe('the rule which package may use which', () => {
  it('finds nothing wrong with the house plan', () => {
    const plan = workspace({
      'packages/wire': ['iconv-lite'],
      'packages/message': ['zod'],
      'packages/session': ['packages/message'],
      'packages/protocol-lghv': ['packages/wire', 'packages/message'],
      'packages/gateway-lghv': [
        'packages/session',
        'packages/protocol-lghv',
        'packages/message',
        'packages/wire',
      ],
      'packages/fate': ['packages/message', 'ioredis'],
      'packages/queues': ['packages/message', 'bullmq', 'ioredis'],
      'packages/fleet': ['packages/fate', 'packages/queues', 'packages/gateway-lghv'],
      'apps/simulator': ['iconv-lite'],
      'apps/sender': ['packages/fleet'],
      'apps/cli': ['apps/sender', 'apps/simulator', 'packages/queues'],
      test: ['apps/cli', 'packages/fate', 'bullmq', 'ioredis'],
    });
    expect(layerProblems(plan)).toEqual([]);
  });

  it.each([
    ['packages/wire', 'packages/message'],
    ['packages/message', 'packages/wire'],
    ['packages/session', 'packages/wire'],
    ['packages/protocol-lghv', 'packages/protocol-smtnt'],
    ['packages/protocol-lghv', 'packages/session'],
    ['packages/protocol-smtnt', 'packages/fate'],
    ['packages/protocol-smtnt', 'packages/queues'],
    ['packages/gateway-lghv', 'packages/gateway-smtnt'],
    ['packages/gateway-lghv', 'packages/queues'],
    ['packages/fate', 'packages/queues'],
    ['packages/queues', 'packages/fate'],
    ['packages/fleet', 'apps/sender'],
    ['packages/fleet', 'packages/local-redis'],
    ['apps/simulator', 'packages/wire'],
    ['apps/simulator', 'packages/message'],
    ['apps/sender', 'apps/receiver'],
  ])('refuses that %s depends on %s', (folder, used) => {
    expect(layerProblems(workspace({ [folder]: [used], [used]: [] }))).toEqual([
      `${folder}: may not depend on ${used}`,
    ]);
  });

  it.each([
    ['packages/fleet', 'bullmq'],
    ['packages/client', 'ioredis'],
    ['apps/board', 'ioredis'],
    ['apps/cli', 'bullmq'],
  ])('refuses that %s depends on %s', (folder, library) => {
    expect(layerProblems(workspace({ [folder]: [library] }))).toEqual([
      `${folder}: may not depend on ${library}`,
    ]);
  });

  it('refuses a package that has no row', () => {
    expect(layerProblems(workspace({ 'packages/new': [] }))).toHaveLength(1);
  });

  it('refuses references that differ from the dependencies, either way', () => {
    const [fate, message] = workspace({ 'packages/fate': ['packages/message'], 'packages/message': [] });
    expect(layerProblems([{ ...fate, references: [] }, message])).toHaveLength(1);
    expect(layerProblems([{ ...fate, dependencies: [] }, message])).toHaveLength(1);
  });
});

describe('a breach planted into a copy of this repository', () => {
  let copy;

  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'pabal-house-'));
    await cp(ROOT, copy, { recursive: true, filter: (source) => !LEFT_OUT.has(basename(source)) });
    await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  });

  afterAll(() => rm(copy, { recursive: true, force: true }));

  /** Runs a check in the copy, with a file changed or added, and puts the file back. */
  async function checkedWith(file, change, command, args) {
    const path = join(copy, file);
    const before = await readFile(path, 'utf8').catch(() => undefined);
    await writeFile(path, change(before ?? ''));
    try {
      return await run(copy, command, args);
    } finally {
      await (before === undefined ? rm(path) : writeFile(path, before));
    }
  }

  const houseRules = [process.execPath, ['scripts/house-rules.mjs']];
  const boundaries = ['node_modules/.bin/turbo', ['boundaries']];
  const lint = (file) => ['node_modules/.bin/biome', ['lint', '--error-on-warnings', file]];

  it('is refused where a manifest declares what its layer may not use', async () => {
    const file = 'packages/protocol-lghv/package.json';
    const declare = (text) => {
      const manifest = JSON.parse(text);
      manifest.dependencies['@pabal/fate'] = 'workspace:*';
      return JSON.stringify(manifest);
    };
    const { code, output } = await checkedWith(file, declare, ...houseRules);
    expect(output).toContain('packages/protocol-lghv: may not depend on packages/fate');
    expect(code).toBe(1);
  });

  it('is refused where a comment silences a check', async () => {
    const comment = `// ${['biome', 'ignore'].join('-')} lint: planted\n`;
    const { code, output } = await checkedWith('packages/wire/src/planted.ts', () => comment, ...houseRules);
    expect(output).toContain('silences a check');
    expect(code).toBe(1);
  });

  it.each([
    ['what its manifest does not declare', "import '@pabal/queues';"],
    ["a file of another package's folder", "import '../../message/src/index.js';"],
  ])('is refused where a package imports %s', async (_what, line) => {
    const { code, output } = await checkedWith(
      'packages/wire/src/planted.ts',
      () => `${line}\n`,
      ...boundaries,
    );
    expect(output).toContain('planted.ts');
    expect(code).toBe(1);
  });

  it.each([
    [
      'noNodejsModules',
      'packages/wire/src/planted.ts',
      "import { join } from 'node:path';\nexport const a = join('a');\n",
    ],
    ['noNodejsModules', 'packages/protocol-smtnt/src/planted.ts', "export { join } from 'node:path';\n"],
    ['noRestrictedGlobals', 'packages/message/src/planted.ts', "export const a = Buffer.from('a');\n"],
    ['noRestrictedGlobals', 'packages/fate/src/planted.test.ts', 'setTimeout(() => undefined, 1);\n'],
    [
      'noRestrictedImports',
      'apps/sender/src/planted.test.ts',
      "export { setTimeout } from 'node:timers/promises';\n",
    ],
    ['noConsole', 'packages/fleet/src/planted.ts', "console.log('a');\n"],
    ['noExplicitAny', 'packages/fleet/src/planted.ts', 'export const a: any = 1;\n'],
    [
      'noSkippedTests',
      'packages/wire/src/planted.test.ts',
      "import { it } from '@jest/globals';\nit.skip('a', () => {});\n",
    ],
  ])('is refused by %s in %s', async (rule, file, text) => {
    const { code, output } = await checkedWith(file, () => text, ...lint(file));
    expect(output).toContain(rule);
    expect(code).toBe(1);
  });

  it('is refused where two files of a package import each other', async () => {
    const other = join(copy, 'packages/wire/src/other.ts');
    await writeFile(other, "import type { B } from './planted.js';\nexport type A = B[];\n");
    const file = 'packages/wire/src/planted.ts';
    const text = "import type { A } from './other.js';\nexport type B = A;\n";
    const { code, output } = await checkedWith(file, () => text, ...lint(file));
    await rm(other);
    expect(output).toContain('noImportCycles');
    expect(code).toBe(1);
  });

  it('is what is refused: no check has anything against a harmless file', async () => {
    const file = 'packages/wire/src/planted.ts';
    for (const check of [houseRules, boundaries, lint(file)]) {
      const { output } = await checkedWith(file, () => 'export const planted = 1;\n', ...check);
      expect(output).not.toContain('planted');
    }
  });
});

function run(cwd, command, args) {
  const env = { ...process.env, NO_COLOR: '1', TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' };
  return new Promise((resolve) => {
    execFile(command, args, { cwd, env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, output: stdout + stderr });
    });
  });
}
