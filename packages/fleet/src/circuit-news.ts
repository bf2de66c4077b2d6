import type { CircuitNews } from './circuits.js';
import type { Member } from './member.js';

/** Tells the log and the `events` queue that a gateway was closed, or opened again. */
export function tellCircuit(
  { log, producer, jobs, owner }: Pick<Member, 'log' | 'producer' | 'jobs' | 'owner'>,
  { kind, gateway, circuit, closedSince }: CircuitNews,
): void {
  const { reason, code, since } = circuit;
  const why = { gateway, reason, ...(code === undefined ? {} : { code }) };
  if (kind === 'gateway-closed') log.warn(why, 'gateway.closed');
  else log.info(why, 'gateway.opened');
  const id = `${kind}-${gateway}-${since}`;
  const data = {
    ...why,
    owner,
    at: new Date(since).toISOString(),
    ...(closedSince === undefined ? {} : { closedSince: new Date(closedSince).toISOString() }),
  };
  const told = jobs.put(`event:${id}`, () =>
    kind === 'gateway-closed'
      ? producer.event('gateway-closed', id, data)
      : producer.event('gateway-opened', id, data),
  );
  told.catch((error: unknown) => log.debug({ error: String(error) }, 'event.failed'));
}
