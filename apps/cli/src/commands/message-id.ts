import type { Given } from '../command.js';
import { UsageError } from '../failure.js';

/**
 * The message id that a command names.
 * @throws UsageError for what no message can be called
 */
export function messageIdOf({ words: [id = ''] }: Given): string {
  if (/^[A-Za-z0-9_-]{1,64}$/.test(id)) return id;
  throw new UsageError('a message id is 1 to 64 characters of A-Z, a-z, 0-9, _ and -');
}
