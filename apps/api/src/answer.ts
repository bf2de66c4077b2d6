/** What an operation answers when it did what was asked. */
export interface Answer {
  readonly status: number;
  /** JSON, or text where `mediaType` says so. */
  readonly body?: unknown;
  readonly mediaType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}
