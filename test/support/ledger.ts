import type { ResultV1 } from '@pabal/message';
import type { LedgerEntry } from '@pabal/simulator';
import type { Simulator } from './simulator.js';

/** The message id that a test carries in its text: `… [id]`. */
export function idInText(text: string): string | undefined {
  return /\[([A-Za-z0-9_-]+)\]/.exec(text)?.[1];
}

/** What became of one message, seen from outside: from the gateways and from the results queue. */
export interface Account {
  readonly id: string;
  /** Every submit of it that a gateway accepted, in order of time. */
  readonly accepted: readonly LedgerEntry[];
  /** Every submit of it that a gateway saw. */
  readonly submits: readonly LedgerEntry[];
  readonly results: readonly ResultV1[];
}

export interface LedgerRules {
  /** Ids that were enqueued. */
  readonly ids: readonly string[];
  /** Results that may come twice, if identical (Redis lost its last second); default none. */
  readonly mayRepeat?: boolean;
}

/** The ledger of a run: counts for the reader, and everything that breaks a promise. */
export interface Ledger {
  readonly accounts: ReadonlyMap<string, Account>;
  readonly summary: Readonly<Record<string, number>>;
  readonly breaches: readonly string[];
}

/** A report code that says delivered. LGHV names its types by letters (appendix 1: 6), SMTNT by digits (3.4: 0). */
function saysDelivered(entry: LedgerEntry): boolean {
  return entry.reportCode === (/^\d+$/.test(entry.type) ? '0' : '6');
}

/** The message that a submit belongs to: a message of images alone has its id in the subject. */
function idOf(entry: LedgerEntry): string {
  return idInText(entry.text) ?? idInText(entry.subject) ?? `no id in wire id ${entry.wireId}`;
}

/** Where a ledger is drawn from: both gateways, and consumers that fold nothing. */
export interface Witnesses {
  readonly lghv: Simulator;
  readonly smtnt: Simulator;
  readonly results: { readonly ids: ReadonlyMap<string, readonly ResultV1[]> };
}

/** Draws up the ledger over both simulators and the consumer that folds nothing. */
export async function drawLedger(world: Witnesses, rules: LedgerRules): Promise<Ledger> {
  const entries = [...(await world.lghv.ledger()), ...(await world.smtnt.ledger())].sort(
    (a, b) => a.at - b.at,
  );
  const submits = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    const id = idOf(entry);
    const known = submits.get(id);
    if (known) known.push(entry);
    else submits.set(id, [entry]);
  }
  const accounts = new Map<string, Account>();
  for (const id of new Set([...rules.ids, ...submits.keys(), ...world.results.ids.keys()])) {
    const seen = submits.get(id) ?? [];
    accounts.set(id, {
      id,
      submits: seen,
      accepted: seen.filter((entry) => entry.verdict === 'accepted'),
      results: world.results.ids.get(id) ?? [],
    });
  }
  const known = new Set(rules.ids);
  const breaches = [...accounts.values()].flatMap((account) => breachesOf(account, rules, known));
  for (const simulator of [world.lghv, world.smtnt]) {
    for (const { rule, count } of (await simulator.violations()).violations) {
      breaches.push(`${simulator.gateway} counted ${rule} × ${count}`);
    }
  }
  return { accounts, summary: summarise(accounts), breaches };
}

function breachesOf(account: Account, rules: LedgerRules, known: ReadonlySet<string>): string[] {
  const { id, accepted, results } = account;
  const breaches: string[] = [];
  if (!known.has(id)) breaches.push(`${id}: nobody enqueued it`);
  if (accepted.length > 1 && !failedBetween(accepted)) {
    breaches.push(`${id}: accepted ${accepted.length} times without a certain failure between`);
  }
  if (results.length === 0) breaches.push(`${id}: no result`);
  if (results.length > 1 && !(rules.mayRepeat && identical(results)))
    breaches.push(`${id}: ${results.length} results`);
  const [result] = results;
  const last = accepted.at(-1);
  if (!result || !last) return breaches;
  const reported = last.reports > 0;
  // A later attempt may have been written and lost on its way: nobody can say what became of that one.
  const later = result.attempts.length > 0 && result.attempts.at(-1)?.wireId !== last.wireId;
  if (reported && !later && result.status === 'unknown' && last.reportCode !== '') {
    breaches.push(`${id}: unknown, although code ${last.reportCode} was reported`);
  } else if (reported && saysDelivered(last) !== (result.status === 'delivered')) {
    breaches.push(`${id}: ${result.status}, although code ${last.reportCode} was reported`);
  }
  if (result.status === 'delivered' && !reported) breaches.push(`${id}: delivered without a report`);
  return breaches;
}

/** Was each acceptance but the last followed by a report of certain failure before the next? */
function failedBetween(accepted: readonly LedgerEntry[]): boolean {
  return accepted.every((entry, i) => {
    const next = accepted[i + 1];
    return !next || (entry.reports > 0 && entry.reportedAt < next.at && !saysDelivered(entry));
  });
}

function identical(results: readonly ResultV1[]): boolean {
  return new Set(results.map((result) => JSON.stringify(result))).size === 1;
}

function summarise(accounts: ReadonlyMap<string, Account>): Record<string, number> {
  const summary: Record<string, number> = { messages: accounts.size };
  const count = (name: string) => {
    summary[name] = (summary[name] ?? 0) + 1;
  };
  for (const { accepted, submits, results } of accounts.values()) {
    count(`accepted ${accepted.length}×`);
    if (submits.length > accepted.length) count('offered again or refused');
    count(`results ${results.length}×`);
    if (results[0]) count(results[0].status);
  }
  return summary;
}
