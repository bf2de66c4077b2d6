import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The command line, as users start it. */
export const PABAL = fileURLToPath(new URL('../../apps/cli/bin/pabal.mjs', import.meta.url));
