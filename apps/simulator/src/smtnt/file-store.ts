import { createHash } from 'node:crypto';
import type { FileSettings } from './file-settings.js';

/** A file that was uploaded whole, under the name that the gateway gave it. */
export interface StoredFile {
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  /** The account's login under which it came. */
  readonly login: number;
  /** Whether an accepted message has named it. */
  used: boolean;
  /** Lost by the gateway: it serves no more, whatever the settings say. */
  lost: boolean;
}

/** Names that are remembered; the oldest goes first. */
const MOST_FILES = 100_000;

/**
 * The files of one account over all its sessions. Content is not kept, only what it takes to judge messages that name
 * it; names that serve no more are kept too, so that a repeat of a message is known for what it is.
 */
export class FileStore {
  readonly #files = new Map<string, StoredFile>();
  #login = 0;

  get size(): number {
    return this.#files.size;
  }

  /** Another login of the account begins. */
  loggedIn(): void {
    this.#login += 1;
  }

  add(name: string, content: Uint8Array): void {
    const sha256 = createHash('sha256').update(content).digest('hex');
    this.#files.set(name, { sha256, bytes: content.length, login: this.#login, used: false, lost: false });
    if (this.#files.size <= MOST_FILES) return;
    for (const oldest of this.#files.keys()) {
      this.#files.delete(oldest);
      break;
    }
  }

  /** The file that was once uploaded under this name, whether or not it still serves. */
  find(name: string): StoredFile | undefined {
    return this.#files.get(name);
  }

  /** Whether a message may still name this file. */
  serves(file: StoredFile, { fileNames, keepFiles }: FileSettings): boolean {
    return (
      !file.lost &&
      !(fileNames === 'single-use' && file.used) &&
      !(keepFiles === 'until-login' && file.login !== this.#login)
    );
  }
}
