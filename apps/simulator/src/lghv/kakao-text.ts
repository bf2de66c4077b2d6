import type { DeliverReader } from './deliver-reader.js';

const MOST_CHARACTERS = 1000;

/** A text for Kakao has at most 1,000 characters, of whatever kind (LGHV 2.2.6, 2.2.7). */
export function judgeKakaoText(reader: DeliverReader, text: string): void {
  const characters = [...text].length;
  if (characters > MOST_CHARACTERS) reader.refuse('kakao-text-length', `TEXT of ${characters} characters`);
}
