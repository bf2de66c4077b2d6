/** Values that the tests of this package share. */
import type { MessageV1 } from '@pabal/message';
import { configSchema, type LghvConfig } from './config.js';

/** A block of the configuration as it stands in the file. */
export function blockOf(change: object = {}): object {
  return {
    protocol: 'lghv',
    grantUrl: 'http://127.0.0.1:8480/goGrant',
    userId: 'demo',
    agentId: 'S1',
    password: 'pw1234',
    crypto: { key: '0123456789abcdef', iv: 'fedcba9876543210' },
    ...change,
  };
}

export function configOf(change: object = {}): LghvConfig {
  return configSchema.parse(blockOf(change));
}

export function messageOf(change: Partial<MessageV1> = {}): MessageV1 {
  return {
    v: 1,
    id: 'order-1',
    channel: 'sms',
    to: '01012345678',
    from: '0212345678',
    text: '주문하신 상품이 발송되었습니다',
    priority: 'normal',
    ...change,
  };
}
