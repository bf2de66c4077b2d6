import { describe, expect, it } from '@jest/globals';
import { outcomeOfReport } from './intake.js';

describe('the outcome of a report', () => {
  it.each([
    ['delivered', 'delivered'],
    ['notDelivered', 'failed'],
    ['uncertain', 'unknown'],
  ] as const)('that says %s is %s', (certainty, status) => {
    expect(outcomeOfReport({ wireId: '1', code: '8', certainty, reason: 'handset-off' })).toEqual({
      status,
      reason: 'handset-off',
      by: 'report',
      code: '8',
    });
  });

  it('has the carrier and the time where the gateway tells', () => {
    const report = {
      wireId: '1',
      code: '0',
      certainty: 'delivered',
      reason: 'delivered',
      carrier: 'SKT',
      deliveredAt: 17,
      gatewayMessageId: 'g',
    } as const;
    expect(outcomeOfReport(report)).toEqual({
      status: 'delivered',
      reason: 'delivered',
      by: 'report',
      code: '0',
      carrier: 'SKT',
      deliveredAt: 17,
    });
  });
});
