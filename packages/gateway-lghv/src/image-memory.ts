import { createHash } from 'node:crypto';
import type { AttachedFile, SharedMemory } from '@pabal/session';

/** What the gateway compares, beside the size, before it takes an image that it has already (LGHV 3.2.3). */
export interface ImageName {
  /** At most 20 bytes. */
  readonly fileName: string;
  /** At most 11 characters: the 12th is always NUL (LGHV 2.2.5). */
  readonly fileKey: string;
}

const FILE_KEY_LENGTH = 11;
const FILE_STEM_LENGTH = 15;

/** Same image, same sender number, same name: the gateway keeps an image for the number that sent it. */
export function imageNameOf(file: Pick<AttachedFile, 'id'>, from: string): ImageName {
  const hex = createHash('sha256').update(`${from}/${file.id}`).digest('hex');
  return {
    fileKey: hex.slice(0, FILE_KEY_LENGTH),
    fileName: `${hex.slice(FILE_KEY_LENGTH, FILE_KEY_LENGTH + FILE_STEM_LENGTH)}.jpg`,
  };
}

/** An image of one message. */
export interface NamedImage extends ImageName {
  readonly file: AttachedFile;
}

export interface ImageMemoryOptions {
  /** What all workers know. */
  readonly shared: SharedMemory;
  /** USER_ID: another account's images are not ours to name. */
  readonly account: string;
  /** Fleet time, epoch ms. */
  readonly now: () => number;
  /** How long the gateway is trusted to keep an image after it took its data, ms; 0 never. */
  readonly reuseMs: number;
}

/** Images that this process knows of at once; campaigns use a handful. */
const LOCAL_LIMIT = 4096;

/**
 * Which images the gateway still has. The local part answers at once; the shared part is asked for an image that is not
 * known here. Whatever fails in the shared part is as good as not knowing: the data goes along once more.
 */
export class ImageMemory {
  readonly #options: ImageMemoryOptions;
  /** Fleet time of the end of each image, in the order in which they became known. */
  readonly #endsAt = new Map<string, number>();

  constructor(options: ImageMemoryOptions) {
    this.#options = options;
  }

  get enabled(): boolean {
    return this.#options.reuseMs > 0;
  }

  /** Known here, without asking anybody. */
  knows(image: NamedImage): boolean {
    return (this.#endsAt.get(this.#keyOf(image)) ?? 0) > this.#options.now();
  }

  /** Asks what the other workers know. Never rejects. */
  async recall(image: NamedImage): Promise<void> {
    const key = this.#keyOf(image);
    const value = await this.#options.shared.recall(key).catch(unknown);
    const acceptedAt = value === undefined ? Number.NaN : Number(value);
    if (Number.isFinite(acceptedAt)) this.#keep(key, acceptedAt + this.#options.reuseMs);
  }

  /** The gateway took the data just now. */
  remember(image: NamedImage): void {
    const { now, reuseMs, shared } = this.#options;
    const acceptedAt = now();
    const key = this.#keyOf(image);
    this.#keep(key, acceptedAt + reuseMs);
    shared.remember(key, String(acceptedAt), reuseMs).catch(unknown);
  }

  /** The gateway does not have it. */
  forget(image: NamedImage): void {
    const key = this.#keyOf(image);
    this.#endsAt.delete(key);
    this.#options.shared.forget(key).catch(unknown);
  }

  #keep(key: string, endsAt: number): void {
    this.#endsAt.delete(key);
    this.#endsAt.set(key, endsAt);
    if (this.#endsAt.size <= LOCAL_LIMIT) return;
    const [oldest] = this.#endsAt.keys();
    if (oldest !== undefined) this.#endsAt.delete(oldest);
  }

  /** Holds no number: the names are hashes of it. */
  #keyOf({ file, fileKey, fileName }: NamedImage): string {
    return `image:${this.#options.account}:${fileKey}:${fileName}:${file.bytes.length}`;
  }
}

/** An error of the shared memory is as good as not knowing. */
function unknown(): undefined {
  return undefined;
}
