import { describe, expect, it } from '@jest/globals';
import { Stage } from './stage.js';

describe('a stage', () => {
  it('ends things by phase, whatever the order in which they were started', async () => {
    const stage = new Stage();
    const ended: string[] = [];
    for (const phase of ['files', 'redis', 'workers', 'simulators', 'keys', 'consumers'] as const) {
      await stage.set(
        phase,
        () => phase,
        (name) => ended.push(name),
      );
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
    const set = stage.set(
      'redis',
      () => starting,
      (name) => ended.push(name),
    );
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
    await expect(stage.set('workers', start, () => {})).rejects.toThrow('everything is being ended');
    expect(started).toBe(false);
  });

  it('ends the rest when something could not be started or ended, and tells what', async () => {
    const stage = new Stage();
    const ended: string[] = [];
    const broken = new Error('broken');
    await expect(
      stage.set(
        'redis',
        () => Promise.reject(broken),
        () => ended.push('never'),
      ),
    ).rejects.toBe(broken);
    await stage.set(
      'workers',
      () => 'worker',
      () => Promise.reject(broken),
    );
    await stage.set(
      'files',
      () => 'files',
      (name) => ended.push(name),
    );
    expect(await stage.close()).toEqual([broken]);
    expect(ended).toEqual(['files']);
  });
});
