import { FileError, type PabalClient, type StoredFileInfo } from '@pabal/client';
import { CliFailure } from '../failure.js';
import { readWhole } from '../read-whole.js';

/** Far more than any gateway takes, so that the refusal names the limit that counts. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Stores a JPEG for messages to name.
 * @throws CliFailure with its path and the rule that it breaks
 */
export async function storeImage(client: PabalClient, path: string): Promise<StoredFileInfo> {
  const bytes = await readWhole(path, MOST_BYTES);
  try {
    return await client.putFile(bytes);
  } catch (error) {
    if (error instanceof FileError) throw new CliFailure(`${path}: ${error.message}`);
    throw error;
  }
}
