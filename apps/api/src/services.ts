import type { PabalClient } from '@pabal/client';
import type { Clock } from '@pabal/session';
import type { FleetReader } from './fleet-reader.js';
import type { Readiness } from './readiness.js';

/** What operations work with. */
export interface Services {
  readonly client: PabalClient;
  readonly fleet: FleetReader;
  readonly clock: Clock;
  /** Can this process take messages now? */
  readonly readiness: () => Promise<Readiness>;
  /** Is it told to stop? Then nothing waits any longer. */
  readonly stopping: () => boolean;
}
