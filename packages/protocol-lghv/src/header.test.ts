import { describe, expect, it } from '@jest/globals';
import { FieldError, FrameReader, fromHex, ProtocolError, packet, variableText } from '@pabal/wire';
import { encodeFrame, hasIntactTail, headerReader, MAX_FRAME_BYTES } from './header.js';

const read = (hex: string, strictTail = false) =>
  [
    ...new FrameReader({ header: headerReader(strictTail), maxFrameBytes: MAX_FRAME_BYTES }).push(
      fromHex(hex),
    ),
  ].map((frame) => frame.body.length);

describe('the header', () => {
  it.each([
    ['NUL-padded', '35000000'],
    ['zero-padded', '30303035'],
    ['space-padded on the right', '35202020'],
    ['space-padded on the left', '20202035'],
  ])('is read with a MSGLEN that is %s', (_padding, msgLen) => {
    expect(read(`4c${msgLen}00feff3000000000`)).toEqual([5]);
  });

  it.each([
    '2d350000',
    '35780000',
    'ffffffff',
    '31 2e 35 00',
    '00000000',
    '20202020',
    '00313030',
    '20003130',
  ])('is refused with a MSGLEN of %s', (msgLen) => {
    expect(() => read(`4c${msgLen}00feff`)).toThrow(new ProtocolError('bad-length'));
  });

  it('is read with a tail that a charset has damaged, and refused with it where that is asked for', () => {
    const damaged = '4c 35000000 003f3f 3000000000';
    expect(read(damaged)).toEqual([5]);
    expect(() => read(damaged, true)).toThrow(new ProtocolError('bad-tail'));
    expect(hasIntactTail(fromHex(damaged))).toBe(false);
    expect(hasIntactTail(fromHex('4c 35000000 00feff'))).toBe(true);
  });

  it('is not written over a body that four digits cannot count', () => {
    const long = packet('long', [variableText('text', { maxBytes: 20_000 })]);
    expect(encodeFrame('DELIVER', long, { text: 'a'.repeat(9999) })).toHaveLength(10_007);
    expect(() => encodeFrame('DELIVER', long, { text: 'a'.repeat(10_000) })).toThrow(
      new FieldError('msgLen', 'max-value', 9999, 10_000),
    );
  });
});
