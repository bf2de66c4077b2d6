import { describe, expect, it } from '@jest/globals';
import { createRandom } from '../common/index.js';
import { FrameReader } from './frames.js';
import { readPacket } from './packets.js';
import { SMTNT_RULES } from './rules.js';
import { judgeContent } from './submit-content.js';
import { sms } from './testing/raw-client.js';

const rulesOf = (text: string) =>
  readPacket(Buffer.from(text), 'plain').breaches.map((breach) => breach.rule);

describe('SMTNT packets', () => {
  it('finds nothing wrong with the packet of the specification', () => {
    expect(readPacket(Buffer.from('{"Header":{"Method":"AliveReq"}}'), 'plain')).toEqual({
      kind: 'packet',
      packet: { method: 'AliveReq', body: undefined },
      served: true,
      breaches: [],
    });
  });

  it.each([
    ['{"Header":{"Method":"AliveReq"} }', 'json-compact'],
    ['{"Header":{"Method":"AliveReq","Method":"AliveReq"}}', 'json-compact'],
    ['{"Header":{"Method":"Alive\\u0052eq"}}', 'json-compact'],
    ['{"Body":"x","Header":{"Method":"UnBindReq"}}', 'envelope'],
    ['{"Header":{"Method":"UnBindReq"},"Body":"x","Tail":1}', 'envelope'],
    ['{"Header":{}}', 'envelope'],
    ['{"Header":null}', 'envelope'],
    ['{}', 'envelope'],
    ['[]', 'json-syntax'],
    ['null', 'json-syntax'],
    ['', 'json-syntax'],
    ['{"Header":{"Method":"PrivateKeyReq"}}', 'unknown-method'],
    ['{"Header":{"Method":"UploadFileRes"},"Body":{"Result":0}}', 'wrong-direction'],
    ['{"Header":{"Method":"BindRes"},"Body":""}', 'wrong-direction'],
  ])('%s breaks one rule: %s', (text, rule) => {
    expect(rulesOf(text)).toEqual([rule]);
  });

  it('takes PrivateKeyReq on the encrypted port, without a Body', () => {
    const read = (text: string) =>
      readPacket(Buffer.from(text), 'encrypted').breaches.map(({ rule }) => rule);
    expect(read('{"Header":{"Method":"PrivateKeyReq"}}')).toEqual([]);
    expect(read('{"Header":{"Method":"PrivateKeyReq"},"Body":{}}')).toEqual(['unexpected-body']);
  });

  it('survives nesting that is deeper than it could write', () => {
    const depth = 100_000;
    const text = `{"Header":{"Method":"AliveReq"},"Body":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(rulesOf(text)).toContain('json-compact');
  });

  it('answers random bytes and random bodies with breaches, never with an exception', () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const random = createRandom(seed);
    const values = [null, 0, -1, 1.5, 1e300, '', '가', [], {}, true];
    for (let round = 0; round < 500; round++) {
      const bytes = Buffer.from(Array.from({ length: 40 }, () => Math.floor(random() * 256)));
      const prefix = Buffer.from('Content-Length:40\r\n').subarray(0, Math.floor(random() * 20));
      const events = new FrameReader({ maxFrameBytes: 100 }).push(Buffer.concat([prefix, bytes]));
      const packet = readPacket(bytes, 'plain');
      const names = Object.keys(sms());
      const name = names[Math.floor(random() * names.length)] ?? '';
      const judged = judgeContent(sms({ [name]: values[Math.floor(random() * values.length)] }), {});
      const rules = [
        ...events.flatMap((event) => (event.kind === 'breach' ? [event.breach] : [])),
        ...packet.breaches,
        ...judged.breaches,
      ].map((breach) => breach.rule);
      expect({ seed, rules: rules.filter((rule) => !Object.hasOwn(SMTNT_RULES, rule)) }).toEqual({
        seed,
        rules: [],
      });
    }
  });
});
