import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stamp } from './bootstrap.mjs';
import { readWorkspace, workspaceFolders } from './workspace.mjs';

let root;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pabal-workspace-'));
  await write(
    'pnpm-workspace.yaml',
    'packages:\n  - "apps/*"\n  - packages/*\n  - \'test\'\ncatalog:\n  - not/*\n',
  );
  await write('pnpm-lock.yaml', 'lock');
  await write('package.json', '{}');
  await write('packages/a/package.json', '{"name":"@pabal/a","devDependencies":{"@pabal/b":"workspace:*"}}');
  await write('packages/a/tsconfig.json', '{"references":[{"path":"../b"}]}');
  await write('packages/b/package.json', '{"name":"@pabal/b"}');
  await write('packages/b/tsconfig.json', '{}');
  await mkdir(join(root, 'packages/empty'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function write(file, text) {
  await mkdir(join(root, file, '..'), { recursive: true });
  await writeFile(join(root, file), text);
}

describe('workspaceFolders', () => {
  it('finds the folders that are packages, and no others', () => {
    expect(workspaceFolders(root)).toEqual(['packages/a', 'packages/b']);
  });
});

describe('readWorkspace', () => {
  it('names references as folders of the workspace', () => {
    expect(readWorkspace(root)[0]).toEqual({
      folder: 'packages/a',
      name: '@pabal/a',
      dependencies: ['@pabal/b'],
      references: ['packages/b'],
    });
  });
});

describe('stamp', () => {
  it.each(['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', 'packages/b/package.json'])(
    'changes with %s',
    async (file) => {
      const before = stamp(root);
      expect(stamp(root)).toBe(before);
      await write(
        file,
        file.endsWith('.json') ? '{"name":"other"}' : 'packages:\n  - packages/*\nother: true\n',
      );
      expect(stamp(root)).not.toBe(before);
    },
  );

  it('does not change with a source file', async () => {
    const before = stamp(root);
    await write('packages/a/src/index.ts', 'export {};');
    expect(stamp(root)).toBe(before);
  });
});
