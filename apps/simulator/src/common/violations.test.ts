import { describe, expect, it } from '@jest/globals';
import { Violations } from './violations.js';

const rules = {
  'digits-only': { text: 'Numbers are digits.', cites: 'X 2' },
  late: { text: 'Be in time.', cites: 'X 3' },
};

describe('violations', () => {
  it('are counted by rule with the citation and at most ten samples', () => {
    const violations = new Violations(rules, () => 7);
    for (let i = 0; i < 12; i++) violations.add('digits-only', `DESTADDR has ${i} other characters`, 3);
    violations.add('late', '61 s');
    expect(violations.total).toBe(13);
    expect(
      violations.list().map(({ rule, count, cites, samples }) => [rule, count, cites, samples.length]),
    ).toEqual([
      ['digits-only', 12, 'X 2', 10],
      ['late', 1, 'X 3', 1],
    ]);
    expect(violations.list()[1]?.samples).toEqual([{ at: 7, session: 0, detail: '61 s' }]);
  });

  it('are gone after clear', () => {
    const violations = new Violations(rules, () => 0);
    violations.add('late', '');
    violations.clear();
    expect([violations.total, violations.count('late'), violations.list()]).toEqual([0, 0, []]);
  });
});
