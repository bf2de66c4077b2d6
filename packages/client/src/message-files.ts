import type { MessageV1, Problem } from '@pabal/message';

const DAY_MS = 86_400_000;
/** Files outlive the time in which their message may be written by this much: probes, retries and a queue that waits. */
export const FILE_MARGIN_MS = 3 * DAY_MS;

/** How long a step may wait for its report before the next one begins: the fleet's default deadline, and a day for what holds it up. */
export const STEP_MS = 4 * DAY_MS;

/**
 * How long from `now` (epoch ms) the files of a step must stay, ms: until its last moment, and the margin. A message that
 * does not expire may wait for the report of every step before it. Pure.
 * @param step from 0
 */
export function fileLifetime(message: MessageV1, now: number, step = 0): number {
  const { sendAt, expiresAt, ttlSeconds } = message;
  const begins = Math.max(now, sendAt === undefined ? now : Date.parse(sendAt));
  const span = ttlSeconds === undefined ? step * STEP_MS : ttlSeconds * 1_000;
  const ends = expiresAt === undefined ? begins + span : Date.parse(expiresAt);
  return Math.max(begins, ends) - now + FILE_MARGIN_MS;
}

/** Every file that these messages name, with how long it must stay from `now`, ms. Pure. */
export function fileLifetimes(messages: readonly MessageV1[], now: number): Map<string, number> {
  const lifetimes = new Map<string, number>();
  for (const message of messages) {
    for (const { id, step } of namedFiles(message)) {
      lifetimes.set(id, Math.max(lifetimes.get(id) ?? 0, fileLifetime(message, now, step)));
    }
  }
  return lifetimes;
}

/** A problem for each file that a message names and nobody stored, or whose time is over. Pure. */
export function unknownFiles(message: MessageV1, there: ReadonlySet<string>): Problem[] {
  return namedFiles(message)
    .filter(({ id }) => !there.has(id))
    .map(({ field }) => ({
      field,
      rule: 'unknown-file',
      message: `${field} names a file that is not stored (any longer)`,
    }));
}

/** The files that a message and its fallback steps name. Pure. */
export function filesOf(message: MessageV1): string[] {
  return namedFiles(message).map(({ id }) => id);
}

interface NamedFile {
  readonly id: string;
  readonly field: string;
  readonly step: number;
}

function namedFiles({ files = [], fallback = [] }: MessageV1): NamedFile[] {
  const own = files.map((id, place) => ({ id, field: `files.${place}`, step: 0 }));
  const later = fallback.flatMap((step, index) =>
    (step.files ?? []).map((id, place) => ({
      id,
      field: `fallback.${index}.files.${place}`,
      step: index + 1,
    })),
  );
  return [...own, ...later];
}
