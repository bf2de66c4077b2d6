/** The lines over real TCP and HTTP on loopback, against a gateway that does what each test tells it to. */
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  bindAck,
  decodeFrame,
  deliverAck,
  encodeFrame,
  headerReader,
  type LghvPacket,
  linkAck,
  MAX_FRAME_BYTES,
  report,
} from '@pabal/protocol-lghv';
import { type LineDeps, type LineEvent, type Notice, type SendLine, systemClock } from '@pabal/session';
import { LocalMemory } from '@pabal/session/testing';
import { FrameReader } from '@pabal/wire';
import type { LghvConfig } from './config.js';
import { openReportLine, openSendLine } from './lines.js';
import { configOf, messageOf } from './testing.js';

const text = { charset: 'cp949', unmappable: 'reject' } as const;
const LIMIT_MS = 5000;

/** One end of a connection that our side opened. */
interface Peer {
  readonly socket: Socket;
  readonly packets: LghvPacket[];
}

/** A gateway of one server per name, that logs everyone in until `answer` says otherwise. */
class ScriptedGateway {
  readonly peers = new Map<string, Peer[]>();
  grants = 0;
  grantAnswer: string | undefined;
  bindResult = '0';
  answer: (packet: LghvPacket) => Uint8Array | undefined = () => undefined;
  readonly #servers: Server[] = [];
  readonly #ports: Record<string, number> = {};
  readonly #http = createHttpServer((request, response) => {
    request.resume();
    this.grants++;
    response.end(this.grantAnswer ?? this.#serverInfo());
  });

  async start(...sids: string[]): Promise<LghvConfig> {
    for (const sid of sids) {
      const server = createServer((socket) => this.#accept(sid, socket));
      this.#servers.push(server);
      this.#ports[sid] = await listen(server);
    }
    const port = await listen(this.#http);
    return configOf({ grantUrl: `http://127.0.0.1:${port}/goGrant`, loginRetry: 1 });
  }

  /** Everything that came on the connections to this server, in order. */
  received(sid: string): LghvPacket[] {
    return (this.peers.get(sid) ?? []).flatMap((peer) => peer.packets);
  }

  /** The first connection to this server. */
  peer(sid: string): Peer {
    const first = this.peers.get(sid)?.[0];
    if (!first) throw new Error(`nobody connected to ${sid}`);
    return first;
  }

  stop(): void {
    for (const peer of [...this.peers.values()].flat()) peer.socket.destroy();
    for (const server of this.#servers) server.close();
    this.#http.close();
    this.#http.closeAllConnections();
  }

  #serverInfo(): string {
    const serverInfo = Object.entries(this.#ports).map(([sid, port]) => ({
      sid,
      ip: '127.0.0.1',
      port: String(port),
      status: 'Y',
    }));
    return JSON.stringify({ serverInfo });
  }

  #accept(sid: string, socket: Socket): void {
    const peer: Peer = { socket, packets: [] };
    this.peers.set(sid, [...(this.peers.get(sid) ?? []), peer]);
    const reader = new FrameReader({ header: headerReader(true), maxFrameBytes: MAX_FRAME_BYTES });
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      for (const frame of reader.push(chunk)) {
        const packet = decodeFrame(frame, text);
        peer.packets.push(packet);
        const bytes = this.#reply(packet);
        if (bytes) socket.write(bytes);
      }
    });
  }

  #reply(packet: LghvPacket): Uint8Array | undefined {
    if (packet.type === 'bind') {
      const rates = { tpsSms: 100, tpsLms: 50, tpsMms: 0, tpsKko: 0, tpsKkf: 0 };
      return encodeFrame('BIND_ACK', bindAck, { result: this.bindResult, ...rates });
    }
    if (packet.type === 'linkCheck') return encodeFrame('LINK_ACK', linkAck, { result: '0' });
    return this.answer(packet);
  }
}

function listen(server: Server | ReturnType<typeof createHttpServer>): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** An ack of this result for every DELIVER. */
const ackWith =
  (result: string, msgMsec = 0) =>
  (packet: LghvPacket): Uint8Array | undefined => {
    if (packet.type !== 'deliverSms' && packet.type !== 'deliverLms') return undefined;
    const { msgId, destAddr } = packet.values;
    const deliverType = packet.type === 'deliverSms' ? 'SMS' : 'LMS';
    return encodeFrame('DELIVER_ACK', deliverAck, { result, deliverType, msgId, msgMsec, destAddr });
  };

const reportOf = (msgId: string) =>
  encodeFrame('REPORT', report, {
    result: '6',
    deliverType: 'SMS',
    rtnType: 'SMS',
    msgId,
    deliverTime: '20251122103000',
    netId: 'SKT',
  });

let gateway = new ScriptedGateway();
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
  gateway.stop();
  gateway = new ScriptedGateway();
});

/** What the fleet gives a line, with everything that the line told it. */
function setUp() {
  const events: LineEvent[] = [];
  const notices: Notice[] = [];
  const store: { onNotice: (notice: Notice) => Promise<void> } = { onNotice: () => Promise.resolve() };
  const deps: LineDeps = {
    identity: { gateway: 'hellovision', account: 'demo', agent: 'S1' },
    clock: systemClock,
    random: () => 0,
    fleetNow: Date.now,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    mayWrite: () => true,
    onEvent(event) {
      events.push(event);
    },
    onNotice(notice) {
      notices.push(notice);
      return store.onNotice(notice);
    },
    agentsOfAccount: 1,
    memory: new LocalMemory(),
  };
  /** Resolves when the condition holds, whichever end of the connection it is about. */
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const started = performance.now();
      const poll = () => {
        if (holds()) resolve();
        else if (performance.now() - started > LIMIT_MS) reject(new Error('the condition did not come true'));
        else setImmediate(poll);
      };
      poll();
    });
  return { deps, events, notices, store, until };
}

async function submit(line: SendLine, channel: 'sms' | 'lms', wireId: string) {
  const prepared = line.prepare(messageOf({ channel }), wireId);
  const slot = line.reserve(channel);
  if (!slot) throw new Error('no slot');
  return slot.write(prepared);
}

describe('a SEND line', () => {
  it('asks GRANT once, logs in on every server, and sends each channel over its own', async () => {
    const config = await gateway.start('smsclient1', 'mmsclient1');
    const { deps, until } = setUp();
    gateway.answer = ackWith('0');
    const line = openSendLine(config, deps);
    closing.push(() => line.close('test-over'));
    expect(line.status().sessions).toEqual([expect.objectContaining({ name: 'grant', state: 'connecting' })]);
    await until(() => line.isOpen('sms') && line.isOpen('lms'));
    await until(() => line.nextAt('sms') <= deps.clock.now() && line.nextAt('lms') <= deps.clock.now());
    expect(await submit(line, 'sms', '1')).toEqual({ kind: 'accepted', code: '0' });
    expect(await submit(line, 'lms', '2')).toEqual({ kind: 'accepted', code: '0' });
    expect(gateway.grants).toBe(1);
    expect(gateway.received('smsclient1').map((packet) => packet.type)).toEqual(['bind', 'deliverSms']);
    expect(gateway.received('mmsclient1').map((packet) => packet.type)).toEqual(['bind', 'deliverLms']);
    expect(gateway.received('smsclient1')[0]).toMatchObject({ values: { lineType: 'S', agentId: 'S1' } });
    expect(Object.keys(line.status().rates)).toEqual(['sms', 'lms']);
    expect(line.status().sessions.map((session) => session.name)).toEqual([
      'send@smsclient1',
      'send@mmsclient1',
    ]);
  });

  it('pauses the type that is over its rate, and no other', async () => {
    const config = await gateway.start('smsclient1', 'mmsclient1');
    const { deps, until } = setUp();
    gateway.answer = ackWith('15', 9_000_000);
    const line = openSendLine(config, deps);
    closing.push(() => line.close('test-over'));
    await until(() => line.nextAt('sms') <= deps.clock.now() && line.nextAt('lms') <= deps.clock.now());
    expect(await submit(line, 'sms', '1')).toEqual({ kind: 'throttled', code: '15', pauseMs: 9000 });
    expect(line.nextAt('sms') - deps.clock.now()).toBeGreaterThan(8000);
    await until(() => line.nextAt('lms') <= deps.clock.now());
  });

  it('asks GRANT again after a lost connection, before the next login', async () => {
    const config = await gateway.start('smsclient1');
    const { deps, until } = setUp();
    const line = openSendLine(config, deps);
    closing.push(() => line.close('test-over'));
    await until(() => line.nextAt('sms') <= deps.clock.now());
    const lost = submit(line, 'sms', '1');
    await until(() => gateway.received('smsclient1').length === 2);
    gateway.peer('smsclient1').socket.destroy();
    expect(await lost).toEqual({ kind: 'unknown', why: 'connectionLost' });
    await until(() => line.isOpen('sms'));
    expect(gateway.grants).toBe(2);
    expect(gateway.peers.get('smsclient1')).toHaveLength(2);
  });

  it('tells of a refused login with its code, and waits', async () => {
    const config = await gateway.start('smsclient1');
    const { deps, events, until } = setUp();
    gateway.bindResult = '5';
    const line = openSendLine({ ...config, loginRetry: 10_000 }, deps);
    closing.push(() => line.close('test-over'));
    await until(() => line.status().sessions[0]?.state === 'backingOff');
    expect(events).toContainEqual({
      kind: 'loginRefused',
      session: 'send@smsclient1',
      code: '5',
      repeated: 1,
    });
  });

  it('tells of a refused GRANT under its own name', async () => {
    const config = await gateway.start('smsclient1');
    const { deps, events, until } = setUp();
    gateway.grantAnswer = 'FAIL : NOT FOUND AGENT';
    const line = openSendLine(config, deps);
    closing.push(() => line.close('test-over'));
    await until(() => events.length > 0);
    expect(events[0]).toEqual({
      kind: 'loginRefused',
      session: 'grant',
      code: 'not-found-agent',
      repeated: 1,
    });
    expect(line.status().sessions).toEqual([
      expect.objectContaining({ name: 'grant', state: 'backingOff', reason: 'grant-refused' }),
    ]);
  });

  it('ends a connection on garbage, with a reason', async () => {
    const config = await gateway.start('smsclient1');
    const { deps, events, until } = setUp();
    const line = openSendLine(config, deps);
    closing.push(() => line.close('test-over'));
    await until(() => line.isOpen('sms'));
    gateway.peer('smsclient1').socket.write('HTTP/1.1 400 Bad Request\r\n\r\n');
    await until(() => events.some((event) => event.kind === 'session' && event.from === 'ready'));
    expect(events).toContainEqual({
      kind: 'session',
      session: 'send@smsclient1',
      from: 'ready',
      to: 'backingOff',
      reason: 'bad-length',
    });
  });

  it('drains: no more slots, and the connections closed', async () => {
    const config = await gateway.start('smsclient1');
    const { deps, until } = setUp();
    gateway.answer = ackWith('0');
    const line = openSendLine(config, deps);
    await until(() => line.nextAt('sms') <= deps.clock.now());
    await line.drain(1000);
    expect(line.reserve('sms')).toBeUndefined();
    expect(line.status().sessions.every((session) => session.state === 'closed')).toBe(true);
    await until(() => gateway.peer('smsclient1').socket.readableEnded === true);
  });
});

describe('a report line', () => {
  it('acknowledges a report only after it was stored', async () => {
    const config = await gateway.start('smsclient1', 'mmsclient1');
    const { deps, notices, store, until } = setUp();
    const releases: (() => void)[] = [];
    store.onNotice = () => new Promise((resolve) => releases.push(resolve));
    const line = openReportLine(config, deps);
    closing.push(() => line.close('test-over'));
    expect(line.isOpen()).toBe(false);
    await until(() => line.isOpen());
    expect(gateway.received('mmsclient1')).toEqual([
      expect.objectContaining({ type: 'bind', values: expect.objectContaining({ lineType: 'R' }) }),
    ]);
    gateway.peer('smsclient1').socket.write(Buffer.concat([reportOf('1'), reportOf('2')]));
    await until(() => notices.length === 2);
    const acknowledged = () =>
      gateway
        .received('smsclient1')
        .flatMap((packet) => (packet.type === 'reportAck' ? [packet.values.msgId] : []));
    expect(acknowledged()).toEqual([]);
    releases[1]?.();
    await until(() => acknowledged().length === 1);
    expect(acknowledged()).toEqual(['2']);
    releases[0]?.();
    await until(() => acknowledged().length === 2);
    expect(acknowledged()).toEqual(['2', '1']);
  });

  it('acknowledges nothing that could not be stored', async () => {
    const config = await gateway.start('smsclient1');
    const { deps, notices, store, until } = setUp();
    store.onNotice = (notice) =>
      notice.kind === 'report' && notice.report.wireId === '1'
        ? Promise.reject(new Error('away'))
        : Promise.resolve();
    const line = openReportLine(config, deps);
    closing.push(() => line.close('test-over'));
    await until(() => line.isOpen());
    gateway.peer('smsclient1').socket.write(Buffer.concat([reportOf('1'), reportOf('2')]));
    await until(() => gateway.received('smsclient1').length === 2);
    expect(notices).toHaveLength(2);
    expect(gateway.received('smsclient1')[1]).toEqual({ type: 'reportAck', values: { msgId: '2' } });
  });

  it('is not open while one of its servers is not logged in', async () => {
    const config = await gateway.start('smsclient1', 'mmsclient1');
    const { deps, until } = setUp();
    const line = openReportLine(config, deps);
    closing.push(() => line.close('test-over'));
    await until(() => line.isOpen());
    gateway.grantAnswer = 'FAIL : ERROR';
    gateway.peer('mmsclient1').socket.destroy();
    await until(() => !line.isOpen());
    expect(
      line
        .status()
        .sessions.map((session) => session.state)
        .sort(),
    ).toEqual(['backingOff', 'ready']);
  });
});
