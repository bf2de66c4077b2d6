import { FakeClock } from '../../common/index.js';
import type { LghvOptions } from '../options.js';
import { type LghvHandle, startLghvSimulator } from '../simulator.js';
import { aes, fields, packet, RawClient, textAt } from './raw-client.js';

/** The values of a BIND that a test may change. */
export interface BindValues {
  encode?: string;
  line?: string;
  userId?: string;
  agentId?: string;
  password?: string;
  report?: string;
  info?: string;
}

/** The values of a DELIVER that a test may change. */
export interface DeliverValues {
  encode?: string;
  type?: string;
  msgId?: string;
  gubun?: string;
  contents?: string;
  to?: string;
  from?: string;
  reseller?: string;
  subject?: string | Uint8Array;
  text?: string | Uint8Array;
}

/** A BIND body: 1 + 1 + 20 + 6 + 50 + 1 + 21 (LGHV 2.2.1). */
export function bindBody(values: BindValues = {}): Buffer {
  return fields(
    [values.encode ?? '0', 1],
    [values.line ?? 'S', 1],
    [values.userId ?? 'demo', 20],
    [values.agentId ?? 'S1', 6],
    [values.password ?? 'demo-password', 50],
    [values.report ?? 'M', 1],
    [values.info ?? 'V1.1', 21],
  );
}

/** An SMS body: 130 bytes and TEXT; an LMS body has SUBJECT, 150 bytes, before TEXT (LGHV 2.2.3, 2.2.4). */
export function deliverBody(values: DeliverValues = {}): Buffer {
  const type = values.type ?? 'SMS';
  const text = values.text ?? 'hello';
  return fields(
    [values.encode ?? '0', 1],
    [type, 4],
    [values.msgId ?? '1', 20],
    [values.gubun ?? '0', 1],
    [values.contents ?? 'TXT', 4],
    [values.to ?? '01012345678', 50],
    [values.from ?? '0212345678', 40],
    [values.reseller ?? '', 10],
    ...(type === 'LMS' ? [[values.subject ?? '', 150] as const] : []),
    [text, 0],
  );
}

/** What a DELIVER_ACK said. */
export interface Ack {
  readonly code: string;
  readonly type: string;
  readonly msgId: string;
  readonly microseconds: number;
  readonly to: string;
}

/** A simulator whose clock stands still, with clients that are closed at the end of the test. */
export class World {
  readonly clock: FakeClock;
  readonly sim: LghvHandle;
  readonly #clients: RawClient[] = [];

  private constructor(clock: FakeClock, sim: LghvHandle) {
    this.clock = clock;
    this.sim = sim;
  }

  static async start(options: LghvOptions = {}): Promise<World> {
    const clock = new FakeClock();
    return new World(clock, await startLghvSimulator({ clock, ...options }));
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.socket.destroy();
    await this.sim.close();
  }

  /** The broken rules with their counts. */
  get broken(): Record<string, number> {
    return Object.fromEntries(this.sim.violations().map(({ rule, count }) => [rule, count]));
  }

  async grant(init: RequestInit = {}, path = '/goGrant'): Promise<string> {
    const body = new URLSearchParams({ id: aes('demo'), pw: aes('demo-password') });
    const response = await fetch(`http://127.0.0.1:${this.sim.ports.grant}${path}`, {
      method: 'POST',
      body,
      ...init,
    });
    return response.text();
  }

  async connect(server: 'sms' | 'mms' = 'sms'): Promise<RawClient> {
    const client = await RawClient.open(this.sim.ports[server] as number);
    this.#clients.push(client);
    return client;
  }

  /** Asks for GRANT and binds; the answer's RESULT beside the client. */
  async bind(
    values: BindValues = {},
    server: 'sms' | 'mms' = 'sms',
  ): Promise<{ client: RawClient; code: string }> {
    await this.grant();
    const client = await this.connect(server);
    client.send(packet('b', bindBody(values)));
    const ack = await client.next();
    return { client, code: textAt(ack.body, 0, 5) };
  }

  /** A bound SEND session. */
  async sender(server: 'sms' | 'mms' = 'sms'): Promise<RawClient> {
    return (await this.bind({ line: 'S' }, server)).client;
  }

  /** A bound RECV session. */
  async receiver(report = 'M', server: 'sms' | 'mms' = 'sms'): Promise<RawClient> {
    return (await this.bind({ line: 'R', report }, server)).client;
  }
}

/** Reads the next DELIVER_ACK. */
export async function nextAck(client: RawClient): Promise<Ack> {
  const { type, body } = await client.next();
  if (type !== 'D' || body.length !== 92)
    throw new Error(`expected a DELIVER_ACK, got ${type} of ${body.length}`);
  return {
    code: textAt(body, 0, 5),
    type: textAt(body, 5, 4),
    msgId: textAt(body, 9, 20),
    microseconds: Number(textAt(body, 29, 7)),
    to: textAt(body, 36, 50),
  };
}

/** Sends one DELIVER and reads its answer. */
export function deliver(client: RawClient, values: DeliverValues = {}): Promise<Ack> {
  client.send(packet('d', deliverBody(values)));
  return nextAck(client);
}

/** Sends a LINK_CHECK and waits for its answer: everything sent before has been handled then. */
export async function linkCheck(client: RawClient, code: string): Promise<string> {
  client.send(packet('l', fields([code, 1])));
  const { type, body } = await client.next();
  return `${type}${textAt(body, 0, 5)}`;
}

/** A REPORT_ACK: RESULT 5, MSG_ID 20, RESERVED 7 (LGHV 2.2.10). */
export function reportAck(msgId: string, result = '0', reserved = ''): Buffer {
  return packet('R', fields([result, 5], [msgId, 20], [reserved, 7]));
}
