import { createHash } from 'node:crypto';

/** What may stand in a job id as it is. BullMQ refuses colons, and Redis would hold any length. */
const PLAIN = /^[A-Za-z0-9_-]{1,120}$/;

/**
 * The job id of an event: its name, or a hash where that holds what a gateway chose freely, such as an id of its own.
 * The same name is always the same id, so that repeats fold.
 */
export function eventJobId(name: string): string {
  return `e-${PLAIN.test(name) ? name : createHash('sha256').update(name).digest('hex')}`;
}
