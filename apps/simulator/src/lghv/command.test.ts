import { afterEach, describe, expect, it } from '@jest/globals';
import { type SimulatorHandle, UsageError } from '../common/index.js';
import { lghvCommand } from './command.js';
import { aes, packet, RawClient, textAt } from './testing/raw-client.js';
import { bindBody, deliver } from './testing/world.js';

const start = (...flags: string[]) => lghvCommand.start(['--grant-port', '0', ...flags]);

describe('pabal simulate lghv', () => {
  let handle: SimulatorHandle | undefined;

  afterEach(async () => {
    await handle?.close();
    handle = undefined;
  });

  it('names and marks the servers in GRANT as it is told', async () => {
    handle = await start('--server-ids', 'mms=B7', '--server-status', 'sms=R');
    const body = new URLSearchParams({ id: aes('demo'), pw: aes('demo-password') });
    const answer = await fetch(`http://127.0.0.1:${handle.ports.grant}/goGrant`, { method: 'POST', body });
    expect(await answer.json()).toMatchObject({
      serverInfo: [
        { sid: 'smsclient1', status: 'R' },
        { sid: 'B7', status: 'Y' },
      ],
    });
  });

  it('holds a reseller to RESELLER, and keeps frames where it is told to', async () => {
    handle = await start('--account', 'shop:secret::reseller', '--capture', '5');
    const client = await RawClient.open(handle.ports.sms as number);
    client.send(packet('b', bindBody({ userId: 'shop', password: 'secret' })));
    expect(textAt((await client.next()).body, 0, 5)).toBe('0');
    expect((await deliver(client)).code).toBe('3');
    expect(handle.violations().map(({ rule }) => rule)).toContain('reseller-missing');
    expect(handle.captures().map(({ direction }) => direction)).toEqual([
      'received',
      'sent',
      'received',
      'sent',
    ]);
    client.socket.destroy();
  });

  it.each([
    [['--kakao-server', 'both']],
    [['--server-status', 'lms=Y']],
    [['--server-status', 'sms=X']],
    [['--server-ids', 'sms=']],
    [['--account', 'a:b:S1:owner']],
    [['--capture', '1.5']],
    [['--sms-port', '99999']],
    [['--grant-port', '-1']],
    [['--image-memory', 'x']],
  ])('refuses %j', async (flags) => {
    await expect(start(...flags)).rejects.toThrow(UsageError);
  });
});
