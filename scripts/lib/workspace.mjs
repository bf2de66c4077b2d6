import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/**
 * The folders of the workspace's packages, as pnpm-workspace.yaml lists them: `packages/*` or a plain folder.
 * @param {string} root
 * @returns {string[]} relative to the root, sorted
 */
export function workspaceFolders(root) {
  const lines = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8').split('\n');
  const start = lines.findIndex((line) => line.trimEnd() === 'packages:');
  const patterns = [];
  for (const line of lines.slice(start + 1)) {
    const entry = /^\s+-\s+["']?([^"']+?)["']?\s*$/.exec(line);
    if (entry === null) break;
    patterns.push(entry[1]);
  }
  return patterns
    .flatMap((pattern) => (pattern.endsWith('/*') ? subfolders(root, pattern.slice(0, -2)) : [pattern]))
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .sort();
}

/**
 * The versions that pnpm-workspace.yaml fixes, by library.
 * @param {string} root
 * @returns {Record<string, string>}
 */
export function readCatalog(root) {
  const lines = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8').split('\n');
  const start = lines.findIndex((line) => line.trimEnd() === 'catalog:');
  const versions = {};
  for (const line of lines.slice(start + 1)) {
    const entry = /^\s+["']?([^"':]+)["']?:\s+["']?([^"']+?)["']?\s*$/.exec(line);
    if (entry === null) break;
    versions[entry[1]] = entry[2];
  }
  return versions;
}

/**
 * What the rules of the house need to know of each package.
 * @param {string} root
 * @returns {import('./layers.mjs').Member[]}
 */
export function readWorkspace(root) {
  return workspaceFolders(root).map((folder) => {
    const manifest = readJson(join(root, folder, 'package.json'));
    const { references = [] } = readJson(join(root, folder, 'tsconfig.json'));
    return {
      folder,
      name: manifest.name,
      dependencies: [
        ...new Set(
          ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'].flatMap((kind) =>
            Object.keys(manifest[kind] ?? {}),
          ),
        ),
      ],
      references: references.map(({ path }) => relative(root, resolve(root, folder, path))),
    };
  });
}

/** Folders that the root tsconfig.json refers to. */
export function rootReferences(root) {
  const { references = [] } = readJson(join(root, 'tsconfig.json'));
  return references.map(({ path }) => relative(root, resolve(root, path)));
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function subfolders(root, parent) {
  if (!existsSync(join(root, parent))) return [];
  return readdirSync(join(root, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${parent}/${entry.name}`);
}
