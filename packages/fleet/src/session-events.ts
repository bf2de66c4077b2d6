import type { AgentIdentity, LineEvent } from '@pabal/session';
import type { Member } from './member.js';

/** How often the same refusal is told again as an event: every so many repeats. */
const TELL_EVERY = 10;

/** Puts what an operator should know of a session into the `events` queue. */
export function sessionEvent(
  member: Pick<Member, 'log' | 'producer' | 'store' | 'owner'>,
  identity: AgentIdentity,
  event: Exclude<LineEvent, { kind: 'changed' | 'rests' }>,
): void {
  const { log, producer, store, owner } = member;
  const about = {
    gateway: identity.gateway,
    account: identity.account,
    agent: identity.agent,
    session: event.session,
  };
  if (event.kind === 'session') {
    const fields = {
      ...about,
      from: event.from,
      to: event.to,
      ...(event.reason === undefined ? {} : { reason: event.reason }),
    };
    if (event.to !== 'ready' && event.from !== 'ready') return;
    void producer
      .event(
        'session',
        `session-${owner}-${store.fleetNow()}-${event.session}`.replace(/[^A-Za-z0-9_-]/g, '_'),
        {
          ...fields,
          owner,
          at: new Date(store.fleetNow()).toISOString(),
        },
      )
      .catch((error: unknown) => log.debug({ error: String(error) }, 'event.failed'));
    return;
  }
  if (event.repeated % TELL_EVERY !== 1) return;
  void producer
    .event(
      'session',
      `refused-${owner}-${store.fleetNow()}-${event.session}`.replace(/[^A-Za-z0-9_-]/g, '_'),
      {
        ...about,
        owner,
        loginRefused: event.code,
        repeated: event.repeated,
        at: new Date(store.fleetNow()).toISOString(),
      },
    )
    .catch((error: unknown) => log.debug({ error: String(error) }, 'event.failed'));
}
