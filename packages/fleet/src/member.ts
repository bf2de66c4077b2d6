import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Store } from '@pabal/fate';
import type { WarmFiles } from '@pabal/files';
import type { Producer } from '@pabal/queues';
import type { AgentIdentity, Clock, Log } from '@pabal/session';
import { type FleetConfig, queuesOf } from './fleet-config.js';
import { JobJournal } from './job-journal.js';
import { NextSteps } from './next-steps.js';
import { Publisher } from './publisher.js';

/** What every process of the fleet has. */
export interface Member {
  /** Unique in the fleet: host, process, chance. */
  readonly owner: string;
  readonly config: FleetConfig;
  readonly store: Store;
  readonly producer: Producer;
  readonly publisher: Publisher;
  readonly nextSteps: NextSteps;
  readonly jobs: JobJournal;
  /** Files of messages; waits for Redis. */
  readonly files: Pick<WarmFiles, 'load'>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}

/** A name for this process that no other one has. */
export function ownerName(role: string): string {
  return `${role}@${hostname()}/${process.pid}/${randomBytes(3).toString('hex')}`;
}

/** A log that names the agent in every line. */
export function agentLog(log: Log, { gateway, account, agent }: AgentIdentity): Log {
  const about = { gateway, account, agent };
  return {
    debug: (fields, event) => log.debug({ ...about, ...fields }, event),
    info: (fields, event) => log.info({ ...about, ...fields }, event),
    warn: (fields, event) => log.warn({ ...about, ...fields }, event),
    error: (fields, event) => log.error({ ...about, ...fields }, event),
  };
}

/** Puts a member together. */
export function makeMember(parts: Omit<Member, 'publisher' | 'nextSteps' | 'jobs'>): Member {
  const { store, producer, log, config } = parts;
  const { idempotencyWindowMs } = config;
  const publisher = new Publisher({ store, producer, log, idempotencyWindowMs, queues: queuesOf(config) });
  const jobs = new JobJournal(store, log);
  return { ...parts, publisher, jobs, nextSteps: new NextSteps({ store, producer, jobs, log }) };
}
