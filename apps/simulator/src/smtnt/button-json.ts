import { isObject, type JsonObject } from './packets.js';

/** Whose buttons: Kakao's have a name and a type of two letters, those of RCS only must not be empty. */
export type ButtonKind = 'kakao' | 'rcs';

/**
 * What is wrong with a field that holds buttons as JSON text: an array of them, or an object whose only key `button`
 * holds the array. Undefined where nothing is.
 */
export function buttonFault(text: string, kind: ButtonKind): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return `${text.length} characters are not JSON`;
  }
  const list = isObject(value) && Object.keys(value).join() === 'button' ? value.button : value;
  if (!Array.isArray(list)) return 'it is neither an array nor an object with the only key button';
  if (list.length === 0) return 'it holds no button';
  const bad = list.findIndex((button) => !isObject(button) || !isButton(button, kind));
  return bad < 0 ? undefined : `button ${bad} ${WANTED[kind]}`;
}

const WANTED: Readonly<Record<ButtonKind, string>> = {
  kakao: 'is no object with a name and a type of two letters',
  rcs: 'is no object that says anything',
};

function isButton(button: JsonObject, kind: ButtonKind): boolean {
  if (kind === 'rcs') return Object.keys(button).length > 0;
  const { name, type } = button;
  return typeof name === 'string' && name !== '' && typeof type === 'string' && /^[A-Z][A-Z0-9]$/.test(type);
}
