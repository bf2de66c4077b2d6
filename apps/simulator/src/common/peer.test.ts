import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Faults } from './faults.js';
import { type Listener, listen } from './listener.js';
import { Peer } from './peer.js';

describe('peer', () => {
  const faults = new Faults(Math.random);
  let listener: Listener;
  let client: Socket;
  let peer: Peer;

  beforeEach(async () => {
    faults.clear();
    let hand: (socket: Socket) => void = () => undefined;
    const accepted = new Promise<Socket>((resolve) => {
      hand = resolve;
    });
    listener = await listen(0, '127.0.0.1', (socket) => hand(socket));
    client = connect(listener.port, '127.0.0.1');
    peer = new Peer(await accepted, faults);
  });

  afterEach(async () => {
    client.destroy();
    await listener.close();
  });

  const received = async () => {
    const chunks: Buffer[] = [];
    client.on('data', (chunk) => chunks.push(chunk));
    await once(client, 'close');
    return Buffer.concat(chunks).toString();
  };

  it('writes packets in order and closes after the last', async () => {
    const text = received();
    peer.send(Buffer.from('one '));
    peer.send(Buffer.from('two'));
    peer.end();
    peer.send(Buffer.from('never'));
    expect(await text).toBe('one two');
  });

  it('splits a packet into its bytes and keeps the order of what follows', async () => {
    faults.set('splitEveryByte', { count: 1 });
    const text = received();
    peer.send(Buffer.from('first'));
    setImmediate(() => {
      peer.send(Buffer.from(' second'));
      peer.end();
    });
    expect(await text).toBe('first second');
    expect(faults.list()).toMatchObject([{ struck: 1 }]);
  });

  it('splits a packet to its last byte though it is ended in the same turn', async () => {
    faults.set('splitEveryByte', { count: 1 });
    const text = received();
    peer.send(Buffer.from('the last word'));
    peer.end();
    expect(await text).toBe('the last word');
  });
});
