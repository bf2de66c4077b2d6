import { describe, expect, it } from '@jest/globals';
import { fileId, isFileId } from './file-id.js';

describe('the id of a file', () => {
  it('is the SHA-256 of its bytes in base64url', () => {
    // FIPS 180-4's example for "abc": ba7816bf 8f01cfea 414140de 5dae2223 b00361a3 96177a9c b410ff61 f20015ad
    expect(fileId(new TextEncoder().encode('abc'))).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
  });

  it('is told from anything else', () => {
    expect(isFileId('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0')).toBe(true);
    for (const other of ['', 'a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}:`, `${'a'.repeat(43)}\n`]) {
      expect(isFileId(other)).toBe(false);
    }
  });
});
