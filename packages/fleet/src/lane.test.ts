import { describe, expect, it } from '@jest/globals';
import { Lane } from './lane.js';
import { testEntry } from './testing/entries.js';

const queue = { kind: 'send', route: 'default', channel: 'sms' } as const;
const now = () => 'now' as const;

function drain(lane: Lane, at = 0): string[] {
  const ids: string[] = [];
  for (let entry = lane.take(at, now); entry; entry = lane.take(at, now)) ids.push(entry.message.id);
  return ids;
}

describe('a lane', () => {
  it('gives in the order of coming, what is not bulk before what is', () => {
    const lane = new Lane(queue);
    for (const [id, priority] of [
      ['bulk-1', 'bulk'],
      ['normal-1', 'normal'],
      ['bulk-2', 'bulk'],
      ['normal-2', 'normal'],
    ] as const) {
      lane.add(testEntry({ id, priority }));
    }
    expect(lane.size).toBe(4);
    expect(drain(lane)).toEqual(['normal-1', 'normal-2', 'bulk-1', 'bulk-2']);
    expect(lane.size).toBe(0);
  });

  it('gives first of its class what was put back', () => {
    const lane = new Lane(queue);
    lane.add(testEntry({ id: 'a' }));
    lane.add(testEntry({ id: 'b' }));
    const first = lane.take(0, now);
    if (first) lane.putBack(first);
    expect(drain(lane)).toEqual(['a', 'b']);
  });

  it('sets aside what has to wait, and gives the others meanwhile', () => {
    const lane = new Lane(queue);
    for (const id of ['slow', 'quick']) lane.add(testEntry({ id }));
    const look = ({ message }: { message: { id: string } }) => (message.id === 'slow' ? 500 : 'now');
    expect(lane.take(0, look)?.message.id).toBe('quick');
    expect(lane.take(0, look)).toBeUndefined();
    expect([lane.size, lane.nextWake(), lane.hasReady(499), lane.hasReady(500)]).toEqual([
      1,
      500,
      false,
      true,
    ]);
    expect(lane.nextWake()).toBe(Number.POSITIVE_INFINITY);
  });

  it('tells how many of a job queue no line may take now, until they may be looked at again', () => {
    const lane = new Lane(queue);
    for (const id of ['a', 'b']) lane.add(testEntry({ id }));
    lane.setAside(testEntry({ id: 'redis-was-away' }), 500);
    const name = testEntry().job.queue;
    expect(lane.take(0, () => 500)).toBeUndefined();
    expect([lane.size, lane.resting(name), lane.resting('another')]).toEqual([3, 2, 0]);
    expect(lane.hasReady(500)).toBe(true);
    expect(lane.resting(name)).toBe(0);
  });

  it('wakes those that waited, the earliest first, before those that came later', () => {
    const lane = new Lane(queue);
    lane.setAside(testEntry({ id: 'b' }), 200);
    for (const id of ['a-1', 'a-2', 'a-3']) lane.setAside(testEntry({ id }), 100);
    lane.setAside(testEntry({ id: 'later' }), 900);
    lane.add(testEntry({ id: 'new' }));
    expect(drain(lane, 300)).toEqual(['a-1', 'a-2', 'a-3', 'b', 'new']);
    expect(lane.size).toBe(1);
  });

  it('leaves where it is what the line can never carry', () => {
    const lane = new Lane(queue);
    for (const id of ['never', 'now']) lane.add(testEntry({ id }));
    const look = ({ message }: { message: { id: string } }) => (message.id === 'never' ? 'never' : 'now');
    expect(lane.take(0, look)?.message.id).toBe('now');
    expect(drain(lane)).toEqual(['never']);
  });

  it('looks at a limited number for one turn', () => {
    const lane = new Lane(queue);
    for (let i = 0; i < 1_000; i++) lane.add(testEntry({ id: `m${i}` }));
    let looks = 0;
    lane.take(0, () => {
      looks++;
      return 'never';
    });
    expect(looks).toBe(64);
    expect(lane.size).toBe(1_000);
    expect(lane.brokeOff).toBe(false); // the next turn would find the same
  });

  it('tells when a turn broke off behind many that must wait, so that those behind them need not', () => {
    const lane = new Lane(queue);
    for (let i = 0; i < 65; i++) lane.add(testEntry({ id: `m${i}` }));
    const look = ({ message }: { message: { id: string } }) => (message.id === 'm64' ? 'now' : 500);
    expect([lane.take(0, look), lane.brokeOff]).toEqual([undefined, true]);
    expect([lane.take(0, look)?.message.id, lane.brokeOff]).toEqual(['m64', false]);
  });

  it('takes out what is asked for, wherever it stands, and keeps the order of the rest', () => {
    const lane = new Lane(queue);
    for (const id of ['a', 'x1', 'b']) lane.add(testEntry({ id }));
    lane.add(testEntry({ id: 'x2', priority: 'bulk' }));
    lane.setAside(testEntry({ id: 'x3' }), 100);
    lane.setAside(testEntry({ id: 'c' }), 100);
    expect(lane.remove(({ message }) => message.id.startsWith('x')).map(({ message }) => message.id)).toEqual(
      ['x1', 'x2', 'x3'],
    );
    expect(drain(lane, 100)).toEqual(['c', 'a', 'b']);
  });

  it('is empty once cleared', () => {
    const lane = new Lane(queue);
    lane.add(testEntry({ id: 'a' }));
    lane.setAside(testEntry({ id: 'b' }), 100);
    expect(lane.clear()).toHaveLength(2);
    expect([lane.size, lane.nextWake()]).toEqual([0, Number.POSITIVE_INFINITY]);
  });
});
