import { describe, expect, it } from '@jest/globals';
import { encodeDeliver } from '@pabal/protocol-lghv';
import { chooseSubmit, findPacket, repeatWords } from './captured.js';
import type { Captured } from './simulator-admin.js';
import { submit } from './testing/journeys.js';

/** A DELIVER SMS as a simulator captured it. */
function captured(msgId: string, at: number): Captured {
  const numbers = { msgId, destAddr: '01000001234', callback: '07000001001' };
  const bytes = encodeDeliver(
    { deliverType: 'SMS', gubun: '0', ...numbers, text: '안녕하세요' },
    { text: { charset: 'cp949', unmappable: 'reject' }, encode: '0' },
  );
  return { at, hex: Buffer.from(bytes).toString('hex') };
}

describe('a packet to be explained', () => {
  it('is of the most telling type that was accepted, and the one that carries most', () => {
    const plain = submit('hellovision', 'a', { type: 'KKT' });
    const rich = submit('hellovision', 'b', { type: 'KKT', extra: { BTN_DATA: [] } });
    const refused = submit('hellovision', 'c', { ...rich, verdict: 'refused', extra: { a: 1, b: 2 } });
    const sms = submit('hellovision', 'd');
    const other = submit('smtnt', 'e', { type: '4' });
    expect(chooseSubmit([sms, plain, refused, rich, other], 'hellovision')).toBe(rich);
    expect(chooseSubmit([sms, other], 'hellovision')).toBe(sms);
    expect(chooseSubmit([sms], 'smtnt')).toBeUndefined();
  });

  it('is the frame that names the wire id, the nearest in time where there are several', () => {
    const frames = [captured('17', 1), captured('18', 2), captured('17', 900), captured('19', 1_000)];
    expect(findPacket(frames, submit('hellovision', '17', { at: 1_000 }))).toBe(frames[2]);
    expect(findPacket(frames, submit('hellovision', '7'))).toBeUndefined();
  });
});

describe('what to type to see a packet again', () => {
  it('names the files of a demo that stays', () => {
    const words = [
      'lghv',
      '/tmp/x/hellovision-KKT.hex',
      '--config',
      '/tmp/x/c.yaml',
      '--gateway',
      'hellovision',
    ];
    expect(repeatWords(words, 'ab', true).at(-1)).toBe(`  npx pabal decode ${words.join(' ')}`);
  });

  it('holds the bytes themselves where they are few and need no key', () => {
    expect(repeatWords(['smtnt', 'x.hex'], 'ab12', false).at(-1)).toBe('  npx pabal decode smtnt --hex ab12');
    expect(repeatWords(['smtnt', 'x.hex'], 'ab'.repeat(601), false).join('\n')).toContain('601 bytes');
    expect(repeatWords(['lghv', 'x.hex'], 'ab12', false).join('\n')).toContain('--keep');
  });
});
