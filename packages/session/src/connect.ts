import { connect as connectTcp } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Endpoint } from './dialect.js';

/** Opens a stream that emits `connect` when it may be written. A parameter, so that tests need no port. */
export type Connect = (endpoint: Endpoint) => Duplex;

/** A TCP connection without Nagle's delay, probed by the kernel when it is silent. */
export const tcpConnect: Connect = ({ host, port }) =>
  connectTcp({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 15_000 });
