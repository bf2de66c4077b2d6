/** How often one recipient may be written to. */
export interface RecipientBurstLimits {
  /** At most this many messages… */
  readonly limit: number;
  /** …in any window of this length, ms. */
  readonly windowMs: number;
}
