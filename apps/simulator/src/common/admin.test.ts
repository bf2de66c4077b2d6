import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Admin, startAdmin } from './admin.js';
import { FakeClock } from './clock.js';
import { Judge } from './judge.js';

const rules = { 'digits-only': { text: 'Numbers are digits.', cites: 'X 2' } };

describe('admin server', () => {
  let judge: Judge<keyof typeof rules>;
  let admin: Admin;
  let configured: unknown[];
  let drops = 0;

  beforeEach(async () => {
    judge = new Judge('test', rules, { clock: new FakeClock(1000), seed: 1 });
    configured = [];
    drops = 0;
    admin = await startAdmin(judge, {
      configure: (change) => {
        if ((change as { bad?: boolean }).bad) throw new TypeError('bad is not known');
        configured.push(change);
      },
      dropConnections: () => {
        drops += 1;
      },
    });
  });

  afterEach(async () => {
    await admin.close();
    judge.close();
  });

  const get = (path: string) => fetch(`http://127.0.0.1:${admin.port}${path}`);
  const post = (path: string, body: unknown) =>
    fetch(`http://127.0.0.1:${admin.port}${path}`, { method: 'POST', body: JSON.stringify(body) });

  it('serves the ledger as JSON lines, filtered', async () => {
    for (let i = 0; i < 450; i++) {
      const entry = judge.ledger.open(1000 + i / 4, 1, 'sms1', 'demo', 'S1');
      entry.wireId = String(i);
      judge.ledger.judge(entry, i % 3 === 0 ? 'refused' : 'accepted', i % 3 === 0 ? '15' : '0');
    }
    const all = (await (await get('/ledger')).text()).trim().split('\n');
    expect(all).toHaveLength(450);
    expect(JSON.parse(all[449] as string)).toMatchObject({ n: 449, at: 1112.25, wireId: '449' });
    const one = (await (await get('/ledger?code=15&from=447')).text()).trim().split('\n');
    expect(one.map((line) => JSON.parse(line).n)).toEqual([447]);
    expect((await get('/ledger?nonsense=1')).status).toBe(400);
  });

  it('serves health, statistics, rules and violations', async () => {
    judge.violations.add('digits-only', 'field', 2);
    expect(await (await get('/health')).json()).toEqual({ ok: true, gateway: 'test' });
    expect(await (await get('/stats')).json()).toMatchObject({ startedAt: 1000, violations: 1, rates: [] });
    expect(await (await get('/rules')).json()).toEqual(rules);
    expect(await (await get('/violations')).json()).toMatchObject({
      total: 1,
      violations: [{ rule: 'digits-only' }],
    });
  });

  it('serves the kept frames, narrowed by session and direction', async () => {
    expect(await (await get('/captures')).json()).toEqual([]);
    const watching = new Judge('test', rules, { clock: new FakeClock(1000), capture: 5 });
    const open = await startAdmin(watching, { configure: () => undefined, dropConnections: () => undefined });
    try {
      watching.captures.add(1, 'received', Buffer.from('ab'));
      watching.captures.add(2, 'sent', Buffer.from('c'));
      const base = `http://127.0.0.1:${open.port}/captures`;
      expect(await (await fetch(`${base}?session=1&direction=received`)).json()).toEqual([
        { n: 0, at: 1000, session: 1, direction: 'received', hex: '6162' },
      ]);
      expect(await (await fetch(base)).json()).toHaveLength(2);
      expect((await fetch(`${base}?direction=up`)).status).toBe(400);
    } finally {
      await open.close();
      watching.close();
    }
  });

  it('turns faults on and off', async () => {
    expect((await post('/fault', { name: 'neverAck', count: 1 })).status).toBe(200);
    expect(judge.faults.strike('neverAck')).toEqual({ count: 1 });
    await post('/fault/clear', {});
    expect(judge.faults.list()).toEqual([]);
    const refused = await post('/fault', { name: 'nope' });
    expect([refused.status, await refused.json()]).toEqual([
      400,
      { error: expect.stringContaining('unknown fault') },
    ]);
  });

  it('passes configuration on and explains what it refuses', async () => {
    await post('/config', { credit: 5 });
    expect(configured).toEqual([{ credit: 5 }]);
    const refused = await post('/config', { bad: true });
    expect([refused.status, await refused.json()]).toEqual([400, { error: 'bad is not known' }]);
    const broken = await fetch(`http://127.0.0.1:${admin.port}/config`, { method: 'POST', body: '{' });
    expect(broken.status).toBe(400);
  });

  it('drops connections and resets the records', async () => {
    judge.ledger.open(0, 1, 's', 'a', 'b');
    await post('/drop', {});
    await post('/reset', {});
    expect([drops, judge.ledger.length]).toEqual([1, 0]);
    expect((await get('/nowhere')).status).toBe(404);
  });
});
