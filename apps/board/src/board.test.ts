import { describe, expect, it } from '@jest/globals';
import { createLogger } from '@pabal/runtime';
import { startBoard } from './board.js';

const log = createLogger({ level: 'silent', name: 'test' });

function start(board: { host?: string; passwordHash?: string }) {
  return startBoard({
    config: {
      routes: {},
      gateways: {},
      replies: [],
      redis: { prefix: 'pabal' },
      board: { host: '127.0.0.1', port: 0, user: 'pabal', ...board },
    },
    log,
  });
}

describe('starting a board', () => {
  it('is refused where others could see it without a password', async () => {
    await expect(start({ host: '0.0.0.0' })).rejects.toMatchObject({
      code: 'config',
      message: expect.stringContaining('board.password: is required unless board.host is a loopback address'),
    });
  });

  it('is refused with a hash that nobody could match, without showing it', async () => {
    const refusal = start({ passwordHash: 'plain-secret' });
    await expect(refusal).rejects.toMatchObject({
      code: 'config',
      message: expect.stringContaining('board.passwordHash: must be $scrypt$'),
    });
    await expect(refusal).rejects.not.toMatchObject({ message: expect.stringContaining('plain-secret') });
  });
});
