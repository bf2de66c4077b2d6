/** What an image is found by again (LGHV 3.2.3). */
export interface ImageKey {
  readonly fileName: string;
  readonly fileKey: string;
  readonly fileSize: string;
  readonly callback: string;
}

interface Kept {
  readonly sha256: string;
  readonly at: number;
}

const MOST_KEPT = 200_000;

/** The images of all accounts that were sent lately: of each its digest alone, since nothing more is done with it. */
export class ImageStore {
  readonly #images = new Map<string, Kept>();
  /** By account and FILE_KEY, which stands for one file. */
  readonly #contents = new Map<string, Kept>();

  get size(): number {
    return this.#images.size;
  }

  /** The digest of an image that was sent within the last `memoryMs`. */
  find(userId: string, key: ImageKey, now: number, memoryMs: number): string | undefined {
    return fresh(this.#images.get(imageId(userId, key)), now, memoryMs);
  }

  /** The digest of what was sent under this FILE_KEY within the last `memoryMs`. */
  contentOf(userId: string, fileKey: string, now: number, memoryMs: number): string | undefined {
    return fresh(this.#contents.get(JSON.stringify([userId, fileKey])), now, memoryMs);
  }

  keep(userId: string, key: ImageKey, sha256: string, now: number, memoryMs: number): void {
    put(this.#images, imageId(userId, key), { sha256, at: now }, memoryMs);
    put(this.#contents, JSON.stringify([userId, key.fileKey]), { sha256, at: now }, memoryMs);
  }

  forget(userId: string, key: ImageKey): void {
    this.#images.delete(imageId(userId, key));
  }
}

function fresh(kept: Kept | undefined, now: number, memoryMs: number): string | undefined {
  return kept && now - kept.at <= memoryMs ? kept.sha256 : undefined;
}

/** Re-inserts at the end, so that the oldest are always at the front, and forgets those that are too old. */
function put(map: Map<string, Kept>, id: string, kept: Kept, memoryMs: number): void {
  map.delete(id);
  map.set(id, kept);
  for (const [old, { at }] of map) {
    if (kept.at - at <= memoryMs && map.size <= MOST_KEPT) break;
    map.delete(old);
  }
}

function imageId(userId: string, { fileName, fileKey, fileSize, callback }: ImageKey): string {
  return JSON.stringify([userId, fileName, fileKey, fileSize, callback]);
}
