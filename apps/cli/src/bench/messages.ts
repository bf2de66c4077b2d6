import type { RateFigures } from '@pabal/simulator';
import type { Load } from './payload.js';

/** The ways that are compared: the fleet with single messages, the fleet with batches, and bare BullMQ. */
export type Path = 'fleet' | 'batches' | 'bare';

/** What each kind of child process is started with. */
export interface ChildSettings {
  readonly producer: QueueSettings;
  readonly consumer: QueueSettings;
  readonly forwarder: QueueSettings;
  readonly sender: { readonly config: string };
  readonly receiver: { readonly config: string };
  readonly simulator: {
    readonly gateway: 'lghv' | 'smtnt';
    /** Logins that it accepts, each with a granted rate of its own. */
    readonly agents: number;
    readonly grant: number;
    readonly seed: number;
  };
}

export type ChildRole = keyof ChildSettings;

export interface QueueSettings {
  readonly redisUrl: string;
}

/** How the messages of a run are put in. */
/** What one agent submitted, as its gateway saw it. */
export interface AgentArrivals {
  readonly agent: string;
  /** When each submit came in, in their order; monotonic ms. */
  readonly at: Float64Array;
  /** The login that each came over; later ones have higher numbers. */
  readonly session: Float64Array;
  /** The simulator's own figures of this agent's rate. */
  readonly rate: RateFigures;
}

export interface ProduceOrder {
  readonly path: Path;
  /** Messages a second; absent: as fast as they are taken. */
  readonly ratePerSecond?: number | undefined;
  /** With a rate: each message by itself, as they come from people. */
  readonly oneByOne?: boolean;
}

/** What consuming found. */
export interface Consumed {
  /** By the message's place in the run, monotonic ms. */
  readonly consumedAt: Float64Array;
  /** Results by their status; empty on the bare path. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Results of a message that had one already. */
  readonly repeated: number;
}

/** What a child can be asked, with what goes there and what comes back. Typed arrays need the `advanced` serialisation. */
export interface Questions {
  /** CPU that the process has used, microseconds. */
  usage: { order: undefined; answer: number };
  /** Memory that the process has in hand (resident set), bytes. */
  memory: { order: undefined; answer: number };
  /** Producer: makes a run's messages ahead of the clock; answers the bytes of one job's data. */
  prepare: { order: Load; answer: number };
  /** Producer: enqueues what was prepared; answers when each message was, monotonic ms. */
  produce: { order: ProduceOrder; answer: Float64Array };
  /** Consumer: begins to consume a run; answers once it listens. */
  listen: { order: { path: Path; run: string; count: number }; answer: undefined };
  /** Consumer: how many results have come. */
  progress: { order: undefined; answer: number };
  /** Consumer: stops and tells. */
  finish: { order: undefined; answer: Consumed };
  /** Simulator: the ports by name. */
  ports: { order: undefined; answer: Readonly<Record<string, number>> };
  /** Simulator: answers submits so much later from now on. */
  answerAfter: { order: { ackDelayMs: number }; answer: undefined };
  /** Simulator: what each agent submitted since the last `judge`. */
  arrivals: { order: undefined; answer: readonly AgentArrivals[] };
  /** Simulator: when each of a run's messages was first submitted, monotonic ms; 0 where it never was. */
  submitted: { order: { run: string; count: number }; answer: Float64Array };
  /** Simulator: submits accepted and rules broken since the last time, then forgets them. */
  judge: { order: undefined; answer: { accepted: number; broken: readonly string[] } };
}

export type Question = keyof Questions;

/** What a role of a child can answer. */
export type Answers = {
  readonly [Q in Question]?: (
    order: Questions[Q]['order'],
  ) => Questions[Q]['answer'] | Promise<Questions[Q]['answer']>;
};

/** A role as it runs in its process. */
export interface RunningRole {
  readonly answers: Answers;
  close(): Promise<void>;
}

export interface Asked {
  readonly number: number;
  readonly question: Question;
  readonly order: unknown;
}

export type Answered =
  | { readonly ready: true }
  | { readonly number: number; readonly answer: unknown }
  | { readonly number: number; readonly error: string };
