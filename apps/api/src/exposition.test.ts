import { describe, expect, it } from '@jest/globals';
import { Counter, exposition, Histogram } from './exposition.js';

describe('the text format', () => {
  it('writes families with help and type, and leaves empty ones out', () => {
    const counter = new Counter();
    counter.add({ route: '/v1/messages', status: '202' });
    counter.add({ route: '/v1/messages', status: '202' }, 2);
    counter.add({ route: 'a "b"\\\n', status: '400' });
    const text = exposition([
      { name: 'a_total', type: 'counter', help: 'All\nof it.', samples: counter.samples },
      { name: 'b', type: 'gauge', help: 'None.', samples: [] },
      { name: 'c', type: 'gauge', help: 'One.', samples: [{ value: 0.5 }] },
    ]);
    expect(text).toBe(
      [
        '# HELP a_total All\\nof it.',
        '# TYPE a_total counter',
        'a_total{route="/v1/messages",status="202"} 3',
        'a_total{route="a \\"b\\"\\\\\\n",status="400"} 1',
        '# HELP c One.',
        '# TYPE c gauge',
        'c 0.5',
        '',
      ].join('\n'),
    );
  });

  it('counts observations at or below each bound, and above them all', () => {
    const histogram = new Histogram([0.1, 1]);
    for (const value of [0.1, 0.5, 7]) histogram.observe({ route: 'x' }, value);
    expect(histogram.samples).toEqual([
      { suffix: '_bucket', labels: { route: 'x', le: '0.1' }, value: 1 },
      { suffix: '_bucket', labels: { route: 'x', le: '1' }, value: 2 },
      { suffix: '_bucket', labels: { route: 'x', le: '+Inf' }, value: 3 },
      { suffix: '_sum', labels: { route: 'x' }, value: 7.6 },
      { suffix: '_count', labels: { route: 'x' }, value: 3 },
    ]);
  });
});
