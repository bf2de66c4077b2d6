import type { MessageRecord } from '@pabal/fate';
import type { Producer } from '@pabal/queues';
import { gatewayQueue, messageJobId, queueName } from '@pabal/queues';
import type { AdmittedJob } from './door.js';
import type { Entry } from './entry.js';
import { adopt, probeHistory } from './entry.js';
import type { JobJournal } from './job-journal.js';
import { DONE, LOOK_AGAIN_MS, MOVED, type Rest } from './rest.js';
import { triedGateways } from './route-policy.js';

export interface MoveDeps {
  readonly producer: Producer;
  readonly jobs: JobJournal;
}

/** Puts a message into the queue that only one gateway's owner serves: first it stands there, then its job here goes. */
export async function moveToGateway(
  { producer, jobs }: MoveDeps,
  { message, enqueuedAt, route, step, payloadHash }: AdmittedJob,
  gateway: string,
  uncertain: boolean,
  delayMs = 0,
): Promise<void> {
  const later = step === 0 ? {} : { step, payloadHash };
  await jobs.put(`to:${gateway}:${message.id}:${step}`, () =>
    producer.toGateway(gateway, { v: 1, message, enqueuedAt, route, uncertain, ...later }, delayMs),
  );
}

/** The job that carries a message in the queue of one gateway: `<queue>:<job id>`. */
export function jobAt(gateway: string, { message, step }: AdmittedJob): string {
  const { id, channel, priority } = message;
  return `${queueName(gatewayQueue(gateway, channel, priority === 'urgent'))}:${messageJobId(id, step)}`;
}

/** Does the job already stand in the queue that only this gateway's owner serves? */
export function isHome({ message, queue }: Entry, gateway: string): boolean {
  return (
    queueName(queue) === queueName(gatewayQueue(gateway, message.channel, message.priority === 'urgent'))
  );
}

/** The next gateway of the route that could carry the step and was not tried with it yet, this one included. */
export function otherGateway({ admitted, attempts }: Entry, current: string): string | undefined {
  const tried = triedGateways(attempts, admitted.step).add(current);
  return admitted.alternatives.find((gateway) => !tried.has(gateway));
}

/** The record is further than this job: a repeat of something settled or accepted, or the remains of a lost worker. */
export async function takeUp(deps: MoveDeps, entry: Entry, record: MessageRecord | undefined): Promise<Rest> {
  if (entry.probe && record?.state === 'queued' && record.step === entry.admitted.step) {
    // Its writer lives, and it was certainly not taken. That writer's job may be this one, which it lost the lock of:
    // then nobody else would send it.
    entry.probe = undefined;
    adopt(entry, record);
    return { kind: 'wait', ms: LOOK_AGAIN_MS };
  }
  // Whatever became of an earlier step, this job can add nothing to another one.
  const history = record?.step === entry.admitted.step ? probeHistory(record) : undefined;
  if (!history) return DONE;
  if (!isHome(entry, history.gateway)) {
    await moveToGateway(deps, entry.admitted, history.gateway, true);
    return MOVED;
  }
  // Already where only that gateway's owner looks: it is offered again as a probe.
  entry.probe = history;
  return { kind: 'wait', ms: LOOK_AGAIN_MS };
}
