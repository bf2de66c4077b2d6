import type { Store } from '@pabal/fate';
import type { Clock } from '@pabal/session';

/** A Redis that was away for so long will not be waited for by a process that stops. */
const PATIENCE_MS = 2_000;
const LOOK_MS = 100;

/**
 * Waits for work that needs Redis. False when Redis was away for two seconds in one piece, and the work is not done: a
 * stopping process leaves then what others will find.
 */
export async function unlessAway(
  { store, clock }: { readonly store: Pick<Store, 'state'>; readonly clock: Clock },
  work: Promise<unknown>,
): Promise<boolean> {
  let cancel = () => {};
  const tooLong = new Promise<false>((resolve) => {
    let lastThere = clock.now();
    const look = () => {
      if (store.state === 'open') lastThere = clock.now();
      if (clock.now() - lastThere >= PATIENCE_MS) resolve(false);
      else cancel = clock.after(LOOK_MS, look);
    };
    look();
  });
  try {
    return await Promise.race([work.then(() => true), tooLong]);
  } finally {
    cancel();
  }
}
