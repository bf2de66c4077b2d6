import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { RECORD_FIELDS, type RecordState } from './record.js';

const ROOT = join(import.meta.dirname, '../../..');
const STATES = [
  'queued',
  'claimed',
  'uncertain',
  'accepted',
  'settled',
] as const satisfies readonly RecordState[];

let page: string;
beforeAll(async () => {
  page = await readFile(join(ROOT, 'docs/fate.md'), 'utf8');
});

/** Arrows of the page's diagram as `from → to: step`; `[*]` is `none`. */
function arrows(): string[] {
  const diagram = /```mermaid\nstateDiagram-v2\n(.*?)```/s.exec(page)?.[1] ?? '';
  const lines = diagram.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const [, from, to, step] = /^ {4}(\S+) --> (\S+): (\w+)$/.exec(line) ?? [];
    if (!from || !to || !step) throw new Error(`not an arrow: ${line}`);
    return `${from} → ${to}: ${step}`.replaceAll('[*]', 'none');
  });
}

/** Arrows that tests name in their titles. */
async function walked(): Promise<string[]> {
  const folder = join(ROOT, 'test/integration/fate');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.test.ts'));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) =>
    [...text.matchAll(/\bit\(\s*'(\w+ → \w+: \w+)/g)].map((match) => match[1] ?? ''),
  );
}

describe('docs/fate.md', () => {
  it('draws each arrow once, and a test walks each of them and no other', async () => {
    const drawn = arrows();
    expect(new Set(drawn).size).toBe(drawn.length);
    expect([...new Set(await walked())].sort()).toEqual([...drawn].sort());
  });

  it('draws the states that the code knows, and says what each means', () => {
    const drawn = new Set(arrows().flatMap((arrow) => arrow.replace(/:.*/, '').split(' → ')));
    drawn.delete('none');
    expect([...drawn].sort()).toEqual([...STATES].sort());
    for (const state of STATES) expect(page).toMatch(new RegExp(`^\\| \`${state}\` \\| `, 'm'));
  });

  it('names the steps as the code does', async () => {
    const index = await readFile(join(import.meta.dirname, 'index.ts'), 'utf8');
    for (const arrow of arrows()) expect(index).toMatch(new RegExp(`\\b${arrow.split(': ')[1]}\\b`));
  });

  it('lists every field of the record with its meaning', () => {
    const [, table = ''] = /\| field \| holds \|\n\| --- \| --- \|\n((?:\|.*\n)+)/.exec(page) ?? [];
    const rows = table
      .trim()
      .split('\n')
      .map((row) => /^\| `(\w+)` \| (.*) \|$/.exec(row)?.slice(1, 3));
    expect(rows).toEqual(Object.entries(RECORD_FIELDS));
  });
});
