import { type EnqueuedMessage, payloadHash, type Store, standingInstead } from '@pabal/fate';
import { canonicalMessage, isChannel, type MessageV1, type Problem, parseMessage } from '@pabal/message';
import { type Enqueue, isGatewayJob, messageJobId, type Producer, queueName, sendQueue } from '@pabal/queues';

/** Another message stands under this id: this one is not taken, and never sent. */
const CONFLICT: Problem = {
  field: 'id',
  rule: 'id-conflict',
  message:
    'id already stands for another message: an id means the same message until idempotencyWindow after its result',
};

/**
 * Looks for messages of single jobs, right after they were enqueued, whose id stands for another one: a problem for each,
 * in their order. The fleet tells of every conflict that it sees; one that folded in its queue it never sees.
 */
export async function conflictProblems(
  { store, producer }: { readonly store: Store; readonly producer: Producer },
  items: readonly Enqueue[],
): Promise<readonly (readonly Problem[])[]> {
  const enqueued = items.map(enqueuedMessage);
  const standing = await standingInstead(store, enqueued);
  return Promise.all(
    enqueued.map(async ({ id, payloadHash: hash, job }, place) => {
      const other = standing[place];
      if (!other) return [];
      if (other.kind === 'job') {
        if (hashOfJob(other.data, items[place]?.message) === hash) return [];
        const queue = job.slice(0, job.indexOf(':'));
        await producer.event('id-conflict', `id-conflict-${id}-${hash}`, { id, queue });
      }
      return [CONFLICT];
    }),
  );
}

function enqueuedMessage({ message, route }: Enqueue): EnqueuedMessage {
  const queue = queueName(sendQueue(route, message.channel, message.priority));
  return {
    id: message.id,
    job: `${queue}:${messageJobId(message.id)}`,
    data: JSON.stringify(message),
    payloadHash: payloadHash(canonicalMessage(message)),
  };
}

/** The payload hash of what stands there: a raw client may have put the same message in other words. */
function hashOfJob(text: string, message: MessageV1 | undefined): string {
  const data: unknown = JSON.parse(text);
  if (isGatewayJob(data) && data.payloadHash !== undefined) return data.payloadHash;
  const channel = message?.channel;
  const parsed = parseMessage(
    isGatewayJob(data) ? data.message : data,
    isChannel(channel) ? { channel } : {},
  );
  return parsed.ok ? payloadHash(canonicalMessage(parsed.message)) : '';
}
