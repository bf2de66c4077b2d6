import type { LedgerEntry } from '../common/index.js';

/** How a message travelled, which a second sending may change: by ENCODE, or an image by reference. */
const MANNERS = new Set(['ENCODE', 'MSGLEN', 'PARTS']);

/** Whether two submits say the same to the same recipient, however they were encrypted and cut into parts. */
export function isSameMessage(one: LedgerEntry, other: LedgerEntry): boolean {
  return contentOf(one) === contentOf(other);
}

function contentOf({ type, to, from, subject, text, files, extra }: LedgerEntry): string {
  const rest = Object.entries(extra).filter(([name]) => !MANNERS.has(name));
  return JSON.stringify([type, to, from, subject, text, files, rest]);
}
