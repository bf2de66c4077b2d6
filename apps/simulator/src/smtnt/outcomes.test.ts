import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DEFAULT_OUTCOMES, outcomeOf } from './outcomes.js';

const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8');

describe('chosen recipients', () => {
  it('are told by their last four digits', () => {
    expect(outcomeOf(DEFAULT_OUTCOMES, '01012340007')).toEqual({ report: 7 });
    expect(outcomeOf(DEFAULT_OUTCOMES, '01012340099')).toEqual({ report: null });
    expect(outcomeOf(DEFAULT_OUTCOMES, '01000071234')).toBeUndefined();
  });

  it('with a report stand in the README with their codes', () => {
    const rows = [...readme.matchAll(/^\| (00[\d ·]+) \| reported ([\d ·]+)/gm)];
    const told = rows.flatMap(([, endings = '', codes = '']) => {
      const results = codes.trim().split(' · ');
      return endings.split(' · ').map((ending, i) => [ending, { report: Number(results[i]) }]);
    });
    const reported = Object.entries(DEFAULT_OUTCOMES).filter(([, { report }]) => typeof report === 'number');
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(reported));
  });
});
