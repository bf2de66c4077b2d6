import type { MessageV1 } from '@pabal/message';

/** A message that every gateway carries, changed as told. */
export function message(change: Partial<MessageV1>): MessageV1 {
  return {
    v: 1,
    id: 'order-1',
    channel: 'sms',
    to: '01012345678',
    from: '15666639',
    text: '주문이 접수되었습니다',
    priority: 'normal',
    ...change,
  };
}
