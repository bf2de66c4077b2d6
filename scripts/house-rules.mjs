/** Checks what no linter here knows: which package may use which, and that nothing silences a check. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { layerProblems } from './lib/layers.mjs';
import { readWorkspace, rootReferences } from './lib/workspace.mjs';

const root = process.argv[2] ?? dirname(dirname(fileURLToPath(import.meta.url)));

/** Put together here, so that this file does not find itself. */
const SILENCERS = new RegExp(
  ['biome', 'eslint', 'oxlint']
    .map((tool) => `${tool}-(?:ignore|disable)`)
    .concat('@ts-(?:ignore|nocheck|expect-error)')
    .join('|'),
);
const SOURCE = /\.(?:ts|mjs|js)$/;
const SKIPPED = new Set(['node_modules', 'dist', '.git', '.cache', '.turbo', 'coverage']);

const members = readWorkspace(root);
const built = rootReferences(root);
const problems = [
  ...layerProblems(members),
  ...members
    .filter(({ folder }) => !built.includes(folder))
    .map(({ folder }) => `${folder}: the root tsconfig.json does not refer to it, so it is not built`),
  ...[...sources(root)].flatMap(silencers),
];
for (const problem of problems) console.log(problem);
console.log(`${members.length} packages, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) yield* sources(path);
    else if (entry.isFile() && SOURCE.test(entry.name)) yield path;
  }
}

function silencers(path) {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, at) => {
      const found = SILENCERS.exec(line)?.[0];
      return found === undefined ? [] : [`${path}:${at + 1}: ${found} silences a check`];
    });
}
