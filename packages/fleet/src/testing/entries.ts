import { type MessageInput, type MessageV1, parseMessage } from '@pabal/message';
import type { JobEnd, MessageQueue } from '@pabal/queues';
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

export interface TestEntryOptions extends Partial<MessageInput> {
  readonly queue?: MessageQueue;
  /** Gateways that may carry it. */
  readonly gateways?: readonly string[];
  readonly onEnd?: (end: JobEnd) => void;
  readonly token?: string;
}

/** A message in hand. */
export function testEntry({ queue, gateways, onEnd, token, ...change }: TestEntryOptions = {}): Entry {
  const message = testMessage(change);
  const stands: MessageQueue = queue ?? { kind: 'send', route: 'default', channel: 'sms' };
  const name = `${stands.kind}-${'route' in stands ? stands.route : stands.gateway}-${stands.channel}`;
  const admitted: AdmittedJob = {
    kind: 'admitted',
    message,
    payloadHash: 'hash',
    route: 'default',
    enqueuedAt: 0,
    meta: '',
    gateways: gateways ?? ['alpha', 'beta'],
    alternatives: gateways ?? ['alpha', 'beta'],
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
  return newEntry(job, stands, admitted, token ?? `token-${message.id}`, onEnd ?? (() => {}));
}
