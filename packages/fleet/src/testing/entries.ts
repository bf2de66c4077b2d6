import { type MessageInput, type MessageV1, parseMessage } from '@pabal/message';
import type { JobEnd, MessageQueue } from '@pabal/queues';
import type { AttachedFile } from '@pabal/session';
import type { AdmittedJob } from '../door.js';
import { type Entry, newEntry } from '../entry.js';

/** A good message of a test. */
export function testMessage(change: Partial<MessageInput> = {}): MessageV1 {
  const parsed = parseMessage({
    id: 'm',
    channel: 'sms',
    to: '01012345678',
    from: '15881234',
    text: 'x',
    ...change,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.message;
}

export interface TestEntryOptions extends Omit<Partial<MessageInput>, 'files'> {
  readonly queue?: MessageQueue;
  /** Gateways that may carry it. */
  readonly gateways?: readonly string[];
  /** Files in hand, which the message names. */
  readonly files?: readonly AttachedFile[];
  readonly expiresAtMs?: number;
  readonly onEnd?: (end: JobEnd) => void;
  readonly token?: string;
}

/** A file of a test, in no form at all. */
export function testFile(id: string, size = 3): AttachedFile {
  return { id, bytes: new Uint8Array(size), width: 1, height: 1 };
}

/** A message in hand. */
export function testEntry({
  queue,
  gateways,
  files,
  expiresAtMs,
  onEnd,
  token,
  ...change
}: TestEntryOptions = {}): Entry {
  const message = testMessage(files ? { ...change, files: files.map(({ id }) => id) } : change);
  const stands: MessageQueue = queue ?? { kind: 'send', route: 'default', channel: message.channel };
  const name = `${stands.kind}-${'route' in stands ? stands.route : stands.gateway}-${stands.channel}`;
  const admitted: AdmittedJob = {
    kind: 'admitted',
    message,
    payloadHash: 'hash',
    step: 0,
    route: 'default',
    enqueuedAt: 0,
    meta: '',
    gateways: gateways ?? ['alpha', 'beta'],
    alternatives: gateways ?? ['alpha', 'beta'],
    ...(expiresAtMs === undefined ? {} : { expiresAt: expiresAtMs }),
  };
  const job = {
    queue: name,
    id: `m-${message.id}`,
    name: 'message',
    data: message,
    token: 'lock',
    enqueuedAt: 0,
    starts: 1,
  };
  return newEntry(job, stands, admitted, token ?? `token-${message.id}`, onEnd ?? (() => {}), files);
}
