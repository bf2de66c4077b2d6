import { FakeClock } from '../../common/index.js';
import type { AccountDetails } from '../gateway.js';
import type { SmtntOptions } from '../options.js';
import { type SmtntHandle, startSmtntSimulator } from '../server.js';
import { RawClient } from './raw-client.js';

/** A simulator on free ports with a clock that stands still, and its clients. */
export class World {
  readonly clock: FakeClock;
  readonly simulator: SmtntHandle;
  readonly #clients: RawClient[] = [];

  private constructor(clock: FakeClock, simulator: SmtntHandle) {
    this.clock = clock;
    this.simulator = simulator;
  }

  /** Noon in Korea unless told otherwise; answers and reports are due after 1 and 10 ms. */
  static async start(options: SmtntOptions = {}, startAt?: number): Promise<World> {
    const clock = new FakeClock(startAt);
    const delays = { ackDelayMs: 1, reportDelayMs: 10 };
    return new World(clock, await startSmtntSimulator({ port: 0, clock, ...delays, ...options }));
  }

  /** A connection to the port of this name. */
  async connect(port: 'smtnt' | 'encrypted' = 'smtnt'): Promise<RawClient> {
    const client = await RawClient.connect(this.simulator.ports[port] ?? 0);
    this.#clients.push(client);
    return client;
  }

  /** A client that is logged in. */
  async login(): Promise<RawClient> {
    const client = await this.connect();
    const { Result } = await client.bind();
    if (Result !== 0) throw new Error(`login refused with ${Result}`);
    return client;
  }

  /** A client of the encrypted port that has its key, and is not logged in. */
  async connectEncrypted(port: 'smtnt' | 'encrypted' = 'encrypted'): Promise<RawClient> {
    const client = await this.connect(port);
    client.send('PrivateKeyReq');
    const { PrivateKey } = await client.expect('PrivateKeyRes');
    client.key = String(PrivateKey);
    return client;
  }

  /** What the statistics tell about the account. */
  account(): AccountDetails {
    const { accounts } = this.simulator.stats().details as { accounts: Record<string, AccountDetails> };
    const account = accounts.test001;
    if (!account) throw new Error('no such account');
    return account;
  }

  /** Closes a client and waits until the server has noticed. */
  async hangUp(client: RawClient): Promise<void> {
    await client.close();
    await this.loggedOut();
  }

  /** Waits until nobody is logged in. */
  async loggedOut(): Promise<void> {
    while (this.account().session !== 0) await new Promise(setImmediate);
  }

  /** Sends a message and returns its result code; no time passes but what the answer takes. */
  async submit(client: RawClient, body: unknown): Promise<unknown> {
    client.send('MsgSendReq', body);
    await client.settled();
    this.clock.advance(1);
    return (await client.expect('MsgSendRes')).Result;
  }

  /** Rules that were broken, with how often. */
  broken(): Record<string, number> {
    return Object.fromEntries(this.simulator.violations().map(({ rule, count }) => [rule, count]));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()));
    await this.simulator.close();
  }
}
