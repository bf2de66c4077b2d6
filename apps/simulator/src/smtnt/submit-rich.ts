import { buttonFault } from './button-json.js';
import { numberOf, textOf } from './fields.js';
import type { MessageType } from './message-types.js';
import type { JsonObject } from './packets.js';
import type { SmtntRuleId } from './rules.js';
import { isOnlyThereWhenUsed, RICH_FIELDS } from './submit-fields.js';

type Note = (answer: number, rule: SmtntRuleId, detail: string) => void;

const WRONG_INPUT = 19;
const WRONG_PARAMETER = 21;

/** Rules that a Kakao or RCS field breaks when a type that needs it leaves it empty. */
const NEEDS = {
  KakaoSenderKey: 'submit-sender-key',
  KakaoTemplateCode: 'submit-template',
  rcsMessageBaseId: 'submit-rcs-base',
} as const satisfies Record<string, SmtntRuleId>;

interface Form {
  readonly rule: SmtntRuleId;
  /** What is wrong with a value that is not empty; undefined where nothing is. */
  readonly fault: (value: string | number) => string | undefined;
}

const pattern =
  (form: RegExp, wanted: string): Form['fault'] =>
  (value) =>
    form.test(String(value)) ? undefined : `is not ${wanted}`;

/** The form of every Kakao and RCS field that has one, by its name. */
const FORMS: Readonly<Record<string, Form>> = {
  KakaoAdFlag: { rule: 'submit-kakao-ad-flag', fault: pattern(/^[YN]$/, 'Y or N') },
  KakaoNationCode: { rule: 'submit-kakao-nation', fault: pattern(/^\d{1,4}$/, '1 to 4 digits') },
  KakaoTimeout: { rule: 'submit-kakao-timeout', fault: pattern(/^\d+$/, '0 or more') },
  KakaoButton: { rule: 'submit-kakao-button', fault: (value) => buttonFault(String(value), 'kakao') },
  kakaoQuick: { rule: 'submit-kakao-quick', fault: (value) => buttonFault(String(value), 'quick') },
  kakaoWide: { rule: 'submit-kakao-wide', fault: pattern(/^[YN]$/, 'Y or N') },
  rcsButton: { rule: 'submit-rcs-button', fault: (value) => buttonFault(String(value), 'rcs') },
  rcsHeader: { rule: 'submit-rcs-header', fault: pattern(/^[01]$/, '0 or 1') },
  rcsFooter: { rule: 'submit-rcs-footer', fault: pattern(/^[\d-]{8,14}$/, 'a telephone number') },
  rcsCopyAllowed: {
    rule: 'submit-rcs-copy',
    fault: pattern(/^(?:[YN01]|true|false)$/, 'Y, N, true, false, 1 or 0'),
  },
};

/** Judges the Kakao and RCS fields of a message of this type; what has the wrong JSON type is left to its own rule. */
export function judgeRich(
  body: JsonObject,
  type: MessageType,
  mistyped: ReadonlySet<string>,
  note: Note,
): void {
  for (const name of RICH_FIELDS) {
    const value = body[name];
    if (value === undefined || mistyped.has(name)) continue;
    const isEmpty = value === '' || value === 0;
    if (!type.fields.has(name) && !isEmpty) {
      note(WRONG_INPUT, 'submit-unused-field', `${name} on ${type.name}`);
    } else if (isEmpty && isOnlyThereWhenUsed(name) && !(name === 'rcsHeader' && type.fields.has(name))) {
      note(0, 'submit-field-empty', `${name} on ${type.name}`);
    } else if (!isEmpty) {
      judgeForm(name, value as string | number, note);
    }
  }
  for (const [name, code] of Object.entries(type.needs)) {
    if (textOf(body, name) === '' && !mistyped.has(name)) {
      note(code, NEEDS[name as keyof typeof NEEDS], `${name} is empty on ${type.name}`);
    }
  }
}

function judgeForm(name: string, value: string | number, note: Note): void {
  const form = FORMS[name];
  const fault = form?.fault(value);
  if (form && fault !== undefined) note(WRONG_PARAMETER, form.rule, `${name}: ${fault}`);
}

/**
 * What of a message's Kakao and RCS fields is used, with its ResellerCode and TranId: what the ledger keeps and a repeat
 * must repeat. Undefined where it is nothing.
 */
export function richOf(body: JsonObject): Readonly<Record<string, string | number>> | undefined {
  const used = EXTRA_FIELDS.filter((name) => textOf(body, name) !== '' || numberOf(body, name) !== 0);
  if (used.length === 0) return undefined;
  return Object.fromEntries(used.map((name) => [name, body[name] as string | number]));
}

const EXTRA_FIELDS = [...RICH_FIELDS, 'TranId', 'ResellerCode'];
