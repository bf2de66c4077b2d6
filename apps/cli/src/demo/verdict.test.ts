import { describe, expect, it } from '@jest/globals';
import type { Journey, Journeys } from './journey.js';
import { delivered, journey, submit } from './testing/journeys.js';
import { judge } from './verdict.js';

const NO_VIOLATIONS = { hellovision: [], smtnt: [] };

function verdict(journeys: Journey[], more: Partial<Journeys> = {}) {
  const all = { journeys, strangers: [], unexpected: [], ...more };
  return judge({ journeys: all, violations: NO_VIOLATIONS, troubles: [] });
}

describe('the verdict', () => {
  it('has nothing to say when every message has its one result', () => {
    expect(verdict([journey('a'), journey('b', { submits: [] })])).toEqual([]);
  });

  it('names messages without a result, and those with two', () => {
    const result = delivered('b', 'smtnt', 'wire-b');
    expect(verdict([journey('a', { results: [] }), journey('b', { results: [result, result] })])).toEqual([
      '1 message without a result: a',
      '1 message with more than one result: b',
    ]);
  });

  it('names five of many', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    expect(verdict(ids.map((id) => journey(id, { results: [] })))).toEqual([
      '7 messages without a result: a, b, c, d, e, and 2 more',
    ]);
  });

  it('does not pass a message that was accepted twice, even with one result', () => {
    const twice = [submit('smtnt', 'wire-a'), submit('hellovision', 'other')];
    expect(verdict([journey('a', { submits: twice })])).toEqual(['1 message accepted more than once: a']);
  });

  it('lets a refusal before the acceptance pass', () => {
    const submits = [submit('smtnt', 'wire-a', { verdict: 'refused' }), submit('smtnt', 'wire-a')];
    expect(verdict([journey('a', { submits })])).toEqual([]);
  });

  it('compares each result with what the gateway reported, in its own codes', () => {
    const dead = submit('smtnt', 'wire-a', { reportCode: '7' });
    const zero = submit('hellovision', 'wire-b', { reportCode: '0' });
    expect(verdict([journey('a', { submits: [dead] }), journey('b', { submits: [zero] })])).toEqual([
      '2 messages whose result is not what the gateway reported: a, b',
    ]);
  });

  it('tells of submits and results that belong to nobody', () => {
    expect(verdict([], { strangers: [submit('smtnt', '17')], unexpected: ['z'] })).toEqual([
      '1 message with a result though nobody sent it: z',
      '1 submit at a gateway of which no result knows: smtnt 17',
    ]);
  });

  it('quotes the rules that the simulators saw broken, and what went wrong on the way', () => {
    const broken = {
      rule: 'over-rate',
      count: 2,
      cites: 'SMTNT 2.1',
      text: '…',
      samples: [],
      firstAt: 0,
      lastAt: 0,
    };
    const lines = judge({
      journeys: { journeys: [], strangers: [], unexpected: [] },
      violations: { hellovision: [], smtnt: [broken] },
      troubles: ['something'],
    });
    expect(lines).toEqual(['smtnt saw over-rate broken × 2 (SMTNT 2.1)', 'something']);
  });
});
