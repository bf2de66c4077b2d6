import type { LedgerEntry } from '@pabal/simulator';
import { type Account, drawLedger, type Ledger, type World } from '../support/index.js';
import type { Absence } from './crew.js';
import type { Loss } from './redis-faults.js';
import type { Cancellation } from './shipper.js';
import type { Unheard } from './unheard.js';

/** What a judge must know of a storm beside its ledgers. */
export interface Evidence {
  readonly ids: readonly string[];
  readonly cancellations: ReadonlyMap<string, Cancellation>;
  /** When Redis lost something that it had answered. */
  readonly losses: readonly Loss[];
  /** When processes were ended or frozen. */
  readonly absences: readonly Absence[];
  /** Reports that the simulators made senseless, so that nobody could read them. */
  readonly brokenReports: number;
  /** A process or Redis was frozen or away so long that no keepalive could be sent. */
  readonly silence: boolean;
  readonly unheard: Unheard;
}

/** What was under way when something was lost: so long before it was stored, and after it was answered, ms. */
const UNDER_WAY_MS = 2_000;
/** When Redis is back, every live process puts again what it stored, and only then may anybody claim, ms. */
const SETTLE_IN_MS = 5_000 + UNDER_WAY_MS;
/** Rules that a client breaks by being frozen: it can't speak. */
const OF_SILENCE = /counted (link-check-late-send|link-check-late-recv|idle) /;
/**
 * That a gateway wants no login for a while is left to the next owner in Redis. It can't be where nobody heard the gateway's answer,
 * or Redis was away until the process was gone: so often, and not more, a successor may come too soon.
 */
const OF_SUCCESSION = /counted (login-too-soon|reconnect-too-soon|reconnect-after-silence) × (\d+)$/;
/** Expired and cancelled both mean: certainly never written. */
const NEVER_WRITTEN = new Set(['expired', 'cancelled']);

/** The ledger of a storm, with what breaks a promise: P1 one result, P2 never twice, P3 the report's word, truth of cancellations. */
export async function judge(world: World, evidence: Evidence): Promise<Ledger> {
  const ledger = await drawLedger(world, { ids: evidence.ids, mayRepeat: evidence.losses.length > 0 });
  const accounts = [...ledger.accounts.values()];
  const unread = ledger.breaches.filter((breach) => / unknown, although code .* was reported$/.test(breach));
  const orphaned = accounts.filter((account) => isOrphaned(account, evidence)).map(({ id }) => id);
  const repeats = new Set(orphaned.map((id) => `${id}: accepted 2 times without a certain failure between`));
  const early = earlyLogins(ledger.breaches);
  const isExcused = early.logins <= evidence.unheard.logins && early.silences <= evidence.unheard.silences;
  const breaches = ledger.breaches.filter(
    (breach) =>
      !(isExcused && OF_SUCCESSION.test(breach)) &&
      !(evidence.silence && OF_SILENCE.test(breach)) &&
      !unread.includes(breach) &&
      !repeats.has(breach),
  );
  // As many as could not be read may end unknown, and no more.
  if (new Set(unread.map((breach) => breach.split(':', 1)[0])).size > evidence.brokenReports)
    breaches.push(...unread);
  for (const account of accounts) breaches.push(...breachesOf(account, world, evidence));
  return {
    accounts: ledger.accounts,
    summary: {
      ...ledger.summary,
      ...figures(accounts, evidence),
      'accepted again, as Redis lost it with its sender': ledger.breaches.filter((one) => repeats.has(one))
        .length,
      'logins too soon, of what nobody heard': early.logins + early.silences,
      'logins whose answer nobody heard': evidence.unheard.logins,
    },
    breaches,
  };
}

/** Logins that came too soon, as the simulators counted them. */
export interface EarlyLogins {
  /** After a login that was refused, or whose answer nobody heard. */
  readonly logins: number;
  /** After a session that left an AliveReq without an answer. */
  readonly silences: number;
}

export function earlyLogins(breaches: readonly string[]): EarlyLogins {
  let logins = 0;
  let silences = 0;
  for (const breach of breaches) {
    const [, rule, count] = OF_SUCCESSION.exec(breach) ?? [];
    if (rule === 'reconnect-after-silence') silences += Number(count);
    else if (rule) logins += Number(count);
  }
  return { logins, silences };
}

/** Was Redis told of it in a time that it lost? */
function isLost(at: number, losses: readonly Loss[]): boolean {
  return losses.some(({ from, until }) => at > from - UNDER_WAY_MS && at < until + UNDER_WAY_MS);
}

/**
 * Did Redis lose an acceptance while a process could not put it again, since it was ended or frozen? Nobody is left then who
 * knows of it: what remains without `durability: fsync`.
 */
export function isOrphaned(
  { accepted }: Account,
  { losses, absences }: Pick<Evidence, 'losses' | 'absences'>,
): boolean {
  const lost = losses.filter(({ from, backAt }) =>
    absences.some((absence) => absence.from < backAt + SETTLE_IN_MS && absence.until > from),
  );
  const [first] = accepted;
  return first !== undefined && accepted.length === 2 && isLost(first.at, lost);
}

function breachesOf({ id, submits, accepted, results }: Account, world: World, evidence: Evidence): string[] {
  const breaches: string[] = [];
  const breach = (what: string) => void breaches.push(`${id}: ${what}`);
  const [result] = results;
  const [first = 0] = world.results.times.get(id) ?? [];
  if (results.length > 1 && !isLost(first, evidence.losses)) {
    breach(`${results.length} results, and Redis had lost nothing then`);
  }
  if (result && NEVER_WRITTEN.has(result.status) && accepted.length > 0 && !result.attempts.length) {
    breach(`${result.status}, although it was accepted`);
  }
  const wires = new Map<string, LedgerEntry[]>();
  for (const entry of accepted) wires.set(entry.wireId, [...(wires.get(entry.wireId) ?? []), entry]);
  for (const [wireId, entries] of wires) {
    if (entries.length > 1) breach(`accepted ${entries.length} times under wire id ${wireId}`);
  }
  if (
    new Set(submits.map((entry) => `${entry.wireId} ${entry.text} ${entry.to}`)).size !==
    new Set(submits.map((entry) => entry.wireId)).size
  ) {
    breach('one wire id stood for two contents');
  }
  const cancellation = evidence.cancellations.get(id);
  if (cancellation && !isLost(cancellation.at, evidence.losses)) {
    if (cancellation.answer === 'cancelled' && result?.status !== 'cancelled') {
      breach(`${result?.status}, although the producer was told that it is cancelled`);
    }
    if (cancellation.answer === 'alreadySent' && result?.status === 'cancelled') {
      breach('cancelled, although the producer was told that it was sent already');
    }
  }
  return breaches;
}

/** What the run did beside what every ledger tells. */
function figures(accounts: readonly Account[], { cancellations, losses }: Evidence): Record<string, number> {
  const count = (matches: (account: Account) => boolean) => accounts.filter(matches).length;
  const submits = accounts.flatMap((account) => account.submits);
  return {
    submits: submits.length,
    'duplicates answered': submits.filter(({ duplicate }) => duplicate).length,
    'cut before an answer': submits.filter(({ verdict }) => verdict === 'dropped').length,
    'reports repeated': submits.filter(({ reports }) => reports > 1).length,
    'over two gateways or attempts': count(
      (account) => new Set(account.submits.map((one) => one.wireId)).size > 1,
    ),
    'told cancelled': [...cancellations.values()].filter(({ answer }) => answer === 'cancelled').length,
    'told already sent': [...cancellations.values()].filter(({ answer }) => answer === 'alreadySent').length,
    'times Redis lost something': losses.length,
  };
}
