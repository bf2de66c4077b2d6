import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drawLedger, FleetEyes, ordinaryMessages, until, World } from '../support/index.js';

/** Each has a session for SMS and one for everything else. */
const LGHV_AGENTS = Array.from({ length: 60 }, (_, i) => `A${i + 1}`);
const SMTNT_ACCOUNTS = Array.from({ length: 100 }, (_, i) => `many${i + 1}`);
/** The world's own gateway of SMTNT has one more. */
const AGENTS = LGHV_AGENTS.length + SMTNT_ACCOUNTS.length + 1;
const SESSIONS = LGHV_AGENTS.length * 2 + SMTNT_ACCOUNTS.length + 1;
/** A second, of each agent: so little that many are needed. */
const GRANT = 4;
const COUNT = 1_200;
/** A process without sessions holds some 120 MB. */
const SANE_MB = 400;

let world: World;
let eyes: FleetEyes;

beforeAll(async () => {
  const accounts = ['test001', ...SMTNT_ACCOUNTS];
  const logins = accounts.map((bindId) => `{ bindId: ${bindId}, password: demo-password }`);
  world = await World.open({
    lghv: ['--account', `demo:demo-password:${LGHV_AGENTS.join('+')}`, '--tps', `sms=${GRANT},lms=${GRANT}`],
    smtnt: ['--speed', String(GRANT), ...accounts.flatMap((id) => ['--account', `${id}:demo-password`])],
    hellovision: [`    agentId: [${LGHV_AGENTS.join(', ')}]`],
    smtntGateways: { many: [`accounts: [${logins.slice(1).join(', ')}]`] },
    gateways: ['hellovision', 'smtnt', 'many'],
    durability: 'memory',
    logLevel: 'info',
  });
  eyes = new FleetEyes(world.redis.url, world.prefix);
});

afterAll(async () => {
  await eyes.close();
  await world.close();
});

/** Megabytes that a process holds (Linux). */
function megabytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/** Waits until so many senders own the agents between them, none more than one above its share. */
async function ownedEvenly(senders: number): Promise<void> {
  await until(
    `${AGENTS} agents with ${senders} senders`,
    async () => {
      const owned = (await eyes.senders()).map(({ agents }) => agents.length);
      const sum = owned.reduce((all, one) => all + one, 0);
      return owned.length === senders && sum === AGENTS && Math.max(...owned) - Math.min(...owned) <= 1;
    },
    60_000,
  );
}

async function sendAll(name: string): Promise<string[]> {
  const messages = ordinaryMessages(COUNT, name);
  await world.enqueue(messages);
  const ids = messages.map(({ id = '' }) => id);
  await world.settled(ids, 90_000);
  return ids;
}

describe('hundreds of sessions', () => {
  const ids: string[] = [];

  it(`one process holds ${SESSIONS} of them, uses many at once, and stays small`, async () => {
    await world.startReady('receiver');
    world.start('sender');
    await ownedEvenly(1);
    const [sender] = await eyes.senders();
    expect(sender?.sessions).toBe(SESSIONS);
    ids.push(...(await sendAll('one')));
    const entries = [...(await world.lghv.ledger()), ...(await world.smtnt.ledger())];
    // How many of them it takes is a matter of how fast the machine is.
    expect(new Set(entries.map(({ agent }) => agent)).size).toBeGreaterThan(AGENTS / 4);
    const held = megabytes(sender?.pid ?? 0);
    process.stdout.write(`a sender with ${SESSIONS} sessions holds ${held.toFixed(0)} MB\n`);
    expect(held).toBeLessThan(SANE_MB);
  }, 240_000);

  it('a second process takes half of them, and everything is sent once', async () => {
    world.start('sender');
    await ownedEvenly(2);
    ids.push(...(await sendAll('two')));
    const { summary, breaches } = await drawLedger(world, { ids });
    process.stdout.write(`ledger many-sessions: ${JSON.stringify(summary)}\n`);
    expect(breaches).toEqual([]);
  }, 240_000);
});
