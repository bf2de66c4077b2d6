import { type MessageInput, measureText } from '@pabal/message';

/** Bytes of CP949 that an SMS holds; a longer text goes as LMS. */
const SMS_BYTES = 90;
export const MAX_TEXT_BYTES = 2_000;

/** What a run sends. */
export interface Load {
  /** Tells the messages of this run from those of every other; part of every id. */
  readonly run: string;
  readonly count: number;
  /** Bytes of each text in CP949, 20 to {@link MAX_TEXT_BYTES}. */
  readonly textBytes: number;
  readonly seed: number;
  readonly priority?: 'urgent' | 'bulk';
}

export type LoadChannel = 'sms' | 'lms';

export function channelFor(textBytes: number): LoadChannel {
  return textBytes <= SMS_BYTES ? 'sms' : 'lms';
}

/** The id of a run's message. */
export function loadId(run: string, index: number): string {
  return `bench-${run}-${index}`;
}

/** The place of a message in its run; undefined when it belongs to another. */
export function loadIndex(run: string, id: string): number | undefined {
  const start = `bench-${run}-`;
  return id.startsWith(start) ? Number(id.slice(start.length)) : undefined;
}

/** The place of a message in its run by its text; undefined when it belongs to another. */
export function loadIndexInText(run: string, text: string): number | undefined {
  const [, name, index] = /^\[(\S+) (\d+)\] /.exec(text) ?? [];
  return name === run ? Number(index) : undefined;
}

const SYLLABLES = '안녕하세요고객님주문하신상품이오늘도착할예정입니다감사합니다';
/** Mobile numbers 010-2000-0000 to 010-9999-9999. */
const NUMBERS = 80_000_000;
/** Prime to {@link NUMBERS}: a walk by it meets every number once. */
const STRIDE = 7_919;

/** A run's messages: Korean texts, no two alike, no two to the same recipient. The same load gives the same messages. */
export function loadMessages({ run, count, textBytes, seed, priority }: Load): MessageInput[] {
  const channel = channelFor(textBytes);
  const random = generator(seed);
  const first = Math.floor(random() * NUMBERS);
  return Array.from({ length: count }, (_, index): MessageInput => {
    const number = 20_000_000 + ((first + index * STRIDE) % NUMBERS);
    const text = fill(`[${run} ${index}] `, textBytes, random);
    const of = priority === undefined ? {} : { priority };
    return { id: loadId(run, index), channel, to: `010${number}`, from: '15881234', text, ...of };
  });
}

/** Bytes of a text as the gateways count it. */
export function textSize(text: string): number {
  return measureText(text, 'cp949').bytes;
}

/** Syllables are two bytes each, so an odd rest is one ASCII character. */
function fill(start: string, bytes: number, random: () => number): string {
  let text = start;
  let left = bytes - start.length;
  for (; left >= 2; left -= 2) text += SYLLABLES[Math.floor(random() * SYLLABLES.length)];
  return left === 1 ? `${text}.` : text;
}

/** Mulberry32: small, fast, the same everywhere. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
