import type { NextStepRecord } from '@pabal/fate';
import { metaOf, payloadHash } from '@pabal/fate';
import type { MessageV1, Problem } from '@pabal/message';
import { canonicalMessage, parseMessage, stepsOf } from '@pabal/message';
import type { GatewayJob, MessageQueue, PulledJob } from '@pabal/queues';
import { isGatewayJob } from '@pabal/queues';
import type { AttachedFile } from '@pabal/session';
import { type Destinations, destinationOf, destinationProblem } from './destination.js';
import type { FleetConfig } from './fleet-config.js';
import { gatewayProblems } from './fleet-config.js';
import { stepAfter } from './next-steps.js';

/** What the fleet allows beyond the message's own rules. */
export interface DoorRules extends Destinations {
  /** Gateways of each route. */
  readonly routes: ReadonlyMap<string, readonly string[]>;
  /** Does this gateway carry the message? Its problems with it, or empty. Files are judged where they are given. */
  readonly gatewayProblems: (
    gateway: string,
    message: MessageV1,
    files?: readonly AttachedFile[],
  ) => readonly Problem[];
}

/** The rules that a configuration makes. */
export function doorRules(config: FleetConfig): DoorRules {
  return {
    replies: new Set(config.replies),
    webhooks: new Set(config.webhooks),
    routes: new Map([...config.routes].map(([name, route]) => [name, route.gateways])),
    gatewayProblems: (gateway, message, files) => gatewayProblems(config, gateway, message, files),
  };
}

/** A job that may be sent. */
export interface AdmittedJob {
  readonly kind: 'admitted';
  /** The step that it is now; the steps after it are its fallback. */
  readonly message: MessageV1;
  /** Of the whole message, whichever step this is. */
  readonly payloadHash: string;
  /** Step of the fallback chain, from 0. */
  readonly step: number;
  /** The step after this one, as the record keeps it. */
  readonly next?: NextStepRecord;
  readonly route: string;
  /** Epoch ms of the first enqueueing. */
  readonly enqueuedAt: number;
  /** JSON of ResultMeta, or empty. */
  readonly meta: string;
  readonly expiresAt?: number;
  readonly sendAt?: number;
  /** Gateways that may carry it, in the route's order. */
  readonly gateways: readonly string[];
  /** Gateways of its route that may carry it after a certain refusal by another one; empty for a pinned message. */
  readonly alternatives: readonly string[];
  /** From an internal queue, or a later step: it has, or may have, a history that the record tells. */
  readonly internal?: GatewayJob;
}

/** A job that is refused, and what is known for its one result. */
export interface RefusedJob {
  readonly kind: 'refused';
  /** The message's id where it has a usable one, else one made from the job's. */
  readonly id: string;
  readonly payloadHash: string;
  readonly enqueuedAt: number;
  readonly meta: string;
  readonly reason: 'invalid-message' | 'unsupported-channel' | 'no-route' | 'file-error';
  readonly step: number;
  /** The step that may follow although this one was refused. */
  readonly next?: NextStepRecord;
  readonly problems: readonly Problem[];
}

/**
 * The door of the fleet: every job is checked as strictly as the SDK checks it, since anybody may put jobs into a
 * queue. Pure.
 */
export function admit(job: PulledJob, queue: MessageQueue, rules: DoorRules): AdmittedJob | RefusedJob {
  const internal = internalJob(job, queue);
  const data = internal ? internal.message : job.data;
  const enqueuedAt = internal?.enqueuedAt ?? job.enqueuedAt;
  // Whenever its turn comes: what lay too far ahead was so when it was enqueued.
  const parsed = parseMessage(data, { channel: queue.channel, now: enqueuedAt });
  const step = internal?.step ?? 0;
  const came: Came = { job, data, enqueuedAt, rules, step, hash: internal?.payloadHash };
  if (!parsed.ok) return refuse(came, parsed.problems);
  const { message } = parsed;
  const hash = internal?.payloadHash ?? payloadHash(canonicalMessage(message));
  const route = 'route' in queue ? queue.route : (internal?.route ?? '');
  const undeclared = destinationProblem(message, rules);
  if (undeclared) return { ...refuse(came, [undeclared]), payloadHash: hash };
  const routeGateways = rules.routes.get(route) ?? [];
  const candidates = candidateGateways(message, queue, routeGateways);
  const problemsOf = once((gateway) => rules.gatewayProblems(gateway, message));
  const refusals = candidates.map(problemsOf);
  const gateways = candidates.filter((_, i) => refusals[i]?.length === 0);
  const expiresAt = expiryOf(message, enqueuedAt);
  const gateway = 'gateway' in queue ? queue.gateway : undefined;
  const next = stepAfter(message, { step, route, expiresAt, gateway });
  if (gateways.length === 0) {
    return {
      ...refuse(came, noGateway(message, candidates, refusals)),
      payloadHash: hash,
      reason: reasonFor(refusals),
      // Found out when its turn came, long after the door: then it failed as any step may.
      ...(next && step > 0 ? { next } : {}),
    };
  }
  const uncarried = internal ? undefined : uncarriedStep(message, queue, routeGateways, rules);
  if (uncarried) return { ...refuse(came, uncarried.problems), payloadHash: hash, reason: uncarried.reason };
  const alternatives = internal
    ? routeGateways.filter((gateway) => problemsOf(gateway).length === 0)
    : gateways;
  const sendAt = message.sendAt === undefined ? undefined : Date.parse(message.sendAt);
  return {
    kind: 'admitted',
    message,
    payloadHash: hash,
    step,
    ...(next && { next }),
    route,
    enqueuedAt,
    meta: metaOf(message),
    gateways,
    alternatives: message.gateway === undefined ? alternatives : [],
    ...(sendAt === undefined ? {} : { sendAt }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(internal === undefined ? {} : { internal }),
  };
}

/** What the fleet itself put into a queue: into one of its own, or as a later step into any. */
function internalJob({ data, member }: PulledJob, queue: MessageQueue): GatewayJob | undefined {
  if (member !== undefined || !isGatewayJob(data)) return undefined;
  return 'gateway' in queue || data.step !== undefined ? data : undefined;
}

/** Why the first step that nobody could ever send is refused, with all of the message; undefined when there is none. */
function uncarriedStep(
  message: MessageV1,
  queue: MessageQueue,
  routeGateways: readonly string[],
  { gatewayProblems }: Pick<DoorRules, 'gatewayProblems'>,
): Pick<RefusedJob, 'reason' | 'problems'> | undefined {
  for (const [place, step] of stepsOf(message).entries()) {
    const candidates = candidateGateways(step, step.gateway === undefined ? queue : undefined, routeGateways);
    const refusals = candidates.map((gateway) => gatewayProblems(gateway, step));
    if (refusals.some((problems) => problems.length === 0)) continue;
    const problems = noGateway(step, candidates, refusals).map((problem) => ({
      ...problem,
      field: `fallback.${place}.${problem.field}`,
    }));
    return { reason: reasonFor(refusals), problems };
  }
  return undefined;
}

/** When a message expires, epoch ms: at `expiresAt`, or `ttlSeconds` after `sendAt`, else after enqueueing. */
export function expiryOf(message: MessageV1, enqueuedAt: number): number | undefined {
  if (message.expiresAt !== undefined) return Date.parse(message.expiresAt);
  if (message.ttlSeconds === undefined) return undefined;
  const from = message.sendAt === undefined ? enqueuedAt : Date.parse(message.sendAt);
  return from + message.ttlSeconds * 1_000;
}

/** Asks for each name once: a gateway encodes the message to find out whether it fits. */
function once<T>(ask: (name: string) => T): (name: string) => T {
  const answers = new Map<string, T>();
  return (name) => {
    const answer = answers.get(name) ?? ask(name);
    answers.set(name, answer);
    return answer;
  };
}

function candidateGateways(
  message: MessageV1,
  queue: MessageQueue | undefined,
  routeGateways: readonly string[],
): readonly string[] {
  if (queue && 'gateway' in queue) return [queue.gateway];
  return message.gateway === undefined ? routeGateways : [message.gateway];
}

function reasonFor(refusals: readonly (readonly Problem[])[]): RefusedJob['reason'] {
  const all = refusals.flat();
  if (all.length === 0) return 'no-route';
  return all.some((problem) => problem.rule !== 'unsupported-channel')
    ? 'invalid-message'
    : 'unsupported-channel';
}

function noGateway(
  message: MessageV1,
  candidates: readonly string[],
  refusals: readonly (readonly Problem[])[],
): readonly Problem[] {
  const all = refusals.flat();
  if (all.length > 0) return all;
  const field = message.gateway === undefined ? 'channel' : 'gateway';
  const what =
    candidates.length === 0 ? 'no gateway serves this route' : 'no gateway of this route carries it';
  return [{ field, rule: 'no-gateway', message: what }];
}

const USABLE_ID = /^[A-Za-z0-9_-]{1,64}$/;
const MAX_REF = 100;
const MAX_USER_DATA = 1_000;

/** What is known of a job before it is known to be good. */
interface Came {
  readonly job: PulledJob;
  readonly data: unknown;
  readonly enqueuedAt: number;
  readonly rules: Destinations;
  readonly step: number;
  /** Of the whole message, where the job tells it. */
  readonly hash: string | undefined;
}

/** Refuses a job that is no message at all. Pure. */
export function refuseJob(job: PulledJob, problems: readonly Problem[], rules: Destinations): RefusedJob {
  const { data, enqueuedAt } = job;
  return refuse({ job, data, enqueuedAt, rules, step: 0, hash: undefined }, problems);
}

/** Refuses a job; what can be read of its message still decides where its result goes and what comes back with it. */
function refuse(
  { job, data, enqueuedAt, rules, step, hash }: Came,
  problems: readonly Problem[],
): RefusedJob {
  const fields = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
  const text = (name: string, limit: number) => {
    const value = fields[name];
    return typeof value === 'string' && value.length <= limit ? value : undefined;
  };
  return {
    kind: 'refused',
    id: idOf({ ...job, data }),
    payloadHash: hash ?? payloadHash(safeJson(data)),
    step,
    enqueuedAt,
    meta: metaOf({
      ref: text('ref', MAX_REF),
      userData: text('userData', MAX_USER_DATA),
      ...destinationOf(fields, rules),
    }),
    reason: 'invalid-message',
    problems,
  };
}

/** The id of a job's message, where it has one that can be used, else one made from the job's. Pure. */
export function idOf(job: PulledJob): string {
  const { data } = job;
  const id = typeof data === 'object' && data !== null && 'id' in data ? data.id : undefined;
  return typeof id === 'string' && USABLE_ID.test(id) ? id : substituteId(job);
}

/** An id for the result of a job whose message has none that can be used. */
function substituteId(job: PulledJob): string {
  const name = `job-${job.queue}-${job.id}${job.member === undefined ? '' : `-${job.member}`}`;
  if (USABLE_ID.test(name)) return name;
  const hash = payloadHash(name);
  return `${name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 63 - hash.length)}-${hash}`;
}

function safeJson(data: unknown): string {
  return JSON.stringify(data) ?? 'undefined';
}
