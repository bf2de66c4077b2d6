import { describe, expect, it } from '@jest/globals';
import { portableCompression } from '@pabal/protocol-smtnt';
import { nodeCompression } from './compression.js';

const bytes = (text: string) => new Uint8Array(Buffer.from(text));

describe('Node’s compression', () => {
  it('and the portable one read each other', () => {
    const json = bytes('{"Header":{"Method":"AliveReq"}}');
    expect(
      bytes(Buffer.from(portableCompression.inflate(nodeCompression.deflate(json), 100)).toString()),
    ).toEqual(json);
    expect(
      bytes(Buffer.from(nodeCompression.inflate(portableCompression.deflate(json), 100)).toString()),
    ).toEqual(json);
  });

  it('gives exactly as much as the limit allows', () => {
    const packed = nodeCompression.deflate(new Uint8Array(5000));
    expect(nodeCompression.inflate(packed, 5000)).toHaveLength(5000);
    expect(() => nodeCompression.inflate(packed, 4999)).toThrow('inflate-too-long: more than 4999 bytes');
  });

  it.each([
    ['nothing', new Uint8Array(0), 'Z_BUF_ERROR'],
    ['what is no zlib', bytes('abc'), 'Z_DATA_ERROR'],
    ['a packing cut short', nodeCompression.deflate(bytes('hello')).slice(0, -2), 'Z_BUF_ERROR'],
  ])('refuses %s', (_name, packed, code) => {
    expect(() => nodeCompression.inflate(packed, 100)).toThrow(`inflate-failed: ${code}`);
  });
});
