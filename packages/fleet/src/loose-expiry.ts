import type { PulledJob } from '@pabal/queues';
import { isGatewayJob } from '@pabal/queues';

/**
 * When a job's message expires, epoch ms, as far as its unchecked data tells; undefined when it does not say. Only for
 * choosing what to look at: what is over is decided on the message that came through the door. Pure.
 */
export function looseExpiry({
  data,
  enqueuedAt,
}: Pick<PulledJob, 'data' | 'enqueuedAt'>): number | undefined {
  const internal = isGatewayJob(data) ? data : undefined;
  const { expiresAt, ttlSeconds, sendAt } = fieldsOf(internal ? internal.message : data);
  if (typeof expiresAt === 'string') return timeOf(expiresAt);
  if (typeof ttlSeconds !== 'number') return undefined;
  const from = (typeof sendAt === 'string' && timeOf(sendAt)) || (internal?.enqueuedAt ?? enqueuedAt);
  return from + ttlSeconds * 1_000;
}

function fieldsOf(data: unknown): Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
}

function timeOf(text: string): number | undefined {
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

/** The earliest expiry of a job's message, or of the members of its batch, epoch ms; Infinity where none says one. Pure. */
export function earliestExpiry(data: unknown, enqueuedAt: number): number {
  const { messages } = fieldsOf(data);
  const all: readonly unknown[] = Array.isArray(messages) ? messages : [data];
  return all.reduce<number>(
    (earliest, each) => Math.min(earliest, looseExpiry({ data: each, enqueuedAt }) ?? earliest),
    Number.POSITIVE_INFINITY,
  );
}
