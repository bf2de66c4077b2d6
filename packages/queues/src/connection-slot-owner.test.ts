import { describe, expect, it } from '@jest/globals';
import { readClusterNodes } from './connection-slot-owner.js';

const asked = { host: '10.0.0.9', port: 7009 };
const line = (place: string, flags: string, epoch: number, ...slots: string[]) =>
  ['0'.repeat(40), place, flags, '-', '0', '0', epoch, 'connected', ...slots].join(' ');

describe('what a cluster node tells of its cluster', () => {
  it('names every node, and the master of the slot with its epoch', () => {
    const text = [
      line('10.0.0.1:7001@17001,a.test', 'myself,master', 4, '0-5460'),
      line('10.0.0.2:7002@17002,b.test', 'master', 7, '5461', '5463-10922', '[93-<-abc]'),
      line('10.0.0.3:7003@17003', 'slave', 7),
      '',
    ].join('\n');
    const { nodes, owner } = readClusterNodes(text, 5_461, asked);
    expect(nodes.map(({ port }) => port)).toEqual([7_001, 7_002, 7_003]);
    expect(owner).toEqual({ host: '10.0.0.2', port: 7_002, epoch: 7 });
    expect(readClusterNodes(text, 5_460, asked).owner).toMatchObject({ port: 7_001 });
    // Only said to move there.
    expect(readClusterNodes(text, 93, asked).owner).toMatchObject({ port: 7_001 });
    expect(readClusterNodes(text, 5_462, asked).owner).toBeUndefined();
  });

  it('goes by names where certificates do', () => {
    const text = line('10.0.0.1:7001@17001,a.test', 'myself,master', 4, '0-16383');
    expect(readClusterNodes(text, 0, asked, true).owner).toMatchObject({ host: 'a.test', port: 7_001 });
  });

  it('takes a node that does not know its own address for where it was asked', () => {
    const text = line(':7001@17001', 'myself,master', 0, '0-16383');
    expect(readClusterNodes(text, 0, asked).owner).toEqual({ host: '10.0.0.9', port: 7_001, epoch: 0 });
  });

  it.each(['master,fail', 'master,noaddr', 'handshake'])('does not go to a node that is %s', (flags) => {
    expect(
      readClusterNodes(line('10.0.0.1:7001@17001', flags, 4, '0-16383'), 0, asked).owner,
    ).toBeUndefined();
  });
});
