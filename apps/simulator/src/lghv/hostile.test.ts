import { describe, expect, it } from '@jest/globals';
import { createRandom } from '../common/index.js';
import { createCipher } from './crypto.js';
import { deliverType, readDeliver } from './deliver.js';
import type { DeliverContext } from './deliver-reader.js';
import { FrameReader } from './frames.js';
import { DEFAULT_CRYPTO } from './options.js';
import { LGHV_RULES } from './rules.js';
import { deliverPacket, imagePart, kakaoBody, kkoBody, mmsBody, part, textPart } from './testing/bodies.js';
import { aes } from './testing/raw-client.js';
import { deliverBody } from './testing/world.js';

const SEED = 20260105;
const ROUNDS = 4_000;
const cipher = createCipher(DEFAULT_CRYPTO.key, DEFAULT_CRYPTO.iv);
const BUTTONS = '"button":[{"name":"open","type":"WL","url_mobile":"https://m.example.kr"}]';
const hidden = { encode: '9', to: aes('01012345678'), from: aes('0212345678') };

/** Good packets of every type, plain and encrypted. */
const PACKETS = [
  deliverBody(),
  deliverBody({ ...hidden, text: aes('hello') }),
  deliverBody({ type: 'LMS', subject: 'subject' }),
  mmsBody(),
  mmsBody({ type: 'KFI', parts: [textPart(), imagePart(), part({ dataType: 'z', data: BUTTONS })] }),
  mmsBody({ ...hidden, type: 'KFW', senderKey: aes('key'), parts: [textPart(aes('hello')), imagePart()] }),
  kkoBody({ fallback: 'SMS', smsMsg: 'short' }),
  kakaoBody({ buttons: BUTTONS, extend: '{"ad_flag":"Y","item":{"list":[{},{}]}}' }),
].map((body) => deliverPacket(body));

function contextOf(broken: string[]): DeliverContext {
  return {
    cipher,
    charset: 'cp949',
    resellerRequired: false,
    breach: (rule) => broken.push(rule),
    note: () => undefined,
    keptImage: () => undefined,
    contentOf: () => undefined,
  };
}

/** Reads a packet as a session does, and answers how many rules it broke. */
function judge(bytes: Buffer): { heldBytes: number; broken: string[]; codes: string[] } {
  const broken: string[] = [];
  const codes: string[] = [];
  const reader = new FrameReader({
    frame: (frame) => {
      const type = frame.type === 'd' ? deliverType(frame.body) : undefined;
      if (!type) return true;
      const before = broken.length;
      const { code, extra } = readDeliver(type, frame, contextOf(broken));
      codes.push(code);
      // What broke a rule is never accepted, and what is kept can be shown.
      if (broken.length > before) expect(code).not.toBe('0');
      expect(JSON.stringify(extra).length).toBeLessThan(40_000);
      return frame.whole;
    },
    breach: (rule) => broken.push(rule),
    lost: (rule) => broken.push(rule),
  });
  reader.push(bytes);
  return { heldBytes: reader.heldBytes, broken, codes };
}

describe('hostile bytes', () => {
  it('are the good packets before anything is changed, but for the empty items', () => {
    expect(PACKETS.map((packet) => judge(packet).broken)).toEqual([
      ...Array.from({ length: 7 }, () => []),
      ['extend-shape', 'extend-shape'],
    ]);
  });

  it(`break rules of the table and nothing else (seed ${SEED})`, () => {
    const random = createRandom(SEED);
    const pick = (below: number) => Math.floor(random() * below);
    for (let round = 0; round < ROUNDS; round++) {
      let bytes = Buffer.from(PACKETS[pick(PACKETS.length)] as Buffer);
      for (let changes = 1 + pick(4); changes > 0; changes--) {
        const at = pick(bytes.length);
        const way = pick(4);
        if (way === 0) bytes[at] = pick(256);
        else if (way === 1) bytes[at] = 0x30 + pick(10);
        else if (way === 2) bytes = bytes.subarray(0, at);
        else bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(pick(bytes.length))]);
        if (bytes.length === 0) break;
      }
      const { heldBytes, broken } = judge(bytes);
      expect(heldBytes).toBeLessThanOrEqual(bytes.length);
      for (const rule of broken) expect(LGHV_RULES).toHaveProperty(rule);
    }
  });

  it('nest JSON as deep as a part allows, and are kept by nobody', () => {
    const deep = part({ dataType: 'z', data: `"button":${'['.repeat(150_000)}${']'.repeat(150_000)}` });
    const { broken, codes } = judge(deliverPacket(mmsBody({ type: 'KFI', parts: [imagePart(), deep] })));
    expect([codes, new Set(broken).has('button-shape')]).toEqual([['3'], true]);
    const extend = `{"title":${'['.repeat(4_000)}${']'.repeat(4_000)}}`;
    expect(judge(deliverPacket(kakaoBody({ extend }))).codes).toEqual(['3']);
  });
});
