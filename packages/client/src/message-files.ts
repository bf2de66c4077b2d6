import type { MessageV1, Problem } from '@pabal/message';

const DAY_MS = 86_400_000;
/** Files outlive the time in which their message may be written by this much: probes, retries and a queue that waits. */
export const FILE_MARGIN_MS = 3 * DAY_MS;

/** How long from `now` (epoch ms) the files of a message must stay, ms: until its last moment, and the margin. Pure. */
export function fileLifetime(message: MessageV1, now: number): number {
  const { sendAt, expiresAt, ttlSeconds = 0 } = message;
  const begins = Math.max(now, sendAt === undefined ? now : Date.parse(sendAt));
  const ends = expiresAt === undefined ? begins + ttlSeconds * 1_000 : Date.parse(expiresAt);
  return Math.max(begins, ends) - now + FILE_MARGIN_MS;
}

/** Every file that these messages name, with how long it must stay from `now`, ms. Pure. */
export function fileLifetimes(messages: readonly MessageV1[], now: number): Map<string, number> {
  const lifetimes = new Map<string, number>();
  for (const message of messages) {
    for (const id of message.files ?? []) {
      lifetimes.set(id, Math.max(lifetimes.get(id) ?? 0, fileLifetime(message, now)));
    }
  }
  return lifetimes;
}

/** A problem for each file that a message names and nobody stored, or whose time is over. Pure. */
export function unknownFiles({ files = [] }: MessageV1, there: ReadonlySet<string>): Problem[] {
  return [...files.entries()]
    .filter(([, id]) => !there.has(id))
    .map(([place]) => ({
      field: `files.${place}`,
      rule: 'unknown-file',
      message: `files.${place} names a file that is not stored (any longer)`,
    }));
}
