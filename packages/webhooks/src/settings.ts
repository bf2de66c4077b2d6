/** A webhook as the configuration declares it. */
export interface WebhookSettings {
  /** Where results go whose message names no URL of its own. */
  readonly url: string;
  /** `whsec_<Base64>`: signs every delivery. */
  readonly secret: string;
  /** Signs as well, while receivers change over. */
  readonly previousSecret?: string | undefined;
  readonly allowPrivate: boolean;
  /** PEM text: authorities that are trusted instead of the system's. */
  readonly ca?: string | undefined;
  /** For a whole delivery, ms. */
  readonly timeout: number;
  /** Deliveries to one host under way at once, of each process. */
  readonly concurrency: number;
}

/** Webhooks by name. */
export type Webhooks = Readonly<Record<string, WebhookSettings>>;

/** Secrets that sign, the present one first. */
export function secretsOf({ secret, previousSecret }: WebhookSettings): readonly string[] {
  return previousSecret === undefined ? [secret] : [secret, previousSecret];
}
