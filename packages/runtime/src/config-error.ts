/** One mistake in a configuration. Never holds a value: values may be secrets. */
export interface Mistake {
  /** Where it is, `gateways.hellovision.crypto.key`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

function line({ path, message }: Mistake): string {
  return path === '' ? message : `${path}: ${message}`;
}

/** A configuration that cannot be used, with all of its mistakes. */
export class ConfigError extends Error {
  readonly code = 'config';
  override readonly name = 'ConfigError';
  readonly mistakes: readonly Mistake[];

  constructor(source: string, mistakes: readonly Mistake[]) {
    const count = mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`;
    super([`${source} has ${count}`, ...mistakes.map((mistake) => `  ${line(mistake)}`)].join('\n'));
    this.mistakes = mistakes;
  }
}
