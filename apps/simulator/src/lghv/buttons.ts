import type { DeliverReader } from './deliver-reader.js';
import { isFilled, isRecord, isString } from './json.js';

const MOST_BUTTONS = 5;

/** What a fragment without a fault holds. */
export interface Fragment {
  readonly button?: unknown;
  readonly image?: unknown;
}

/**
 * What each type of button needs of the others: at least as many of its addresses, each a string. WL opens a page,
 * AL an app, DS tracks a parcel, BK and MD send the button's name or the message, BC, BT and BF open a talk, a bot
 * or a form, AC adds the channel, P1 to P3 are plug-ins, TN calls a number.
 */
const TYPES: Readonly<Record<string, { readonly addresses: readonly string[]; readonly least: number }>> = {
  WL: { addresses: ['url_mobile'], least: 1 },
  AL: { addresses: ['url_mobile', 'scheme_android', 'scheme_ios'], least: 2 },
  DS: { addresses: [], least: 0 },
  BK: { addresses: [], least: 0 },
  MD: { addresses: [], least: 0 },
  BC: { addresses: [], least: 0 },
  BT: { addresses: [], least: 0 },
  BF: { addresses: [], least: 0 },
  AC: { addresses: [], least: 0 },
  P1: { addresses: [], least: 0 },
  P2: { addresses: [], least: 0 },
  P3: { addresses: [], least: 0 },
  TN: { addresses: ['tel_number'], least: 1 },
};

const WEB_ADDRESSES = ['url_mobile', 'url_pc'];
const MEMBERS = new Set([
  ...['name', 'type', 'url_mobile', 'url_pc', 'scheme_android', 'scheme_ios'],
  ...['chat_extra', 'chat_event', 'plugin_id', 'relay_id', 'oneclick_id', 'product_id', 'target'],
  ...['biz_form_key', 'tel_number'],
]);
/** The one member that is a number. */
const FORM_ID = 'biz_form_id';

/**
 * Reads `"button":[…]`, a member without the braces around it; where `withImage`, `"image":{…}` too (LGHV 2.2.5,
 * 2.2.7). Undefined where anything in it is wrong, so that no JSON of a strange shape is kept.
 */
export function judgeFragment(
  reader: DeliverReader,
  name: string,
  wire: Buffer,
  withImage: boolean,
): Fragment | undefined {
  const before = reader.breaches;
  const members = withImage ? ['button', 'image'] : ['button'];
  const value = parseMembers(reader.decode(name, wire));
  if (!value || Object.keys(value).some((key) => !members.includes(key))) {
    reader.refuse('button-json', `${name} of ${wire.length} bytes`);
    return undefined;
  }
  if (value.button !== undefined) judgeButtons(reader, name, value.button);
  if (value.image !== undefined) judgeImage(reader, name, value.image);
  return reader.breaches === before ? value : undefined;
}

/** Why a button is none; undefined for a good one. Quick replies have the same shape. */
export function buttonFault(value: unknown): string | undefined {
  if (!isRecord(value)) return 'is no object';
  const { name, type } = value;
  if (!isFilled(name)) return 'has no name';
  const shape = isString(type) && Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (!shape) return 'has another type';
  const stranger = Object.keys(value).findIndex((key) => !isMember(key, value[key]));
  if (stranger >= 0) return `has a member ${stranger + 1} that is unknown or of another kind`;
  if (shape.addresses.filter((key) => isFilled(value[key])).length < shape.least) return 'lacks an address';
  const bad = WEB_ADDRESSES.find((key) => isString(value[key]) && !/^https?:\/\//i.test(value[key]));
  return bad === undefined ? undefined : `has a ${bad} that is no web address`;
}

function isMember(key: string, value: unknown): boolean {
  return key === FORM_ID
    ? Number.isSafeInteger(value) && Number(value) >= 0
    : MEMBERS.has(key) && isString(value);
}

function judgeButtons(reader: DeliverReader, name: string, buttons: unknown): void {
  if (!Array.isArray(buttons)) {
    reader.refuse('button-json', `${name}: button is no list`);
    return;
  }
  if (buttons.length < 1 || buttons.length > MOST_BUTTONS) {
    reader.refuse('button-count', `${name}: ${buttons.length} buttons`);
  }
  buttons.forEach((button, i) => {
    const fault = buttonFault(button);
    if (fault) reader.refuse('button-shape', `${name}: button ${i + 1} ${fault}`);
  });
}

/** An image that Kakao fetches: `img_url`, and `img_link` where a tap opens something (LGHV 2.2.5). */
function judgeImage(reader: DeliverReader, name: string, image: unknown): void {
  const sound =
    isRecord(image) &&
    isFilled(image.img_url) &&
    Object.entries(image).every(([key, value]) => ['img_url', 'img_link'].includes(key) && isString(value));
  if (!sound) reader.refuse('image-shape', `${name}: image`);
}

function parseMembers(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(`{${text}}`);
    return isRecord(value) && Object.keys(value).length > 0 ? value : undefined;
  } catch {
    // What does not parse is told by the caller; the parser's words would quote the content.
    return undefined;
  }
}
