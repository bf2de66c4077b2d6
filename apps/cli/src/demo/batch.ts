import { setTimeout as pause } from 'node:timers/promises';
import { PabalClient } from '@pabal/client';
import { commercialOf, isChannel, type MessageInput, parseMessage } from '@pabal/message';
import {
  connectRedis,
  JOB,
  JOB_PRIORITY,
  messageJobId,
  Producer,
  queueName,
  redisReady,
  sendQueue,
} from '@pabal/queues';
import type { Surroundings } from './fleet.js';
import type { HttpDoor } from './http-door.js';
import type { DemoMessage, Way } from './sample.js';
import type { SimulatorAdmin } from './simulator-admin.js';
import type { Stage } from './stage.js';

const CONNECT_MS = 10_000;
/** A reminder that is due later than any demo takes. */
const SCHEDULED_MS = 10 * 60_000;
const CANCEL_AFTER_MS = 1_000;
/** Longest wait until the fleet has stored an opt-out. */
const OPT_OUT_MS = 10_000;

/** Puts the sample's messages into their queues, each in its own way. */
export class Batch {
  readonly #messages: readonly DemoMessage[];
  readonly #client: PabalClient;
  readonly #raw: Producer;

  private constructor(messages: readonly DemoMessage[], client: PabalClient, raw: Producer) {
    this.#messages = messages;
    this.#client = client;
    this.#raw = raw;
  }

  static async open(
    stage: Stage,
    { redisUrl, prefix }: Surroundings,
    messages: readonly DemoMessage[],
  ): Promise<Batch> {
    const client = await stage.set(
      'consumers',
      () => PabalClient.connect({ redis: redisUrl, prefix, timeoutMs: CONNECT_MS }),
      { end: (connected) => connected.close() },
    );
    const connection = await stage.set('consumers', () => connectRedis({ url: redisUrl }, 'producer'), {
      end: (opened) => opened.disconnect(),
    });
    connection.on('error', () => {}); // shows as a rejected command
    await redisReady(connection, CONNECT_MS);
    return new Batch(messages, client, new Producer({ connection, prefix }));
  }

  get client(): PabalClient {
    return this.#client;
  }

  /** Has a gateway tell who opted out of which commercial messages, and waits until the fleet has it. */
  async tellOptOuts(gateway: SimulatorAdmin): Promise<void> {
    for (const { input, to } of this.#of('optedOut')) {
      const parsed = parseMessage(input);
      const optOutNumber = parsed.ok ? commercialOf(parsed.message)?.optOutNumber : undefined;
      if (optOutNumber !== undefined) await gateway.tellOptOut(to, optOutNumber, OPT_OUT_MS);
    }
  }

  /** What nobody is there to send in time; resolves when its time is over. */
  async sendEarly(): Promise<void> {
    const early = this.#of('early');
    if (early.length === 0) return;
    for (const { input } of early) await this.#client.send(inputOf(input));
    const longest = Math.max(...early.map(({ input }) => Number(input.ttlSeconds ?? 0)));
    await pause(longest * 1_000);
  }

  /** Everything else, all at once: over HTTP what services send, by BullMQ alone what would be refused there. */
  async send(door: HttpDoor, now: number): Promise<void> {
    const sendAt = new Date(now + SCHEDULED_MS).toISOString();
    const scheduled = this.#of('cancelled').map((message) => ({
      ...message,
      input: { ...message.input, sendAt },
    }));
    await Promise.all([
      ...this.#of('raw').map((message) => this.#sendRaw(message)),
      door.send([...this.#of('http', 'optedOut'), ...scheduled]),
    ]);
  }

  /** Cancels what is scheduled; answers what went wrong with it. */
  async cancel(door: HttpDoor): Promise<string[]> {
    const scheduled = this.#of('cancelled');
    if (scheduled.length > 0) await pause(CANCEL_AFTER_MS);
    const answers = await Promise.all(scheduled.map(async ({ id }) => ({ id, said: await door.cancel(id) })));
    return answers
      .filter(({ said }) => said !== 'cancelled')
      .map(({ id, said }) => `${id} was to be cancelled before its time, and the answer was ${said}`);
  }

  /** As any BullMQ client would do it: a queue's name, a job's name, plain JSON, a job id and a priority. */
  async #sendRaw({ id, channel, urgent, input }: DemoMessage): Promise<void> {
    const queue = isChannel(channel) ? channel : 'sms'; // a bad channel is for the sender to refuse, too
    const name = queueName(sendQueue('default', queue, urgent ? 'urgent' : 'normal'));
    const options = { jobId: messageJobId(id), priority: JOB_PRIORITY.normal };
    await this.#raw.queue(name).add(JOB.message, { v: 1, ...input }, options);
  }

  #of(...ways: readonly Way[]): DemoMessage[] {
    return this.#messages.filter(({ way }) => ways.includes(way));
  }
}

/** The sample was parsed when it was read; what it holds is what the client takes. */
function inputOf(input: Readonly<Record<string, unknown>>): MessageInput {
  return input as unknown as MessageInput;
}
