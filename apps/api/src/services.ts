import type { PabalClient } from '@pabal/client';
import type { Readiness } from './readiness.js';

/** What operations work with. */
export interface Services {
  readonly client: PabalClient;
  /** Can this process take messages now? */
  readonly readiness: () => Promise<Readiness>;
}
