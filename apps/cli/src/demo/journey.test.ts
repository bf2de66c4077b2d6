import { describe, expect, it } from '@jest/globals';
import { joinJourneys } from './journey.js';
import { delivered, demoMessage, submit } from './testing/journeys.js';

describe('journeys', () => {
  it('find the submits of a message by the wire ids of its result, at the gateway that it names, oldest first', () => {
    const result = {
      ...delivered('a', 'smtnt', '2'),
      attempts: [...delivered('a', 'hellovision', '1').attempts, ...delivered('a', 'smtnt', '2').attempts],
    };
    const late = submit('smtnt', '2', { at: 9 });
    const early = submit('hellovision', '1', { at: 8 });
    const other = submit('hellovision', '2');
    const { journeys, strangers } = joinJourneys([demoMessage('a')], new Map([['a', [result]]]), [
      late,
      early,
      other,
    ]);
    expect(journeys).toEqual([{ message: demoMessage('a'), submits: [early, late], results: [result] }]);
    expect(strangers).toEqual([other]);
  });

  it('tell of results that nobody waited for, and of messages without one', () => {
    const { journeys, unexpected } = joinJourneys(
      [demoMessage('a')],
      new Map([['b', [delivered('b', 'smtnt', '1')]]]),
      [],
    );
    expect(unexpected).toEqual(['b']);
    expect(journeys[0]?.results).toEqual([]);
  });
});
