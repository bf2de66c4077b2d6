/** A claim older than this is made again instead of being written, ms: much may have happened since. No write comes later after its claim. */
export const CLAIM_FRESH_MS = 200;
