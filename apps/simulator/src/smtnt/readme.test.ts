import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { FAULTS } from '../common/index.js';
import { SMTNT_RULES } from './rules.js';
import { GRANT_NAMES, SETTING_NAMES } from './settings.js';

const README = readFileSync(new URL('README.md', import.meta.url), 'utf8');

/** The rows of the table below a heading, without its head. */
function tableBelow(heading: string): string[][] {
  const section = README.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('the README of the SMTNT simulator', () => {
  it('lists every rule with its words and its place in the specification', () => {
    const rules = Object.entries(SMTNT_RULES).map(([id, { text, cites }]) => [`\`${id}\``, text, cites]);
    expect(tableBelow('Rules')).toEqual(rules);
  });

  it('lists every fault that this gateway makes', () => {
    const ours = Object.entries(FAULTS).filter(([, what]) => !what.endsWith('(LGHV)'));
    expect(tableBelow('Faults').map(([name]) => name)).toEqual(ours.map(([name]) => `\`${name}\``));
  });

  it('lists every setting', () => {
    const named = tableBelow('Settings').map(([name]) => name);
    expect(named).toEqual([...GRANT_NAMES, ...SETTING_NAMES].map((name) => `\`${name}\``));
  });
});
