import { type Checks, oneOf, orElse, pick, whole } from './checks.js';
import { DEFAULT_FILE_SETTINGS, FILE_SETTING_CHECKS, type FileSettings } from './file-settings.js';
import { DEFAULT_OUTCOMES, type Outcomes } from './outcomes.js';
import { isObject } from './packets.js';
import { DEFAULT_WIRE_FORM, WIRE_FORM_CHECKS, type WireForm } from './wire-form.js';

/** A delay in milliseconds, or a range from which each is drawn. */
export type Delay = number | readonly [least: number, most: number];

/** Rate, hours (Korean time) and validity (hours) as BindRes tells them. */
export interface Grant {
  /** MsgSendReq a second; default 100. */
  readonly speed: number;
  /** First hour of the day in which sending is allowed, 0-24; default 0. */
  readonly begin: number;
  /** Hour at which it ends, 0-24; one before `begin` is that of the next day; default 24. */
  readonly end: number;
  /** Validity of a message in hours; default 3. */
  readonly effective: number;
}

/** Settings that can change while the simulator runs (`configure`, `POST /config`). */
export interface SmtntSettings extends WireForm, FileSettings {
  /** Which of 320 and 906 answers a duplicate without credit; default `duplicate-first`. */
  readonly checkOrder: 'duplicate-first' | 'credit-first';
  /** With a number: one message more to a recipient within 5 s is accepted and reported as failed (10); default null. */
  readonly recipientBurst: number | null;
  /** Default 0. */
  readonly ackDelayMs: Delay;
  /** From acceptance to the first ReportReq; default 100. */
  readonly reportDelayMs: Delay;
  /** After which time an unanswered ReportReq, SpamReq or ChangePhoneReq is sent again; default 10,000. */
  readonly reportRepeatMs: number;
  /** Unanswered ones of one BindId at which further ones wait; default 1,000. */
  readonly reportWindow: number;
  /**
   * `undisturbed` (default) answers and counts an overstepped rate only where no stall of the simulator itself
   * explains it; `always` does so in every case.
   */
  readonly overRate: 'undisturbed' | 'always';
  /** What answers a message over the rate: the codes 903 (default) and 11 mean the same. */
  readonly overRateCode: 903 | 11;
  /** What answers a request before the login: the codes 902 (default) and 3 mean the same. */
  readonly notLoggedInCode: 902 | 3;
  /** Answers chosen by the recipient's last four digits; `{}` for none. */
  readonly recipients: Outcomes;
}

export const DEFAULT_GRANT: Grant = { speed: 100, begin: 0, end: 24, effective: 3 };

export const DEFAULT_SETTINGS: SmtntSettings = {
  checkOrder: 'duplicate-first',
  recipientBurst: null,
  ackDelayMs: 0,
  reportDelayMs: 100,
  reportRepeatMs: 10_000,
  reportWindow: 1000,
  overRate: 'undisturbed',
  overRateCode: 903,
  notLoggedInCode: 902,
  recipients: DEFAULT_OUTCOMES,
  ...DEFAULT_WIRE_FORM,
  ...DEFAULT_FILE_SETTINGS,
};

const GRANT_CHECKS: Checks<Grant> = {
  speed: whole(1, 100_000),
  begin: whole(0, 24),
  end: whole(0, 24),
  effective: whole(0, 8760),
};

const SETTING_CHECKS: Checks<SmtntSettings> = {
  checkOrder: oneOf('duplicate-first', 'credit-first'),
  recipientBurst: orElse(null, whole(1, 1000)),
  ackDelayMs: { wanted: 'milliseconds or a range of them', holds: isDelay },
  reportDelayMs: { wanted: 'milliseconds or a range of them', holds: isDelay },
  reportRepeatMs: whole(1, 86_400_000),
  reportWindow: whole(1, 1_000_000),
  overRate: oneOf('undisturbed', 'always'),
  overRateCode: oneOf(903, 11),
  notLoggedInCode: oneOf(902, 3),
  recipients: {
    wanted: 'outcomes by four digits',
    holds: (value) => isObject(value) && Object.entries(value).every(isOutcome),
  },
  ...WIRE_FORM_CHECKS,
  ...FILE_SETTING_CHECKS,
};

/** The names of all settings. */
export const SETTING_NAMES = Object.keys(SETTING_CHECKS);
/** The names of what BindRes grants. */
export const GRANT_NAMES = Object.keys(GRANT_CHECKS);

/** Those of `values` that are settings, each checked. Throws TypeError naming the one out of range. */
export function pickSettings(values: object): Partial<SmtntSettings> {
  return pick<SmtntSettings>(values, SETTING_CHECKS);
}

/** Those of `values` that BindRes grants, each checked. Throws TypeError naming the one out of range. */
export function pickGrant(values: object): Partial<Grant> {
  return pick<Grant>(values, GRANT_CHECKS);
}

/** Messages that are paid for; -1 without limit. Throws TypeError naming `credit`. */
export function checkCredit(credit: unknown): number {
  const check = whole(-1, Number.MAX_SAFE_INTEGER);
  if (!check.holds(credit)) throw new TypeError(`credit must be ${check.wanted}, is ${String(credit)}`);
  return credit as number;
}

/** The delay, or one drawn from its range. */
export function drawDelay(delay: Delay, random: () => number): number {
  return typeof delay === 'number' ? delay : delay[0] + random() * (delay[1] - delay[0]);
}

function isMs(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value);
}

function isDelay(value: unknown): boolean {
  if (!Array.isArray(value)) return isMs(value);
  const [least, most] = value as unknown[];
  return value.length === 2 && isMs(least) && isMs(most) && least <= most;
}

function isOutcome([digits, outcome]: [string, unknown]): boolean {
  if (!/^\d{4}$/.test(digits) || !isObject(outcome)) return false;
  return Object.entries(outcome).every(([name, value]) =>
    name === 'report'
      ? value === null || Number.isInteger(value)
      : (name === 'ack' || name === 'times') && Number.isInteger(value),
  );
}
