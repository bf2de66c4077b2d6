/** A child that lived so long was well: its next death starts over, ms. */
const WELL_AFTER_MS = 60_000;
const FIRST_MS = 1_000;
const LAST_MS = 30_000;

/** How often a child died in a row, and how long to wait now before it is started again, ms. Pure. */
export function nextRestart(
  deaths: number,
  livedMs: number,
): { readonly deaths: number; readonly delayMs: number } {
  const inARow = livedMs >= WELL_AFTER_MS ? 1 : deaths + 1;
  return { deaths: inARow, delayMs: Math.min(LAST_MS, FIRST_MS * 2 ** Math.min(inARow - 1, 10)) };
}
