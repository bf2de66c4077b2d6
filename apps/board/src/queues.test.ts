import { describe, expect, it } from '@jest/globals';
import { boardQueueNames } from './queues.js';

describe('the queues of a fleet', () => {
  it('are those of routes and gateways on every channel, of results, webhooks and events', () => {
    const names = boardQueueNames({
      routes: { default: {} },
      gateways: { smtnt: {} },
      replies: ['results', 'results-crm'],
    });
    expect(names).toEqual(
      expect.arrayContaining([
        'send-default-sms',
        'urgent-default-rcs',
        'to-smtnt-lms',
        'to-urgent-smtnt-mms',
        'results',
        'results-crm',
        'webhooks',
        'events',
      ]),
    );
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(6 * 4 + 4);
  });
});
