import type { HostileProtocol } from './harness/protocol.js';
import { lghv } from './lghv/protocol.js';
import { smtnt } from './smtnt/protocol.js';

export const PROTOCOLS: readonly HostileProtocol[] = [lghv, smtnt];
