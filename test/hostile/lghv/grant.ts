/** Answers to GRANT (1.3.1): JSON of any shape, damaged JSON, and texts that are long where a pattern may look too often. */
import { parseGrantAnswer } from '@pabal/protocol-lghv';
import { ProtocolError } from '@pabal/wire';
import { WrongVerdict } from '../harness/protocol.js';
import type { Random } from '../harness/random.js';

const LONGEST = 65_536;
const LETTERS = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  ' ',
  '\\',
  'a',
  '1',
  '\u0000',
  '가',
  'FAIL',
  'serverInfo',
  'sid',
];

/** @throws WrongVerdict where an answer is taken for servers that it does not name. */
export function judgeGrant(random: Random): void {
  const text = answer(random);
  try {
    const parsed = parseGrantAnswer(text);
    if (parsed.kind === 'failed') {
      if (!/^"*FAIL/.test(text.trim())) throw new WrongVerdict('GRANT was taken for a failure');
      return;
    }
    for (const { ip, port, sid } of parsed.servers) {
      const isServer = sid !== '' && ip !== '' && Number.isInteger(port) && port >= 1 && port <= 65_535;
      if (!isServer || !text.includes(sid)) throw new WrongVerdict('GRANT named a server that is none');
    }
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
  }
}

function answer(random: Random): string {
  switch (random.below(4)) {
    case 0:
      return JSON.stringify({ serverInfo: value(random, 4) });
    case 1: {
      const whole = JSON.stringify({ serverInfo: [server(random), server(random)] });
      const at = random.below(whole.length);
      return whole.slice(0, at) + random.pick(LETTERS) + whole.slice(at + random.below(3));
    }
    case 2:
      return Array.from({ length: random.below(40) }, () => random.pick(LETTERS)).join('');
    default: {
      const size = random.chance(0.02) ? LONGEST : random.below(200);
      return (
        random.pick(['a', 'FAIL :', '{', '']) + random.pick(LETTERS).repeat(size) + random.pick(['a', ''])
      );
    }
  }
}

/** Mostly one that a gateway may name. */
function server(random: Random): object {
  const or = (usual: unknown) => (random.chance(0.1) ? value(random, 2) : usual);
  return {
    sid: or(`smsclient${random.below(9)}`),
    ip: or('192.0.2.7'),
    port: or(random.chance(0.5) ? '5001' : random.below(70_000)),
    status: or(random.pick(['Y', 'N', 'R'])),
  };
}

/** JSON of any shape. */
function value(random: Random, depth: number): unknown {
  const kind = random.below(depth > 0 ? 8 : 5);
  if (kind === 0) return null;
  if (kind === 1) return random.chance(0.5);
  if (kind === 2) return random.pick([0, -1, 1.5, 5001, 1e300]);
  if (kind < 5) return random.pick(['', 'Y', '5001', '192.0.2.7', '"', '가']);
  if (kind === 5) return server(random);
  const items = Array.from({ length: random.below(4) }, () => value(random, depth - 1));
  return kind === 6 ? items : Object.fromEntries(items.map((item, index) => [`key${index}`, item]));
}
