/** What no later process can have heard of, by what the processes of a storm logged: bounds of what a simulator may count. */
export interface Unheard {
  /** Logins whose answer, a refusal perhaps, nobody heard; and refusals of which Redis was never told. */
  readonly logins: number;
  /** Sessions that were ended by who owned them no more, with an AliveReq without an answer perhaps. */
  readonly silences: number;
}

interface Line {
  readonly time: string;
  readonly msg: string;
  readonly gateway?: string;
  readonly agent?: string;
  readonly session?: string;
  readonly to?: string;
  readonly reason?: string;
}

interface Session {
  state: string;
  /** When it was told to rest, epoch ms, while Redis may not know. */
  untold: number | undefined;
}

/** The longest that a gateway asks for; and as long a process may take to notice that Redis is away, ms. */
const REST_MS = 30_000;
const NOTICE_MS = 10_000;
const OF_SESSIONS = /"(session\.changed|store\.away|store\.open)"/;
const OF_LEASE = /^lease/;

/** What a process logged, and whether it has ended. */
export interface History {
  readonly lines: readonly string[];
  readonly hasEnded: boolean;
}

export function unheardIn(histories: Iterable<History>): Unheard {
  let logins = 0;
  let silences = 0;
  for (const { lines, hasEnded } of histories) {
    const sessions = new Map<string, Session>();
    let away = false;
    for (const text of lines) {
      if (!OF_SESSIONS.test(text)) continue;
      const line = JSON.parse(text) as Line;
      const at = Date.parse(line.time);
      if (line.msg !== 'session.changed') {
        away = line.msg === 'store.away';
        // What was told when Redis was there is told again once it is back, by who still owns the session.
        for (const session of sessions.values()) {
          if (!away) session.untold = undefined;
          else if (session.untold !== undefined && at - session.untold > NOTICE_MS)
            session.untold = undefined;
        }
        continue;
      }
      const key = `${line.gateway} ${line.agent} ${line.session}`;
      const { state = '', untold } = sessions.get(key) ?? {};
      const isTold = line.to === 'backingOff' && /^(login-refused|keep-alive-lost)$/.test(line.reason ?? '');
      const owed = line.to === 'closed' ? undefined : untold;
      sessions.set(key, { state: line.to ?? '', untold: isTold ? at : owed });
      if (line.to !== 'closed') continue;
      const isUntold =
        untold !== undefined && at - untold < REST_MS && (away || OF_LEASE.test(line.reason ?? ''));
      const isHeard = state !== 'loggingIn' || (line.reason === 'login-refused' && !away);
      if (!isHeard || isUntold) logins += 1;
      if (state === 'ready' && OF_LEASE.test(line.reason ?? '')) silences += 1;
    }
    if (!hasEnded) continue;
    for (const { state, untold } of sessions.values()) {
      if (state === 'loggingIn' || (untold !== undefined && away)) logins += 1;
      if (state === 'ready') silences += 1;
    }
  }
  return { logins, silences };
}
