import type { ExplainedField } from '@pabal/wire';

export type Language = 'en' | 'ko';

/** How an explanation is shown. */
export interface View {
  /** With numbers, texts and secrets in full. */
  readonly reveal: boolean;
  readonly language: Language;
}

/** A field's value, or its masked form. */
export function shownValue({ value, masked }: ExplainedField, { reveal }: View): string {
  return reveal ? value : masked;
}

/**
 * May the bytes of a field be shown? Not where they spell a value that is masked; nor where the value is nothing and
 * the bytes of a padded field are something, since a sender's leftovers may be anybody's.
 */
export function showsBytes(field: ExplainedField, { reveal }: View): boolean {
  if (reveal) return true;
  const { value, masked, bytes } = field;
  if (value !== masked) return false;
  return value !== '' || !isPadded(field) || bytes.every((byte) => byte === 0);
}

/** Fields of a header and of unpacked JSON are as long as what they hold. */
function isPadded({ section, unpacked }: ExplainedField): boolean {
  return !unpacked && section !== 'HEADER';
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const HIDDEN_BYTE = '··';

/**
 * Two digits a byte. What stands behind the NUL that ends a value is shown as dots where it is not NUL too: it is no
 * part of the value, and no rule says what it is.
 */
export function hexOf(field: ExplainedField, view: View, most: number): string {
  const { bytes } = field;
  if (!showsBytes(field, view)) return `(${bytes.length} bytes)`;
  const end = view.reveal || !isPadded(field) ? -1 : bytes.indexOf(0);
  const shown = Array.from(bytes.subarray(0, most), (byte, index) =>
    end !== -1 && index > end && byte !== 0 ? HIDDEN_BYTE : (HEX[byte] ?? ''),
  );
  const left = bytes.length - shown.length;
  return `${shown.join(' ')}${left > 0 ? ` +${left}` : ''}`;
}

/** What the value means and what is wrong with it; nothing where both are plain. */
export function remarkOf(field: ExplainedField, { language }: View): string {
  const { meaning, meaningKo, note } = field;
  const means = language === 'ko' ? (meaningKo ?? meaning) : meaning;
  return [means, note === undefined ? undefined : `! ${note}`]
    .filter((part) => part !== undefined)
    .join('  ');
}
