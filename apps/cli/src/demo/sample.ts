import { parseMessage } from '@pabal/message';
import { CliFailure } from '../failure.js';

/**
 * How a message of the sample gets into its queue. `http`: over the HTTP API, as services do. `early`: by the client, before
 * any worker runs, so that its time runs out. `cancelled`: scheduled, and cancelled before its time. `optedOut`: the gateway
 * tells that its recipient opted out, then it is sent like any other. `raw`: what API and client refuse is put there by a bare
 * BullMQ client, for the sender to refuse.
 */
export type Way = 'http' | 'early' | 'cancelled' | 'optedOut' | 'raw';

/** One message of the sample. */
export interface DemoMessage {
  readonly id: string;
  readonly way: Way;
  /** As it is enqueued, its id included. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly channel: string;
  readonly to: string;
  readonly text: string;
  readonly urgent: boolean;
}

/** A message with less time than this expires before the workers are up; s. */
const EARLY_SECONDS = 1;
/** The appointment of the sample that the patient cancels before the reminder goes out. */
const CANCELLED_REF = 'visit-4134';
/** The advertisement of the sample to somebody who wants no more of them. */
const OPTED_OUT_REF = 'news-opted-out';

/**
 * Reads a sample: a message v1 a line, without ids. Each line gets its own id, by its place. Pure.
 * @throws CliFailure naming the line that is no JSON object
 */
export function readSample(text: string): DemoMessage[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const digits = Math.max(3, String(lines.length).length);
  return lines.map((line, index) => {
    const input = { ...objectOf(line, index + 1), id: `demo-${String(index + 1).padStart(digits, '0')}` };
    const fields: Record<string, unknown> = input;
    return {
      id: input.id,
      way: wayOf(fields),
      input,
      channel: textOf(fields.channel),
      to: textOf(fields.to),
      text: textOf(fields.text),
      urgent: fields.priority === 'urgent',
    };
  });
}

function wayOf(fields: Readonly<Record<string, unknown>>): Way {
  const parsed = parseMessage(fields);
  if (!parsed.ok) return 'raw';
  const { ttlSeconds, ref } = parsed.message;
  if (ttlSeconds !== undefined && ttlSeconds <= EARLY_SECONDS) return 'early';
  if (ref === OPTED_OUT_REF) return 'optedOut';
  return ref === CANCELLED_REF ? 'cancelled' : 'http';
}

function objectOf(line: string, number: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch (error) {
    throw new CliFailure(`line ${number} of the sample is not JSON`, { cause: error });
  }
  throw new CliFailure(`line ${number} of the sample is not a JSON object`);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
