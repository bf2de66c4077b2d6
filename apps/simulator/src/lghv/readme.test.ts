import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { FAULTS } from '../common/index.js';
import { DEFAULT_SETTINGS } from './options.js';
import { LGHV_RULES } from './rules.js';

const README = readFileSync(new URL('README.md', import.meta.url), 'utf8');

/** The rows of the table below a heading, without its head. */
function tableBelow(heading: string): string[][] {
  const section = README.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const named = (heading: string) => tableBelow(heading).map(([name]) => name?.replaceAll('`', ''));

describe('the README of the LGHV simulator', () => {
  it('lists every rule with its words and its place in the specification', () => {
    const rules = Object.entries(LGHV_RULES).map(([id, { text, cites }]) => [`\`${id}\``, text, cites]);
    expect(tableBelow('Rules')).toEqual(rules);
  });

  it('lists every fault that this gateway makes', () => {
    const ours = Object.entries(FAULTS).filter(
      ([, what]) => !what.includes('SMTNT') || what.includes('LGHV'),
    );
    expect(named('Faults')).toEqual(ours.map(([name]) => name));
  });

  it('lists every setting', () => {
    expect(named('Settings')).toEqual(Object.keys(DEFAULT_SETTINGS));
  });
});
