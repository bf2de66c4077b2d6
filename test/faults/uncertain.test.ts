import { describe, expect, it } from '@jest/globals';
import type { LedgerEntry } from '@pabal/simulator';
import { drawLedger, ordinaryMessages, pause, type Simulator, until, World } from '../support/index.js';

/** Sent at a time, as often as it takes until a fault has struck on both gateways. */
const AT_A_TIME = 30;
/** No more while so many wait for a gateway that is logging in again: they will do, once it is back. */
const WAITING = 120;
const MOST = 2_000;
/** A gateway may be closed for half a minute, in which no fault strikes there, ms. */
const STRIKES_WITHIN_MS = 60_000;
/** More answers than it takes to open a gateway again, at both of them. */
const WELL = 10;
/** Long after a probe, which at LGHV comes once its recipient was left alone for 10 s, ms. */
const BEHIND_PROBES_MS = 40_000;
/**
 * What can go wrong between a submit and its answer; each strikes so often. They are let loose one after the other, and go on
 * beside those that follow: all at once, a gateway would be closed for as long as they last.
 */
const FAULTS: Readonly<Record<string, object>> = {
  dropBeforeAck: { probability: 0.2, count: 2 },
  ackThenDrop: { probability: 0.2, count: 1 },
  neverAck: { probability: 0.2, count: 6 },
  dropConnection: { probability: 0.2, count: 1 },
  garbage: { probability: 0.2, count: 1 },
  slowAck: { value: 500, probability: 0.2, count: 40 },
  splitEveryByte: { probability: 0.3, count: 200 },
  reportBeforeAck: { probability: 0.3, count: 100 },
  duplicateReport: { value: 3, probability: 0.2, count: 60 },
};

const DUPLICATE_CODE = { lghv: '17', smtnt: '320' } as const;

async function hasStruck(simulator: Simulator, fault: string): Promise<boolean> {
  return (await simulator.faults()).some(({ name, struck }) => name === fault && struck > 0);
}

/** Repeats of an acceptance: what a probe of an accepted message is answered with. */
function duplicates(entries: readonly LedgerEntry[], code: string): LedgerEntry[] {
  return entries.filter((entry) => entry.duplicate && entry.code === code);
}

describe('P1 P2: every way in which an answer can fail to come, on both gateways at once', () => {
  it('nothing is accepted twice, each message has one result, each is offered again under its own wire id only', async () => {
    const delays = ['--ack-delay', '20-120', '--report-delay', '50-16000', '--report-repeat', '2000'];
    const world = await World.open({
      lghv: ['--tps', 'sms=100,lms=50', ...delays, '--seed', '11'],
      smtnt: ['--speed', '100', ...delays, '--seed', '12'],
      hellovision: ['    ackTimeout: 1000'],
      smtntBlock: ['    ackTimeout: 1000'],
    });
    try {
      const gateways = [world.lghv, world.smtnt];
      await Promise.all([world.startReady('receiver'), world.startReady('sender')]);
      const messages = ordinaryMessages(MOST, 'uncertain', (i) => ({
        gateway: i % 2 === 0 ? 'hellovision' : 'smtnt',
        ...(i % 20 === 0 ? { priority: 'urgent' } : {}),
      }));
      const ids: string[] = [];
      const acceptedCount = async () =>
        (await Promise.all(gateways.map((each) => each.stats()))).reduce(
          (sum, { counts }) => sum + counts.accepted,
          0,
        );
      const send = async (count: number) => {
        const some = messages.slice(ids.length, ids.length + count);
        ids.push(...some.map(({ id }) => id ?? ''));
        await world.enqueue(some);
      };
      for (const [name, spec] of Object.entries(FAULTS)) {
        for (const simulator of gateways) await simulator.fault(name, spec);
        await until(
          `${name} struck on both gateways`,
          async () => {
            if ((await Promise.all(gateways.map((each) => hasStruck(each, name)))).every(Boolean))
              return true;
            if (ids.length - (await acceptedCount()) < WAITING) await send(AT_A_TIME);
            return false;
          },
          STRIKES_WITHIN_MS,
          500,
        );
      }
      await world.settled(ids, 90_000);
      // Of those above every report may have come before its probe. Not so of one more for each gateway, which is open then and
      // stays so: a single missing answer does not close it.
      for (const simulator of gateways) await simulator.clearFaults();
      await send(WELL);
      const allAccepted = async () => (await acceptedCount()) >= ids.length;
      await until('all accepted', allAccepted, STRIKES_WITHIN_MS);
      for (const simulator of gateways) {
        await simulator.configure({ reportDelayMs: BEHIND_PROBES_MS });
        await simulator.fault('neverAck', { count: 1 });
      }
      await send(gateways.length);
      await world.settled(ids, BEHIND_PROBES_MS + 30_000);
      await pause(3_000); // repeats of reports, and results that should not come

      const ledger = await drawLedger(world, { ids });
      process.stdout.write(`ledger uncertain: ${JSON.stringify(ledger.summary)}\n`);
      expect(ledger.breaches).toEqual([]);
      expect(ledger.summary).toMatchObject({
        delivered: ids.length,
        'results 1×': ids.length,
        'accepted 1×': ids.length,
      });
      const accounts = [...ledger.accounts.values()];
      expect(
        accounts.filter(({ submits }) => new Set(submits.map(({ wireId }) => wireId)).size !== 1),
      ).toEqual([]);
      for (const simulator of gateways) {
        const entries = await simulator.ledger();
        // Some were offered again after having been accepted, and those that were cut off before it were accepted then.
        expect(duplicates(entries, DUPLICATE_CODE[simulator.gateway]).length).toBeGreaterThan(0);
        expect(entries.filter(({ verdict }) => verdict === 'dropped').length).toBeGreaterThan(0);
      }
    } finally {
      await world.close();
    }
  }, 600_000);
});
