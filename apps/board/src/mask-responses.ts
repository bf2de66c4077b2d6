import { EVENTS_QUEUE, RESULTS_QUEUE, WEBHOOKS_QUEUE } from '@pabal/queues';
import { mask, maskName, note } from './mask.js';
import {
  count,
  FLEET_RULES,
  MESSAGE_RULES,
  OPTION_RULES,
  prose,
  type ShowRules,
  token,
  withoutNumbers,
} from './show-rules.js';

type Fields = Readonly<Record<string, unknown>>;

/** What the board answers to a request, before it is sent. */
export type Body = string | Record<string, unknown> | readonly unknown[];

/** Makes a response fit to be seen. `queue` is the one that the request names, if it names one. */
export type MaskBody = (body: Body, queue: string) => Body;

/** How our own processes say why a job failed: a reason of ours, then fields and the rules that they broke. */
const OWN_FAILURE =
  /^(invalid-message|unsupported-channel|undeliverable): |^job stalled more than allowable limit$/;

/** Fields of a job that hold nothing but times and counts. */
const PLAIN_JOB_FIELDS = [
  'timestamp',
  'processedOn',
  'finishedOn',
  'attempts',
  'delay',
  'isFailed',
  'priority',
  'attemptsStarted',
  'stalledCounter',
] as const;

const PLAIN_NODE_FIELDS = ['state', 'dependencies', 'truncated'] as const;

const PLAIN_SCHEDULER_FIELDS = [
  'queueName',
  'every',
  'limit',
  'startDate',
  'endDate',
  'next',
  'iterationCount',
  'lastRun',
] as const;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function pick(fields: Fields, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => name in fields).map((name) => [name, fields[name]]));
}

/** Applies to a field only where it is there, so that what a job lacks stays lacking. */
function mapped(fields: Fields, name: string, change: (value: unknown) => unknown): Record<string, unknown> {
  const value = fields[name];
  return value === undefined || value === null ? {} : { [name]: change(value) };
}

function rulesOf(queue: string): ShowRules {
  const ours = [EVENTS_QUEUE, RESULTS_QUEUE, WEBHOOKS_QUEUE].includes(queue);
  return ours || queue.startsWith(`${RESULTS_QUEUE}-`) ? FLEET_RULES : MESSAGE_RULES;
}

function maskFailure(value: unknown): string {
  const reason = String(value);
  return OWN_FAILURE.test(reason) && prose(reason) !== undefined ? reason : note(reason);
}

function maskProgress(value: unknown): unknown {
  return typeof value === 'number' ? (count(value) ?? note(value)) : mask(value, MESSAGE_RULES);
}

/** Links to a job need its id as it is; only of a job whose producer made a telephone number its id they lead nowhere. */
const maskId = (value: unknown) => withoutNumbers(String(value));
const maskLabel = (value: unknown) => maskName(String(value));
const maskToken = (value: unknown) => token(String(value)) ?? note(value);

/** A job as the board lists it. Made anew from what is known to be harmless: a field that is not named here is left out. */
export function maskJob(job: unknown, queue: string): Record<string, unknown> {
  const fields = fieldsOf(job);
  return {
    ...pick(fields, PLAIN_JOB_FIELDS),
    ...mapped(fields, 'id', maskId),
    ...mapped(fields, 'name', maskLabel),
    data: mask(fields.data, rulesOf(queue)),
    opts: mask(fields.opts ?? {}, OPTION_RULES),
    progress: maskProgress(fields.progress),
    returnValue: mask(fields.returnValue, MESSAGE_RULES),
    stacktrace: [], // begins with the error's message, and goes on with paths of the machine
    ...mapped(fields, 'failedReason', maskFailure),
    ...mapped(fields, 'deferredFailure', maskFailure),
    ...mapped(fields, 'processedBy', maskToken),
    ...mapped(fields, 'deduplicationId', maskToken),
    ...mapped(fields, 'groupId', maskToken),
  };
}

function maskQueue(value: unknown): unknown {
  const queue = fieldsOf(value);
  return { ...queue, jobs: listOf(queue.jobs).map((job) => maskJob(job, String(queue.name))) };
}

function maskFlowNode(value: unknown): unknown {
  if (value === null || value === undefined) return value;
  const node = fieldsOf(value);
  return {
    ...pick(node, PLAIN_NODE_FIELDS),
    ...mapped(node, 'id', maskId),
    ...mapped(node, 'queueName', maskToken),
    ...mapped(node, 'name', maskLabel),
    progress: maskProgress(node.progress),
    children: listOf(node.children).map(maskFlowNode),
  };
}

function maskScheduler(value: unknown): unknown {
  const scheduler = fieldsOf(value);
  return {
    ...pick(scheduler, PLAIN_SCHEDULER_FIELDS),
    ...mapped(scheduler, 'id', maskId),
    ...mapped(scheduler, 'nextRunJobId', maskId),
    ...mapped(scheduler, 'lastRunJobId', maskId),
    ...mapped(scheduler, 'name', maskLabel),
  };
}

/** Answers without anything that a producer wrote. */
const plain: MaskBody = (body) => body;

/**
 * Every route of the board that may be read, by its path in Bull Board, with what is hidden of its answers. A route that
 * is not here does not exist for a visitor.
 */
export const READABLE_ROUTES: ReadonlyMap<string, MaskBody> = new Map<string, MaskBody>([
  ['/api/queues', (body) => ({ queues: listOf(fieldsOf(body).queues).map(maskQueue) })],
  [
    '/api/queues/:queueName/:jobId',
    (body, queue) => {
      const { job, status } = fieldsOf(body);
      return { job: maskJob(job, queue), status };
    },
  ],
  ['/api/queues/:queueName/:jobId/logs', (body) => listOf(body).map(note)],
  [
    '/api/queues/:queueName/:jobId/flow',
    (body) => {
      const { nodeId, isFlowNode, flowRoot } = fieldsOf(body);
      return { nodeId: maskId(nodeId), isFlowNode, flowRoot: maskFlowNode(flowRoot) };
    },
  ],
  ['/api/job-schedulers', (body) => ({ schedulers: listOf(fieldsOf(body).schedulers).map(maskScheduler) })],
  ['/api/queues/:queueName/metrics', plain],
  ['/api/queues/:queueName/default-job-options', plain],
  ['/api/queues/:queueName/rate-limit', plain],
  ['/api/queues/:queueName/job-data-schema', plain],
  ['/api/queues/:queueName/workers', plain],
  ['/api/redis/stats', plain],
]);
