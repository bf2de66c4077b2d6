import type { ResultV1 } from '@pabal/message';
import type { DemoGateway } from '../configuration.js';
import type { Journey, Submit } from '../journey.js';
import type { DemoMessage } from '../sample.js';

/** A message of the sample, as tests need it. */
export function demoMessage(id: string, more: Partial<DemoMessage> = {}): DemoMessage {
  return {
    id,
    way: 'http',
    input: { id },
    channel: 'sms',
    to: '01000001234',
    text: '안녕하세요',
    urgent: false,
    ...more,
  };
}

/** A submit that was accepted and reported as delivered. */
export function submit(gateway: DemoGateway, wireId: string, more: Partial<Submit> = {}): Submit {
  return {
    gateway,
    n: 0,
    at: 1_000,
    session: 1,
    server: 'sms',
    account: 'demo',
    agent: 'S1',
    type: 'SMS',
    wireId,
    to: '01000001234',
    from: '07000001001',
    subject: '',
    text: '안녕하세요',
    files: [],
    extra: {},
    verdict: 'accepted',
    code: '0',
    duplicate: false,
    credit: -1,
    ackedAt: 1_002.4,
    reportCode: gateway === 'smtnt' ? '0' : '6',
    reportType: '',
    reportedAt: 2_520,
    reports: 1,
    reportAckedAt: 2_525,
    ...more,
  };
}

/** A result `delivered` of a message that was sent under this wire id. */
export function delivered(id: string, gateway: DemoGateway, wireId: string): ResultV1 {
  return {
    v: 1,
    id,
    status: 'delivered',
    reason: { code: 'delivered', message: { ko: '전송 성공', en: 'Delivered to the handset' } },
    retryable: false,
    channel: 'sms',
    gateway,
    gatewayCode: '0',
    carrier: 'SKT',
    attempts: [{ channel: 'sms', gateway, wireId, at: '2026-11-22T00:00:00.000Z' }],
    times: {},
  };
}

/** A message that went over smtnt and was delivered. */
export function journey(id: string, more: Partial<Journey> = {}): Journey {
  return {
    message: demoMessage(id),
    submits: [submit('smtnt', `wire-${id}`)],
    results: [delivered(id, 'smtnt', `wire-${id}`)],
    ...more,
  };
}
