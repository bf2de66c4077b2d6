import { fateKeys, Journal, type MessageRecord, type Store } from '@pabal/fate';
import type { Channel, MessageV1 } from '@pabal/message';
import type { JobEnd, Producer } from '@pabal/queues';
import {
  type Attachments,
  FakeClock,
  type PreparedSubmit,
  type SendLine,
  type Slot,
  type StageOutcome,
  type SubmitOutcome,
} from '@pabal/session';
import type { CircuitPhase } from '../circuit.js';
import type { DispatchLine } from '../dispatch-line.js';
import { Dispatcher } from '../dispatcher.js';
import type { Entry } from '../entry.js';
import type { JobJournal } from '../job-journal.js';
import type { NextSteps } from '../next-steps.js';
import type { Holding } from '../ownership.js';
import type { Publisher } from '../publisher.js';
import { type TestEntryOptions, testEntry } from './entries.js';

/** A step that the dispatcher asked Redis for. */
export interface Step {
  readonly name: string;
  readonly args: readonly (string | number)[];
}

/** Answers of the steps by name, unless the ordinary one is meant. */
export type Answers = Record<string, (step: Step) => unknown[]>;

/** A staging that a test ends as it likes. */
export interface FakeStaging {
  readonly id: string;
  readonly complete: boolean;
  readonly end: (outcome: StageOutcome) => void;
  readonly fail: (error: Error) => void;
}

export interface FakeLine {
  readonly dispatch: DispatchLine;
  /** Ids of messages, in the order of their writing. */
  readonly written: string[];
  /** What each of them was prepared with. */
  readonly attachments: (Attachments | undefined)[];
  /** Stagings that were asked for and have not ended. */
  readonly stagings: FakeStaging[];
  /** Places that are free now. */
  places: number;
  /** When they come, where that is later than now. */
  placesAt: number;
  reserved: number;
  open: boolean;
  /** Must files be staged at all? */
  stages: boolean;
  outcome: () => SubmitOutcome | Promise<SubmitOutcome>;
  lastWriteAt: number | undefined;
}

interface FakePrepared extends PreparedSubmit {
  readonly id: string;
  readonly attachments: Attachments | undefined;
}

export type FakeLineOptions = Partial<
  Pick<FakeLine, 'places'> &
    Pick<DispatchLine, 'routes' | 'probeQuietMs' | 'burst'> & { readonly account: string }
>;

const log = { debug() {}, info() {}, warn() {}, error() {} };

/** A dispatcher with nothing real around it: lines, Redis and jobs are a test's. */
export class DispatchWorld {
  readonly clock = new FakeClock();
  readonly steps: Step[] = [];
  readonly answers: Answers = {};
  /** Ids of messages whose jobs ended, and how. */
  readonly ends: [string, JobEnd][] = [];
  /** Ids of messages whose results were published. */
  readonly published: string[] = [];
  /** Messages whose next step was put into its queue: `<id> <step>`. */
  readonly advanced: string[] = [];
  /** Messages that were put into the queue of one gateway: `<gateway> <id>`. */
  readonly moved: string[] = [];
  readonly dispatcher: Dispatcher;
  claimsOpen = true;
  /** Gateways that are not open. */
  readonly phases = new Map<string, CircuitPhase>();
  /** Outcomes that were told of gateways: `<gateway> <kind>`, and whether it was a trial. */
  readonly noted: [string, boolean][] = [];
  readonly trying = new Set<string>();
  #recipients = 0;

  constructor() {
    const run = async ({ name }: { name: string }, _keys: unknown, args: Step['args']) => {
      const step = { name, args };
      this.steps.push(step);
      return this.#answer(step);
    };
    const isOpen = () => this.claimsOpen;
    const store = {
      keys: fateKeys('test'),
      journal: new Journal(1),
      fleetNow: () => this.clock.now(),
      get claimsOpen() {
        return isOpen();
      },
      run,
      persist: run,
    } as unknown as Store;
    this.dispatcher = new Dispatcher({
      clock: this.clock,
      store,
      log,
      circuits: {
        phase: (gateway) => this.phases.get(gateway) ?? 'open',
        isTrying: (gateway) => this.trying.has(gateway),
        beginTrial: (gateway) => void this.trying.add(gateway),
        endTrial: (gateway) => void this.trying.delete(gateway),
        note: (gateway, _session, { kind }, trial) => void this.noted.push([`${gateway} ${kind}`, trial]),
      },
      usable: (gateway) => !this.phases.has(gateway),
      producer: {
        toGateway: async (gateway: string, { message }: { message: MessageV1 }) => {
          this.moved.push(`${gateway} ${message.id}`);
        },
      } as unknown as Producer,
      publisher: { publish: ({ id }: { id: string }) => this.published.push(id) } as unknown as Publisher,
      nextSteps: {
        put: ({ id, step }: MessageRecord) => this.advanced.push(`${id} ${step}`),
      } as unknown as NextSteps,
      jobs: {
        put: (_key: string, operation: () => Promise<unknown>) => operation(),
      } as unknown as JobJournal,
    });
  }

  /** Names of the steps, in their order. */
  get names(): string[] {
    return this.steps.map(({ name }) => name);
  }

  addLine(gateway: string, change: FakeLineOptions = {}): FakeLine {
    const fake: FakeLine = {
      dispatch: {} as DispatchLine,
      written: [],
      attachments: [],
      stagings: [],
      places: change.places ?? 10,
      placesAt: 0,
      reserved: 0,
      open: true,
      stages: true,
      outcome: () => ({ kind: 'accepted', code: '0' }),
      lastWriteAt: undefined,
    };
    const line = this.#line(fake, gateway, change.account ?? 'demo');
    const holding = {
      identity: line.identity,
      lease: { value: 'owner#1' },
      mayWrite: () => true,
    } as unknown as Holding;
    const channels: readonly Channel[] = ['sms', 'mms'];
    Object.assign(fake.dispatch, {
      line,
      holding,
      channels,
      routes: change.routes ?? (() => ['default', 'other']),
      reportDeadlineMs: () => 1,
      duplicateMemoryMs: 1,
      probeQuietMs: change.probeQuietMs ?? 0,
      burst: change.burst,
    });
    this.dispatcher.addLine(fake.dispatch);
    return fake;
  }

  /** Takes a message in hand, to a recipient of its own unless it names one. */
  add(id: string, options: TestEntryOptions = {}): Entry {
    const to = `0101${String(++this.#recipients).padStart(7, '0')}`;
    const entry = testEntry({ id, to, onEnd: (end) => void this.ends.push([id, end]), ...options });
    this.dispatcher.add(entry);
    return entry;
  }

  #answer(step: Step): unknown[] {
    const scripted = this.answers[step.name];
    if (scripted) return scripted(step);
    const now = this.clock.now();
    switch (step.name) {
      case 'claim':
      case 'probe':
        return ['claimed', now, now, 1];
      case 'accept':
        return ['done', now, 'a', 2];
      case 'settle':
        return ['settled', ['s', 'x', 'v', '2', 'r', '["e",0,"e"]']];
      case 'turn-away':
        return ['turnedAway', ['s', 'q', 'v', '2']];
      default:
        return ['done', now, 'q', ['s', 'q', 'v', '2']];
    }
  }

  #line(fake: FakeLine, gateway: string, account: string): SendLine {
    const { clock } = this;
    return {
      identity: { gateway, account, agent: account },
      nextAt: () =>
        fake.open && fake.places > 0 ? Math.max(clock.now(), fake.placesAt) : Number.POSITIVE_INFINITY,
      recipientFreeAt: () => 0,
      lastWriteTo: () => fake.lastWriteAt,
      reserve: (_channel, _urgent, aheadMs = 0): Slot | undefined => {
        if (fake.places === 0 || fake.placesAt - aheadMs > clock.now()) return undefined;
        fake.places--;
        fake.reserved++;
        let used = false;
        return {
          sessionId: 's',
          loginAt: 0,
          due: () => Promise.resolve(),
          write: async (submit) => {
            used = true;
            const { id, attachments } = submit as FakePrepared;
            fake.written.push(id);
            fake.attachments.push(attachments);
            return fake.outcome();
          },
          release: () => {
            fake.reserved--;
            if (!used) fake.places++;
            used = true;
          },
        };
      },
      stage: ({ id }, _files, complete) => {
        if (!fake.stages) return undefined;
        return new Promise<StageOutcome>((resolve, reject) => {
          const ended = () => void fake.stagings.splice(fake.stagings.indexOf(staging), 1);
          const staging: FakeStaging = {
            id,
            complete,
            end: (outcome) => {
              ended();
              resolve(outcome);
            },
            fail: (error) => {
              ended();
              reject(error);
            },
          };
          fake.stagings.push(staging);
        });
      },
      prepare: (message, wireId, attachments): FakePrepared => ({
        channel: message.channel,
        wireId,
        recipient: message.to,
        bytes: 1,
        id: message.id,
        attachments,
      }),
      inFlight: () => fake.written.length,
      window: () => 10,
      isOpen: () => fake.open,
      status: () => ({ sessions: [], rates: {} }),
      drain: async () => {},
      close: () => {},
    };
  }
}
