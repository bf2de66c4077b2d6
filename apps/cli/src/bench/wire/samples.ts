/** Different packets of each kind: so that nothing can be worked out once and kept. */
export const VARIANTS = 64;

/** 88 bytes in CP949 and in UCS-2 alike: 42 syllables, and 4 ASCII characters in CP949. */
export const SMS_TEXT = '고객님주문하신상품이오늘도착할예정입니다부재시경비실에맡겨드립니다감사합니다 A1';

export const SUBJECT = '배송 안내';
/** About 1,600 bytes in CP949. */
export const LMS_TEXT = `${SMS_TEXT}\n`.repeat(18);

/** An Alimtalk as shops send it. */
export const TALK_TEXT = `${SMS_TEXT}\n`.repeat(3);
export const BUTTONS = [
  { name: '배송 조회', type: 'WL', url_mobile: 'https://example.com/m/1', url_pc: 'https://example.com/1' },
  { name: '메시지 전달', type: 'MD' },
];
export const SENDER_KEY = '0123456789abcdef0123456789abcdef01234567';

export const CALLBACK = '15881234';

/** An id of 20 digits, as the wire has them. */
export function wireId(index: number): string {
  return `9314${String(7_919 * (index + 1)).padStart(16, '0')}`;
}

export function recipient(index: number): string {
  return `010${String(20_000_000 + index * 7_919)}`;
}

/** As large as an image that a carrier takes without shrinking it; bytes that no compression would make smaller. */
export function image(index: number): Uint8Array {
  const bytes = new Uint8Array(50 * 1024);
  let state = index + 1;
  for (let at = 0; at < bytes.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}
