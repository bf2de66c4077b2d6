import { isFilled, isRecord } from './json.js';
import type { LghvRule } from './rules.js';

/** Where a breach inside EXTEND is told. */
export type Tell = (rule: LghvRule, detail: string) => void;

/** Characters, at most. Appendix 1 gives 144 and 146 their numbers; the others are Kakao's own. */
const HIGHLIGHT = { title: 30, description: 19 };
const LISTED = { title: 6, description: 23 };
const SUMMARY = { title: 6, description: 14 };
const LEAST_ITEMS = 2;
const MOST_ITEMS = 10;

/** item_highlight: a title and a description (LGHV 2.2.7, appendix 1, 141 and 142). */
export function judgeHighlight(value: unknown, tell: Tell): void {
  judgePair('item_highlight', value, HIGHLIGHT, 'highlight-length', tell);
}

/** item: a list of 2 to 10 pairs, and perhaps a summary (LGHV 2.2.7, appendix 1, 143 to 146). */
export function judgeItem(value: unknown, tell: Tell): void {
  if (!isRecord(value) || !Array.isArray(value.list)) {
    tell('extend-shape', 'item has no list');
    return;
  }
  const { list, summary, ...strangers } = value;
  if (Object.keys(strangers).length > 0) tell('extend-shape', 'item has other members');
  const items = list as unknown[];
  if (items.length < LEAST_ITEMS || items.length > MOST_ITEMS) tell('item-count', `${items.length} items`);
  for (const [i, item] of items.entries()) judgePair(`item ${i + 1}`, item, LISTED, 'item-length', tell);
  if (summary !== undefined) judgePair('summary', summary, SUMMARY, 'item-summary-length', tell);
}

function judgePair(
  name: string,
  value: unknown,
  most: { readonly title: number; readonly description: number },
  rule: 'highlight-length' | 'item-length' | 'item-summary-length',
  tell: Tell,
): void {
  if (!isRecord(value) || Object.keys(value).sort().join() !== 'description,title') {
    tell('extend-shape', `${name} is no title and description`);
    return;
  }
  for (const part of ['title', 'description'] as const) {
    const text = value[part];
    if (!isFilled(text)) tell('extend-shape', `${part} of ${name} is no text`);
    else if ([...text].length > most[part]) tell(rule, `${part} of ${name}, ${[...text].length} characters`);
  }
}
