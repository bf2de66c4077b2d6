import type { MessageInput } from '@pabal/message';

/** Ordinary messages, each to a recipient of its own, with its id in its text. No number chooses a code. */
export function ordinaryMessages(
  count: number,
  prefix: string,
  shape: (i: number) => Partial<MessageInput> = () => ({}),
): MessageInput[] {
  return Array.from({ length: count }, (_, i) => {
    const id = `${prefix}-${i}`;
    return {
      id,
      channel: 'sms',
      // 1000-7999 in the last four digits: neither simulator knows such an ending
      to: `010${String(4000 + Math.floor(i / 7000)).padStart(4, '0')}${1000 + (i % 7000)}`,
      from: '15881234',
      text: `[${id}] 주문하신 상품이 출고되었습니다.`,
      ...shape(i),
    };
  });
}
