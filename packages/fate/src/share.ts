/** What a process should do about leases now. */
export interface ShareAdvice {
  /** Free resources to try to acquire, in this order. */
  readonly acquire: readonly string[];
  /** Own resources to let go, so that others get their share. */
  readonly release: readonly string[];
}

/**
 * Spreads resources evenly over the live members without anyone in charge: each takes free ones up to the larger
 * share, or only up to the smaller one while somebody else holds less than that; what is more than that is let go.
 * Members and resources in the same order give every process the same picture.
 *
 * @param resources all resources, sorted
 * @param members live members, sorted
 * @param holders who holds what now
 * @param self this member
 */
export function fairShare(
  resources: readonly string[],
  members: readonly string[],
  holders: ReadonlyMap<string, string | undefined>,
  self: string,
): ShareAdvice {
  const all = members.includes(self) ? members : [...members, self].sort();
  const small = Math.floor(resources.length / all.length);
  const large = Math.ceil(resources.length / all.length);
  const held = new Map(all.map((member) => [member, 0]));
  for (const resource of resources) {
    const holder = holders.get(resource);
    if (holder !== undefined && held.has(holder)) held.set(holder, (held.get(holder) ?? 0) + 1);
  }
  const mine = resources.filter((resource) => holders.get(resource) === self);
  const free = resources.filter((resource) => holders.get(resource) === undefined);
  const othersLack = all.some((member) => member !== self && (held.get(member) ?? 0) < small);
  const most = othersLack ? small : large;
  const release = mine.length > large ? mine.slice(large) : mine.length > most ? mine.slice(-1) : [];
  // Start at a place of one's own in the list, so that members that look at the same time reach for different ones.
  const start = free.length === 0 ? 0 : all.indexOf(self) % free.length;
  const order = [...free.slice(start), ...free.slice(0, start)];
  return { acquire: order.slice(0, Math.max(0, most - mine.length)), release };
}
