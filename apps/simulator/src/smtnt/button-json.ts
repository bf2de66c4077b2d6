import { isObject, type JsonObject } from './packets.js';

/**
 * Whose: Kakao's buttons and quick links have a name and a type of two letters. Those of RCS are one object a card, `{}`
 * for a card without; not all of them are.
 */
export type ButtonKind = 'kakao' | 'quick' | 'rcs';

/**
 * What is wrong with a field that holds buttons as JSON text: an array of them, or an object whose only key `button`
 * (for quick links also `quick_reply`, Kakao's own word) holds the array. Undefined where nothing is.
 */
export function buttonFault(text: string, kind: ButtonKind): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return `${text.length} characters are not JSON`;
  }
  const key = isObject(value) ? Object.keys(value).join() : '';
  const list = isObject(value) && KEYS[kind].includes(key) ? value[key] : value;
  if (!Array.isArray(list)) return `it is neither an array nor an object with the only key ${KEYS[kind][0]}`;
  if (list.length === 0) return 'it holds no button';
  const bad = list.findIndex((button) => !isObject(button) || (kind !== 'rcs' && !isButton(button)));
  if (bad >= 0) return `button ${bad} ${WANTED[kind]}`;
  const isEmpty = kind === 'rcs' && list.every((card: JsonObject) => Object.keys(card).length === 0);
  return isEmpty ? 'no card of it has a button' : undefined;
}

const KEYS: Readonly<Record<ButtonKind, readonly string[]>> = {
  kakao: ['button'],
  quick: ['button', 'quick_reply'],
  rcs: ['button'],
};

const NO_KAKAO_BUTTON = 'is no object with a name and a type of two letters';
const WANTED: Readonly<Record<ButtonKind, string>> = {
  kakao: NO_KAKAO_BUTTON,
  quick: NO_KAKAO_BUTTON,
  rcs: 'is no object',
};

function isButton(button: JsonObject): boolean {
  const { name, type } = button;
  return typeof name === 'string' && name !== '' && typeof type === 'string' && /^[A-Z][A-Z0-9]$/.test(type);
}
