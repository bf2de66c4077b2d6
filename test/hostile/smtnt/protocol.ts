import type { HostileProtocol } from '../harness/protocol.js';
import { explain, hoard, judge } from './judge.js';
import { attacks, validFrame } from './streams.js';

/** SMTNT one-shot, on plain and on encrypted connections, unpacked by Node's zlib and by the portable one. */
export const smtnt: HostileProtocol = {
  name: 'smtnt',
  valid: validFrame,
  attacks,
  judge,
  explain,
  hoard,
};
