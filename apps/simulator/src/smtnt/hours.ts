const HOUR_MS = 3_600_000;
const KOREA_MS = 9 * HOUR_MS;

/** The hour of the day in Korea (0-23) at a time in epoch milliseconds. */
export function koreanHour(at: number): number {
  return Math.floor((at + KOREA_MS) / HOUR_MS) % 24;
}

/**
 * Whether sending is allowed at `at` between the hours `begin` and `end` of BindRes. 0 and 24 is always; with
 * `begin` after `end` the time spans midnight; with both equal there is none.
 */
export function isWithinHours(begin: number, end: number, at: number): boolean {
  const hour = koreanHour(at);
  return begin <= end ? hour >= begin && hour < end : hour >= begin || hour < end;
}

/** `2017-07-11 13:43:12.000`, Korean time, as DeliveryTime is printed (SMTNT 3.3.8). */
export function koreanTimestamp(at: number): string {
  return new Date(Math.floor(at) + KOREA_MS).toISOString().replace('T', ' ').replace('Z', '');
}
