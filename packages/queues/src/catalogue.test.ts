import { describe, expect, it } from '@jest/globals';
import {
  gatewayQueue,
  JOB_PRIORITY,
  messageJobId,
  messageQueues,
  queueName,
  resultJobId,
  resultQueue,
  sendQueue,
} from './catalogue.js';

describe('the name of a queue', () => {
  it.each([
    [sendQueue('default', 'sms', 'normal'), 'send-default-sms'],
    [sendQueue('default', 'lms', 'bulk'), 'send-default-lms'],
    [sendQueue('otp', 'sms', 'urgent'), 'urgent-otp-sms'],
    [gatewayQueue('hellovision', 'mms', false), 'to-hellovision-mms'],
    [gatewayQueue('hellovision', 'sms', true), 'to-urgent-hellovision-sms'],
  ])('of %j is %s', (queue, name) => {
    expect(queueName(queue)).toBe(name);
  });

  it('of results is that of the service that asked for them', () => {
    expect([resultQueue(undefined), resultQueue('shop')]).toEqual(['results', 'results-shop']);
  });
});

describe('the queues of a fleet', () => {
  it('are all that a message can wait in, each once', () => {
    const names = messageQueues(['default', 'otp'], ['hellovision']).map(queueName);
    expect(new Set(names).size).toBe(names.length);
    // Six channels; two for each route and each gateway.
    expect(names).toHaveLength(6 * 2 * 3);
    for (const name of [
      'send-default-sms',
      'urgent-default-rcs',
      'send-otp-alimtalk',
      'urgent-otp-lms',
      'to-hellovision-mms',
      'to-urgent-hellovision-friendtalk',
    ]) {
      expect(names).toContain(name);
    }
  });
});

describe('job ids', () => {
  it('are such that BullMQ takes any message id, and that message and result are told apart', () => {
    expect(messageJobId('12345')).toBe('m-12345');
    expect(messageJobId('12345', 0)).toBe('m-12345');
    expect(resultJobId('12345')).toBe('r-12345');
  });
});

describe('job priorities', () => {
  it('let normal messages go before bulk, and are never 0, which would beat every other', () => {
    expect(JOB_PRIORITY.normal).toBeGreaterThanOrEqual(1);
    expect(JOB_PRIORITY.bulk).toBeGreaterThan(JOB_PRIORITY.normal);
  });
});
