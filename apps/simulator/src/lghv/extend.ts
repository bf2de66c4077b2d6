import { buttonFault } from './buttons.js';
import type { DeliverReader } from './deliver-reader.js';
import { isDigits } from './fields.js';
import { judgeHighlight, judgeItem, type Tell } from './items.js';
import { isRecord, isString } from './json.js';

const TITLE_CHARACTERS = 50;
const HEADER_CHARACTERS = 16;
/** Seconds by GUBUN; push has no time to wait for. */
const TIMEOUTS: Readonly<Record<string, readonly [number, number]>> = { r: [5, 30], p: [10, 86_400] };
/** What only a template with an item list has; such a message is a KKT, with or without an image. */
const ITEM_LIST = ['header', 'item_highlight', 'item'];

/** What each member must be. A value of a wrong kind is told as `extend-shape`. */
const MEMBERS: Readonly<Record<string, (value: unknown, gubun: string, tell: Tell) => void>> = {
  ad_flag: (value, _, tell) => {
    if (value !== 'Y' && value !== 'N') tell('extend-ad-flag', 'ad_flag');
  },
  timeout: (value, gubun, tell) => {
    const [least, most] = TIMEOUTS[gubun] ?? [0, 86_400];
    if (!isString(value) || !isDigits(value) || Number(value) < least || Number(value) > most) {
      tell('extend-timeout', `timeout with GUBUN ${gubun}`);
    }
  },
  title: (value, _, tell) => judgeLength('title', value, TITLE_CHARACTERS, tell),
  price: (value, _, tell) => {
    if (!isString(value) || !isDigits(value)) tell('extend-price', 'price');
  },
  currency_type: (value, _, tell) => {
    if (!isString(value) || !/^[A-Z]{3}$/.test(value)) tell('extend-currency', 'currency_type');
  },
  header: (value, _, tell) => judgeLength('header', value, HEADER_CHARACTERS, tell),
  item_highlight: (value, _, tell) => judgeHighlight(value, tell),
  item: (value, _, tell) => judgeItem(value, tell),
  supplement: (value, _, tell) => judgeSupplement(value, tell),
};

/**
 * EXTEND, one JSON object (LGHV 2.2.7): its value, or undefined where anything in it is wrong, so that no JSON of a
 * strange shape is kept.
 */
export function judgeExtend(
  reader: DeliverReader,
  wire: Buffer,
  gubun: string,
): Record<string, unknown> | undefined {
  const before = reader.breaches;
  const value = parse(reader.decode('EXTEND', wire));
  if (!value) {
    reader.refuse('extend-json', `EXTEND of ${wire.length} bytes`);
    return undefined;
  }
  const tell: Tell = (rule, detail) => reader.refuse(rule, `EXTEND: ${detail}`);
  Object.entries(value).forEach(([key, member], i) => {
    if (Object.hasOwn(MEMBERS, key)) MEMBERS[key]?.(member, gubun, tell);
    else tell('extend-key', `member ${i + 1} has another name`);
  });
  if (reader.type !== 'KKT' && ITEM_LIST.some((key) => key in value)) {
    tell('item-list-type', `an item list in ${reader.type}`);
  }
  return reader.breaches === before ? value : undefined;
}

function judgeLength(name: 'title' | 'header', value: unknown, most: number, tell: Tell): void {
  if (!isString(value) || value === '') tell('extend-shape', `${name} is no text`);
  else if ([...value].length > most)
    tell(`extend-${name}-length`, `${name} of ${[...value].length} characters`);
}

function judgeSupplement(value: unknown, tell: Tell): void {
  const replies =
    isRecord(value) && Object.keys(value).join() === 'quick_reply' ? value.quick_reply : undefined;
  if (!Array.isArray(replies) || replies.length === 0) {
    tell('extend-shape', 'supplement has another shape');
    return;
  }
  replies.forEach((reply, i) => {
    const fault = buttonFault(reply);
    if (fault) tell('button-shape', `quick reply ${i + 1} ${fault}`);
  });
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    // What does not parse is told by the caller; the parser's words would quote the content.
    return undefined;
  }
}
