/** A gateway on loopback that does what a test tells it to, and the fleet's side of a line. */
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import {
  bindAck,
  decodeFrame,
  deliverAck,
  deliverHeaderReader,
  encodeFrame,
  type LghvPacket,
  linkAck,
  MAX_DELIVER_FRAME_BYTES,
} from '@pabal/protocol-lghv';
import { type LineDeps, type LineEvent, type Notice, type SharedMemory, systemClock } from '@pabal/session';
import { LocalMemory } from '@pabal/session/testing';
import { FrameReader } from '@pabal/wire';
import type { LghvConfig } from '../config.js';
import { configOf, textOptions } from './values.js';

const LIMIT_MS = 5000;

/** One end of a connection that our side opened. */
export interface Peer {
  readonly socket: Socket;
  readonly packets: LghvPacket[];
}

/** A gateway of one server per name, that logs everyone in until `answer` says otherwise. */
export class ScriptedGateway {
  readonly peers = new Map<string, Peer[]>();
  grants = 0;
  grantAnswer: string | undefined;
  bindResult = '0';
  rates = { tpsSms: 100, tpsLms: 50, tpsMms: 20, tpsKko: 40, tpsKkf: 30 };
  /** LINK_CHECK goes unanswered. */
  mute = false;
  /** Answers go out a byte at a time. */
  splitting = false;
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
    const reader = new FrameReader({
      header: deliverHeaderReader(true),
      maxFrameBytes: MAX_DELIVER_FRAME_BYTES,
    });
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      for (const frame of reader.push(chunk)) {
        const packet = decodeFrame(frame, textOptions);
        peer.packets.push(packet);
        const bytes = this.#reply(packet);
        for (const part of bytes ? this.#chunks(bytes) : []) socket.write(part);
      }
    });
  }

  #chunks(bytes: Uint8Array): readonly Uint8Array[] {
    return this.splitting ? [...bytes].map((byte) => Uint8Array.of(byte)) : [bytes];
  }

  #reply(packet: LghvPacket): Uint8Array | undefined {
    if (packet.type === 'bind') {
      return encodeFrame('BIND_ACK', bindAck, { result: this.bindResult, ...this.rates });
    }
    if (packet.type === 'linkCheck' && this.mute) return undefined;
    if (packet.type === 'linkCheck') return encodeFrame('LINK_ACK', linkAck, { result: '0' });
    return this.answer(packet);
  }
}

function listen(server: Server | ReturnType<typeof createHttpServer>): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** What a DELIVER_ACK repeats of its DELIVER; undefined of any other packet. */
function deliverOf(packet: LghvPacket) {
  switch (packet.type) {
    case 'deliverSms':
    case 'deliverInternationalSms':
      return { ...packet.values, deliverType: 'SMS' };
    case 'deliverLms':
      return { ...packet.values, deliverType: 'LMS' };
    case 'deliverMms':
      return { ...packet.values, deliverType: 'MMS' };
    case 'deliverKko':
      return { ...packet.values, deliverType: 'KKO' };
    case 'deliverKakao':
    case 'deliverKakaoImage':
      return packet.values;
    default:
      return undefined;
  }
}

/** An ack of this result for every DELIVER. */
export const ackWith =
  (result: string, msgMsec = 0) =>
  (packet: LghvPacket): Uint8Array | undefined => {
    const deliver = deliverOf(packet);
    if (!deliver) return undefined;
    const { deliverType, destAddr, msgId } = deliver;
    return encodeFrame('DELIVER_ACK', deliverAck, { result, deliverType, msgId, msgMsec, destAddr });
  };

/** Resolves when the condition holds, whichever end of the connection it is about. */
export function until(holds: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const poll = () => {
      if (holds()) resolve();
      else if (performance.now() - started > LIMIT_MS) reject(new Error('the condition did not come true'));
      else setImmediate(poll);
    };
    poll();
  });
}

/** What the fleet gives a line, with everything that the line told it. */
export function fleetOf(memory: SharedMemory = new LocalMemory()) {
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
    agentsOfAccount: ['S1'],
    memory,
  };
  return { deps, events, notices, store };
}
