/** The hours of the day in KST in which the gateway takes messages, as BindRes tells them (SMTNT 1.2, 3.3.3). */
export interface SendingHours {
  /** 0-24; sending is allowed from this full hour … */
  readonly begin: number;
  /** … until this one. Less than `begin` where the hours span midnight. */
  readonly end: number;
}

export const ALWAYS: SendingHours = { begin: 0, end: 24 };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** KST is UTC+9 all year. */
const KST_MS = 9 * HOUR_MS;

const isHour = (value: number | undefined): value is number =>
  value !== undefined && Number.isInteger(value) && value >= 0 && value <= 24;

/** The hours of a login answer. Missing ones, ones that are no hours, and equal ones limit nothing. */
export function sendingHours(begin: number | undefined, end: number | undefined): SendingHours {
  return isHour(begin) && isHour(end) && begin !== end ? { begin, end } : ALWAYS;
}

/** Milliseconds from this moment (epoch ms) until sending is allowed; 0 when it is. */
export function untilOpenMs(hours: SendingHours, epochMs: number): number {
  const ofDay = (((epochMs + KST_MS) % DAY_MS) + DAY_MS) % DAY_MS;
  const begin = (hours.begin % 24) * HOUR_MS;
  const end = hours.end * HOUR_MS;
  const isOpen = begin < end ? ofDay >= begin && ofDay < end : ofDay >= begin || ofDay < end;
  return isOpen ? 0 : (begin - ofDay + DAY_MS) % DAY_MS;
}
