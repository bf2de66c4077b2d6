/** What a caller may call its request: it comes back in the answer and stands in the log. */
const SANE = /^[A-Za-z0-9._-]{1,64}$/;
/** Nothing but digits could be somebody's number, which belongs into no log. */
const DIGITS_ONLY = /^[\d.-]+$/;

/** The id of a request: the caller's `X-Request-Id` where it is sane, else a new one. Pure. */
export function requestIdOf(given: string | readonly string[] | undefined, make: () => string): string {
  return typeof given === 'string' && SANE.test(given) && !DIGITS_ONLY.test(given) ? given : make();
}
