/** Redis is away, or was just restarted and is not to be trusted with claims yet. Nothing was written to a gateway. */
export class StoreUnavailable extends Error {
  readonly code = 'store-unavailable';
  constructor(why: string, options?: ErrorOptions) {
    super(`Redis is not available: ${why}`, options);
    this.name = 'StoreUnavailable';
  }
}
