/** What became of a number: its digits, or the rule that it broke. */
export type NumberCheck =
  | { readonly ok: true; readonly digits: string }
  | {
      readonly ok: false;
      /** `digits`, `too-short`, `too-long`, `country-code`, `not-a-recipient` or `not-a-sender`. */
      readonly rule: string;
      /** Completes "<field> …". */
      readonly message: string;
      readonly limit?: number | string;
      readonly actual?: number | string;
    };

/** 15XX, 16XX and 18XX numbers: eight digits without an area code. They send, but nobody receives there. */
const SERVICE_NUMBER = /^1[568]\d{6}$/;

/** The special numbers of public offices, 112 or 1335. Only their owners may send from them; the carriers check that. */
const SPECIAL_NUMBER = /^1\d{2,3}$/;

const E164_MAX_DIGITS = 15;

/** Name of the first character that is no digit, and where it is: `U+002D at 3`. */
function firstForeignCharacter(value: string): string | undefined {
  const match = /[^0-9]/u.exec(value);
  if (!match) return undefined;
  return `${codePointName(match[0])} at ${match.index}`;
}

/** `U+1F600`: names a character without showing it. */
export function codePointName(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Korea's own numbers in national form: `+82 10…`, `8210…` and the common slip `+82010…` become `010…`. */
function withoutKoreanCountryCode(digits: string): string {
  const national = digits.slice(2);
  if (national.startsWith('0') || SERVICE_NUMBER.test(national)) return national;
  return `0${national}`;
}

/**
 * The digits of a number: digits stay, a leading `+` is dropped, Korea's country code gives the national form. Nothing
 * else is taken out: a separator or a letter is refused by its place, so that a slip never becomes another number.
 */
export function normaliseNumber(value: string): NumberCheck {
  const international = value.startsWith('+');
  const digits = international ? value.slice(1) : value;
  const foreign = firstForeignCharacter(digits);
  if (foreign !== undefined || digits === '') {
    return {
      ok: false,
      rule: 'digits',
      message: 'must be digits only, with at most a + before them',
      ...(foreign === undefined ? {} : { actual: foreign }),
    };
  }
  if (international && digits.startsWith('0')) {
    return { ok: false, rule: 'country-code', message: 'must have a country code after its +' };
  }
  const korean = digits.startsWith('82') && (international || digits.length >= 10);
  return { ok: true, digits: korean ? withoutKoreanCountryCode(digits) : digits };
}

function lengthProblem(digits: string, min: number, max: number): NumberCheck | undefined {
  const actual = digits.length;
  if (actual < min)
    return { ok: false, rule: 'too-short', message: `must have at least ${min} digits`, limit: min, actual };
  if (actual > max)
    return { ok: false, rule: 'too-long', message: `must have at most ${max} digits`, limit: max, actual };
  return undefined;
}

/**
 * A recipient: a Korean number of 9-12 digits (010: exactly 11), or an international one of 8-15 digits that starts with
 * its country code. Country code 1 needs its 11 digits: a spreadsheet that lost the 0 of `010…` leaves ten.
 */
export function checkRecipient(value: string): NumberCheck {
  const number = normaliseNumber(value);
  if (!number.ok) return number;
  const { digits } = number;
  if (isInternational(digits)) {
    if (SERVICE_NUMBER.test(digits)) {
      return { ok: false, rule: 'not-a-recipient', message: 'is a service number that receives no messages' };
    }
    const wrong = digits.startsWith('1')
      ? lengthProblem(digits, 11, 11)
      : lengthProblem(digits, 8, E164_MAX_DIGITS);
    return wrong ?? number;
  }
  if (digits.startsWith('00')) {
    return {
      ok: false,
      rule: 'country-code',
      message: 'must start with its country code, not with a dialling prefix',
    };
  }
  return (digits.startsWith('010') ? lengthProblem(digits, 11, 11) : lengthProblem(digits, 9, 12)) ?? number;
}

/**
 * A sender number: 8-11 digits with an area or service prefix (`02…`, `070…`, `010…`), an eight-digit 15XX, 16XX or 18XX
 * number, or a special number of 3 or 4 digits. Whether it is registered is for the carriers to say.
 */
export function checkSender(value: string): NumberCheck {
  const number = normaliseNumber(value);
  if (!number.ok) return number;
  const { digits } = number;
  if (SERVICE_NUMBER.test(digits) || SPECIAL_NUMBER.test(digits)) return number;
  const wrong = lengthProblem(digits, 8, 11);
  if (wrong) return wrong;
  if (!digits.startsWith('0') || digits.startsWith('00')) {
    return { ok: false, rule: 'not-a-sender', message: 'must be a Korean number with its area code' };
  }
  return number;
}

/** True for normalised digits that start with a country code: Korean numbers start with 0. */
export function isInternational(digits: string): boolean {
  return !digits.startsWith('0');
}

/** True for the normalised digits of a Korean mobile number: 010 and the older 011, 016-019. */
export function isKoreanMobile(digits: string): boolean {
  return /^(010\d{8}|01[16789]\d{7,8})$/.test(digits);
}

/** A number as it may be logged: `010****5678`; shorter than ten digits, only its last two are left. */
export function maskNumber(digits: string): string {
  if (digits.length < 10) return '*'.repeat(Math.max(0, digits.length - 2)) + digits.slice(-2);
  return digits.slice(0, 3) + '*'.repeat(digits.length - 7) + digits.slice(-4);
}
