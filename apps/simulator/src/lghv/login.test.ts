import { afterEach, describe, expect, it } from '@jest/globals';
import { aes, packet, textAt } from './testing/raw-client.js';
import { bindBody, deliver, World } from './testing/world.js';

describe('logging in', () => {
  let world: World;

  afterEach(() => world.stop());

  it('GRANT names both servers with their status as strings', async () => {
    world = await World.start({ serverStatus: { sms: 'Y', mms: 'R' } });
    const { sms, mms } = world.sim.ports;
    expect(JSON.parse(await world.grant())).toEqual({
      serverInfo: [
        { sid: 'smsclient1', ip: '127.0.0.1', port: String(sms), status: 'Y' },
        { sid: 'mmsclient1', ip: '127.0.0.1', port: String(mms), status: 'R' },
      ],
    });
  });

  it('GRANT names the address that it is told to advertise', async () => {
    world = await World.start({ advertise: 'gateway.example' });
    expect(JSON.parse(await world.grant())).toMatchObject({
      serverInfo: [{ ip: 'gateway.example' }, { ip: 'gateway.example' }],
    });
  });

  it('GRANT calls the servers what it is told to', async () => {
    world = await World.start({ serverIds: { sms: 'A1', mms: 'B7' } });
    expect(JSON.parse(await world.grant())).toMatchObject({ serverInfo: [{ sid: 'A1' }, { sid: 'B7' }] });
    await deliver(await world.sender());
    expect(world.sim.submits()[0]?.server).toBe('A1');
  });

  it('GRANT does not know a wrong password, which breaks no rule', async () => {
    world = await World.start();
    const body = new URLSearchParams({ id: aes('demo'), pw: aes('other') });
    expect(await world.grant({ body })).toBe('FAIL : NOT FOUND AGENT');
    expect(world.broken).toEqual({});
  });

  it('BIND_ACK grants the rates in five fields of five bytes', async () => {
    world = await World.start({ tps: { sms: 12345, lms: 50, mms: 9, kko: 8, kkf: 7 } });
    await world.grant();
    const client = await world.connect();
    client.send(packet('b', bindBody()));
    const { type, body } = await client.next();
    expect(type).toBe('B');
    expect(body.toString('latin1').match(/.{5}/gs)).toEqual([
      '0\0\0\0\0',
      '12345',
      '50\0\0\0',
      '9\0\0\0\0',
      '8\0\0\0\0',
      '7\0\0\0\0',
      '\0\0\0\0\0',
      '\0\0\0\0\0',
    ]);
  });

  it('takes an encrypted password', async () => {
    world = await World.start();
    expect((await world.bind({ encode: '1', password: aes('demo-password') })).code).toBe('0');
    expect(world.broken).toEqual({});
  });

  it.each([
    ['an unknown user', { userId: 'nobody' }],
    ['an unknown agent', { agentId: 'X9' }],
    ['a wrong password', { password: 'wrong' }],
  ])('refuses %s with 1 and ends the connection', async (_, values) => {
    world = await World.start();
    await world.grant();
    const { client, code } = await world.bind(values);
    expect(code).toBe('1');
    await client.closed;
  });

  it('refuses a second login of a line with 5 while the first lives, and takes it afterwards', async () => {
    world = await World.start();
    const { client: first } = await world.bind();
    const { client: second, code } = await world.bind();
    expect(code).toBe('5');
    await second.closed;
    first.socket.destroy();
    world.clock.advance(10_000);
    // The server learns of the end when the connection's last packet arrives.
    await expectEventually(() => (world.sim.stats().details.bound as string[]).length === 0);
    expect((await world.bind()).code).toBe('0');
    expect([world.broken, world.sim.stats().notes['bind-ack-5']]).toEqual([{}, 1]);
  });

  it('holds S and R, both servers and every agent apart', async () => {
    world = await World.start();
    const codes: string[] = [];
    for (const agentId of ['S1', 'S2']) {
      for (const line of ['S', 'R']) {
        for (const server of ['sms', 'mms'] as const)
          codes.push((await world.bind({ agentId, line }, server)).code);
      }
    }
    expect(codes).toEqual(Array.from({ length: 8 }, () => '0'));
  });

  it('refuses on demand with the code of the fault', async () => {
    world = await World.start({ faults: { refuseLogin: { value: '4', count: 1 } } });
    expect((await world.bind()).code).toBe('4');
    world.clock.advance(10_000);
    expect((await world.bind()).code).toBe('0');
    expect(world.broken).toEqual({});
  });

  it('wants GRANT again after the gateway ended the connection', async () => {
    world = await World.start();
    const client = await world.sender();
    world.sim.dropConnections();
    await client.closed;
    const again = await world.connect();
    again.send(packet('b', bindBody()));
    expect(textAt((await again.next()).body, 0, 5)).toBe('0');
    expect(world.broken).toEqual({ 'grant-before-bind': 1 });
  });

  it('needs no new GRANT after the client itself ended the connection', async () => {
    world = await World.start();
    const client = await world.sender();
    await deliver(client);
    client.socket.destroy();
    await expectEventually(() => (world.sim.stats().details.bound as string[]).length === 0);
    const again = await world.connect();
    again.send(packet('b', bindBody()));
    expect(textAt((await again.next()).body, 0, 5)).toBe('0');
    expect(world.broken).toEqual({});
  });
});

/** Waits, turn of the loop by turn, for what another socket's end brings about. */
async function expectEventually(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 10_000 && !condition(); turn++)
    await new Promise((resolve) => setImmediate(resolve));
  expect(condition()).toBe(true);
}
