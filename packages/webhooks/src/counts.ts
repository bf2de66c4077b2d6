/** What became of the deliveries of one webhook since the process started. */
export interface WebhookCounts {
  /** Answered with 2xx. */
  readonly delivered: number;
  /** Tries that failed, each of which is tried again. */
  readonly failed: number;
  /** Given up. */
  readonly dead: number;
}

export const NO_COUNTS: WebhookCounts = { delivered: 0, failed: 0, dead: 0 };
