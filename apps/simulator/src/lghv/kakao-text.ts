import type { DeliverReader } from './deliver-reader.js';

const MOST_CHARACTERS = 1000;

/** A text for Kakao has at most 1,000 characters, of whatever kind (LGHV 2.2.5 to 2.2.7). */
export function judgeKakaoText(reader: DeliverReader, text: string, name = 'TEXT'): void {
  const characters = [...text].length;
  if (characters > MOST_CHARACTERS) reader.refuse('kakao-text-length', `${name} of ${characters} characters`);
}
