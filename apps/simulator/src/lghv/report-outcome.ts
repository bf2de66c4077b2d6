import type { LedgerEntry } from '../common/index.js';
import { returnType } from './deliver-types.js';

const SENT = '6';
/** Kakao's codes begin here (LGHV appendix 1). */
const FIRST_KAKAO_CODE = 100;

/**
 * RESULT and RTN_TYPE of a report. A KKO that Kakao refused is sent again by the gateway itself where FALLBACK_TYPE
 * asks for it, and ends as that type: as SMS with SMSMSG, or with a text that fits one (LGHV 2.2.6).
 */
export function reportOf(
  entry: Pick<LedgerEntry, 'type' | 'text' | 'extra'>,
  code: string,
): { code: string; type: string } {
  const fallback =
    entry.type === 'KKO' && Number(code) >= FIRST_KAKAO_CODE ? entry.extra.FALLBACK_TYPE : 'NON';
  if (fallback === 'LMS') return { code: SENT, type: 'LMS' };
  if (fallback === 'SMS' && (entry.extra.SMSMSG !== '' || smsBytes(entry.text) <= 90)) {
    return { code: SENT, type: 'SMS' };
  }
  return { code, type: returnType(entry.type) };
}

/** Bytes in CP949: one for ASCII, two for the rest. */
function smsBytes(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += character < '\x80' ? 1 : 2;
  return bytes;
}
