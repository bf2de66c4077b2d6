import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback } from '@pabal/runtime';
import { ApiProblem } from './problem-details.js';

/** The name in a `Host` header, without its port and brackets. */
function hostName(host: string): string {
  return host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1');
}

function originHost(origin: string): string {
  return hostName(origin.replace(/^[a-z][a-z0-9+.-]*:\/\//i, ''));
}

/**
 * Without keys the API trusts whoever is on this machine, but not the pages that a browser there shows: one could have its
 * own name point here, another could send a form across.
 * @throws ApiProblem host-refused
 */
export function assertLocal({ host = '', origin, 'sec-fetch-site': site }: IncomingHttpHeaders): void {
  if (!isLoopback(hostName(host))) {
    throw new ApiProblem(
      'host-refused',
      'the API without keys answers to localhost only: configure api.keys',
    );
  }
  const foreign = site === 'cross-site' || (origin !== undefined && !isLoopback(originHost(origin)));
  if (foreign)
    throw new ApiProblem('host-refused', 'the API without keys takes nothing from pages of others');
}
