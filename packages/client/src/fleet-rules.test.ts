import { describe, expect, it } from '@jest/globals';
import { type MessageInput, type MessageV1, parseMessage } from '@pabal/message';
import type { FleetCatalogue } from '@pabal/queues';
import { fleetProblems } from './fleet-rules.js';

const catalogue: FleetCatalogue = {
  v: 1,
  routes: {
    default: { channels: ['sms', 'lms'], gateways: ['hellovision', 'smtnt'] },
    long: { channels: ['lms'], gateways: ['smtnt'] },
  },
  gateways: { hellovision: { channels: ['sms', 'lms'] }, smtnt: { channels: ['lms'] } },
  replies: ['shop'],
  webhooks: ['crm'],
};

function message(more: Partial<MessageInput> = {}): MessageV1 {
  const parsed = parseMessage({
    id: 'm1',
    channel: 'sms',
    to: '01012345678',
    from: '0212345678',
    text: '안녕하세요',
    ...more,
  });
  if (!parsed.ok) throw new Error('the message of this test is not valid');
  return parsed.message;
}

const rules = (...args: Parameters<typeof fleetProblems>) => fleetProblems(...args).map(({ rule }) => rule);

describe('what a fleet takes', () => {
  it.each([
    ['a channel that its route carries', message(), 'default', []],
    ['a route that the fleet does not have', message(), 'night', ['unknown-route']],
    ['a channel that no gateway of the route carries', message(), 'long', ['unsupported-channel']],
    ['a pin to a gateway outside the route', message({ gateway: 'hellovision' }), 'long', []],
    [
      'a pin to a gateway that does not carry it',
      message({ gateway: 'smtnt' }),
      'default',
      ['unsupported-channel'],
    ],
    ['a pin to a gateway that is not there', message({ gateway: 'other' }), 'default', ['unknown-gateway']],
    ['a reply queue that is declared', message({ replyTo: 'shop' }), 'default', []],
    ['a reply queue that is not declared', message({ replyTo: 'clinic' }), 'default', ['undeclared-reply']],
    ['a webhook that is declared', message({ webhook: { name: 'crm' } }), 'default', []],
    ['a webhook that is not', message({ webhook: { name: 'shop' } }), 'default', ['undeclared-webhook']],
  ] as const)('%s', (_name, given, route, expected) => {
    expect(rules(given, route, catalogue)).toEqual(expected);
  });

  it('is asked of every step of a chain, by the path of its field', () => {
    const fallback = [
      { channel: 'sms', text: '안내' },
      { channel: 'lms', text: '안내', gateway: 'other' },
      { channel: 'sms', text: '안내', gateway: 'hellovision' },
      { channel: 'sms', text: '안내', gateway: 'smtnt' },
    ] as const;
    const chain = message({ channel: 'lms', fallback });
    const named = (route: string) =>
      fleetProblems(chain, route, catalogue).map(({ field, rule }) => [field, rule]);
    const wrong = [
      ['fallback.1.gateway', 'unknown-gateway'],
      ['fallback.3.channel', 'unsupported-channel'],
    ];
    expect(named('default')).toEqual(wrong);
    expect(named('long')).toEqual([['fallback.0.channel', 'unsupported-channel'], ...wrong]);
    expect(named('night')).toEqual([['route', 'unknown-route'], ...wrong]);
  });

  it('is only the default route without a reply queue as long as no fleet has told more', () => {
    expect(rules(message(), 'default', undefined)).toEqual([]);
    expect(rules(message({ replyTo: 'shop' }), 'default', undefined)).toEqual(['undeclared-reply']);
    expect(rules(message({ webhook: { name: 'crm' } }), 'default', undefined)).toEqual([
      'undeclared-webhook',
    ]);
    expect(rules(message(), 'long', undefined)).toEqual(['unknown-route']);
  });

  it('is said with what would be right', () => {
    expect(fleetProblems(message(), 'night', catalogue)[0]).toMatchObject({ limit: 'default, long' });
  });
});
