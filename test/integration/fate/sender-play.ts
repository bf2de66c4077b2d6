import { expect } from '@jest/globals';
import { type MessageRecord, readMessage } from '@pabal/fate';
import { FileStore, WarmFiles } from '@pabal/files';
import {
  bindGateway,
  catalogueOf,
  type FleetConfig,
  type Member,
  makeMember,
  ownerName,
  Receiver,
  Sender,
} from '@pabal/fleet';
import { type MessageInput, type MessageV1, parseMessage, type ResultV1 } from '@pabal/message';
import { connectRedis } from '@pabal/queues';
import { systemClock } from '@pabal/session';
import { FakeGateway } from './fake-gateway.js';
import { DAY_MS, PREFIX, Stage, until } from './stage.js';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** A message as a test writes it: what it leaves out is filled in. */
export type Input = Partial<MessageInput> & { readonly id: string };

/** Senders over a real Redis and real queues, with gateways that a test plays. */
export class SenderPlay {
  readonly alpha = new FakeGateway('alpha');
  readonly beta = new FakeGateway('beta');
  /** Thrown by the next readings of a file, one each. */
  readonly readErrors: Error[] = [];

  private constructor(
    readonly stage: Stage,
    /** Where a test puts files. */
    readonly files: FileStore,
    private readonly idempotencyWindowMs: number,
  ) {}

  static async open(idempotencyWindowMs = DAY_MS): Promise<SenderPlay> {
    const stage = await Stage.open();
    const files = new FileStore({ redis: stage.control, prefix: PREFIX });
    return new SenderPlay(stage, files, idempotencyWindowMs);
  }

  async start(gateways: readonly FakeGateway[] = [this.alpha, this.beta]): Promise<Sender> {
    const { stage } = this;
    const workers = connectRedis({ url: stage.redis.url }, 'worker');
    workers.on('error', () => {});
    const sender = new Sender({
      member: await this.#member('sender', gateways),
      workers,
    });
    stage.onClose(() => workers.disconnect());
    stage.onClose(() => sender.stop());
    sender.start();
    await until('its lines', () => gateways.every(({ lines }) => lines.length > 0));
    return sender;
  }

  /** A receiver, which sweeps; the reports of these gateways come by themselves. */
  async startReceiver(): Promise<void> {
    const receiver = new Receiver(await this.#member('receiver', [this.alpha, this.beta]));
    this.stage.onClose(() => receiver.stop());
    receiver.start();
  }

  async #member(role: string, gateways: readonly FakeGateway[]): Promise<Member> {
    const { stage } = this;
    const { store } = await stage.another();
    const files = new FileStore({ redis: store.redis, prefix: PREFIX });
    return makeMember({
      owner: ownerName(role),
      config: configOf(gateways, this.idempotencyWindowMs),
      store,
      producer: stage.producer,
      files: new WarmFiles((id) => store.keepTrying(() => this.#read(files, id))),
      clock: systemClock,
      random: Math.random,
      log: quiet,
    });
  }

  /** What a client checks against, as every role of the fleet writes it at its start. */
  async publishCatalogue(): Promise<void> {
    const config = configOf([this.alpha, this.beta], this.idempotencyWindowMs);
    await this.stage.control.set(this.stage.store.keys.catalogue, JSON.stringify(catalogueOf(config)));
  }

  async #read(files: FileStore, id: string) {
    const error = this.readErrors.shift();
    if (error) throw error;
    return files.get(id);
  }

  async enqueue(input: Input, route = 'default'): Promise<void> {
    await this.stage.producer.enqueue({ message: messageOf(input), route }, Date.now());
  }

  async reaches(id: string, state: MessageRecord['state']): Promise<MessageRecord> {
    let record: MessageRecord | undefined;
    await until(`${id} ${state}`, async () => {
      record = await readMessage(this.stage.store, id);
      return record?.state === state;
    });
    if (!record) throw new Error('there is no record');
    return record;
  }

  async jobs<T>(queue: string): Promise<{ name: string; data: T }[]> {
    return (await this.stage.producer.queue(queue).getJobs(['wait'])).map(({ name, data }) => ({
      name,
      data: data as T,
    }));
  }

  async jobGone(queue: string, id: string): Promise<void> {
    const key = this.stage.store.keys.job(queue, `m-${id}`);
    await until(`no job of ${id} in ${queue}`, async () => (await this.stage.control.exists(key)) === 0);
  }

  async resultOf(id: string, queue = 'results'): Promise<ResultV1> {
    let found: ResultV1[] = [];
    await until(`result of ${id}`, async () => {
      found = (await this.jobs<ResultV1>(queue)).map(({ data }) => data).filter((result) => result.id === id);
      return found.length > 0;
    });
    expect(found).toHaveLength(1);
    return found[0] as ResultV1;
  }

  writes(id: string) {
    return [...this.alpha.writtenOf(id), ...this.beta.writtenOf(id)];
  }
}

function configOf(gateways: readonly FakeGateway[], idempotencyWindowMs: number): FleetConfig {
  return {
    prefix: PREFIX,
    gateways: new Map(gateways.map((gateway) => [gateway.name, bindGateway(gateway.name, gateway.kind, 0)])),
    routes: new Map([
      ['default', { gateways: gateways.map(({ name }) => name), policy: 'balance' }],
      ['only-alpha', { gateways: ['alpha'], policy: 'balance' }],
    ]),
    replies: ['shop'],
    webhooks: [],
    idempotencyWindowMs,
    reportGraceMs: 0,
    drainLimitMs: 1_000,
    filesKeepMs: DAY_MS,
  };
}

/** A good message. */
export function messageOf(input: Input): MessageV1 {
  const parsed = parseMessage({
    channel: 'sms',
    to: '01012345678',
    from: '15881234',
    text: '인증번호 1234',
    ...input,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.message;
}
