import { describe, expect, it } from '@jest/globals';
import { Stage } from './stage.js';

describe('a stage', () => {
  it('ends things by phase, whatever the order in which they were started', async () => {
    const stage = new Stage();
    const ended: string[] = [];
    for (const phase of ['files', 'redis', 'workers', 'simulators', 'keys', 'consumers'] as const) {
      await stage.set(phase, () => phase, { end: (name) => ended.push(name) });
    }
    expect(await stage.close()).toEqual([]);
    expect(ended).toEqual(['consumers', 'workers', 'simulators', 'keys', 'redis', 'files']);
  });

  it('ends what was still starting as soon as it stands', async () => {
    const stage = new Stage();
    const ended: string[] = [];
    let stand = (_name: string) => {};
    const starting = new Promise<string>((resolve) => {
      stand = resolve;
    });
    const set = stage.set('redis', () => starting, { end: (name) => ended.push(name) });
    const closing = stage.close();
    stand('late');
    await Promise.all([set, closing]);
    expect(ended).toEqual(['late']);
  });

  it('starts nothing more once it closes', async () => {
    const stage = new Stage();
    await stage.close();
    let started = false;
    const start = () => {
      started = true;
    };
    await expect(stage.set('workers', start, { end: () => {} })).rejects.toThrow('everything is being ended');
    expect(started).toBe(false);
  });

  it('ends the rest when something could not be started or ended, and tells what', async () => {
    const stage = new Stage();
    const ended: string[] = [];
    const broken = new Error('broken');
    await expect(
      stage.set('redis', () => Promise.reject(broken), { end: () => ended.push('never') }),
    ).rejects.toBe(broken);
    await stage.set('workers', () => 'worker', { end: () => Promise.reject(broken) });
    await stage.set('files', () => 'files', { end: (name) => ended.push(name) });
    expect(await stage.close()).toEqual([broken]);
    expect(ended).toEqual(['files']);
  });

  it('ends at once what stands when the process exits, and nothing twice', async () => {
    const stage = new Stage();
    const ended: string[] = [];
    const ending = {
      end: (name: string) => ended.push(`${name} in order`),
      atOnce: (name: string) => ended.push(name),
    };
    void stage.set('redis', () => new Promise<string>(() => {}), ending);
    await stage.set('files', () => 'files', ending);
    stage.abandon();
    expect(ended).toEqual(['files']);
  });

  it('has nothing left to end at once after it closed', async () => {
    const stage = new Stage();
    const ended: string[] = [];
    await stage.set('files', () => 'files', { end: () => {}, atOnce: (name) => ended.push(name) });
    await stage.close();
    stage.abandon();
    expect(ended).toEqual([]);
  });
});
