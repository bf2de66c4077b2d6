/** Columns whose cells are not texts, by the paths of message v1. */
const NUMBERS = new Set(['v', 'ttlSeconds', 'kakao.timeoutSeconds', 'kakao.price']);
const BOOLEANS = new Set([
  'urlCallback',
  'kakao.adFlag',
  'kakao.wide',
  'rcs.header',
  'rcs.copyAllowed',
  'ad.nightConsent',
]);
const JSON_VALUES = new Set([
  'fallback',
  'kakao.buttons',
  'kakao.quickReplies',
  'kakao.items',
  'rcs.buttons',
]);
/** Several in one cell, with spaces, commas or semicolons between them, or as a JSON list. */
const LISTS = new Set(['files']);
/** Cells in which spaces at the ends mean something. */
const VERBATIM = new Set(['text', 'subject', 'userData', 'ref']);

/**
 * What a cell says: undefined for an empty one; for columns that hold numbers, yes or no, or JSON, their value. A cell
 * that cannot be read as that stays the text that it is, and is refused for its type.
 */
export function cellValue(path: string, cell: string): unknown {
  if (VERBATIM.has(path)) return cell === '' ? undefined : cell;
  const text = cell.trim();
  if (text === '') return undefined;
  if (NUMBERS.has(path)) return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (BOOLEANS.has(path)) return booleanOf(text);
  if (LISTS.has(path)) return text.startsWith('[') ? jsonOf(text) : text.split(/[\s,;]+/);
  return JSON_VALUES.has(path) ? jsonOf(text) : text;
}

function booleanOf(text: string): boolean | string {
  const lower = text.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : text;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text; // refused for its type, with the column's name
  }
}

/** A message from cells: `kakao.templateCode` becomes a field of `kakao`. Cells that say nothing leave no trace. */
export function messageOfCells(
  columns: readonly string[],
  cells: readonly string[],
): Record<string, unknown> {
  const message: Record<string, unknown> = {};
  columns.forEach((column, index) => {
    const value = cellValue(column, cells[index] ?? '');
    if (value === undefined) return;
    const parts = column.split('.');
    const last = parts.pop() ?? column;
    let place = message;
    for (const part of parts) {
      const inner = (place[part] ?? {}) as Record<string, unknown>;
      place[part] = inner;
      place = inner;
    }
    place[last] = value;
  });
  return message;
}
