import { type LoadedFiles, MAX_FILE_BYTES } from '@pabal/files';

/** How many bytes of files the messages in hand may have together. */
export const HELD_FILE_BYTES = 256 * 1_048_576;

/** Files in hand until they are let go. */
export type HeldFiles = LoadedFiles & {
  /** Lets go; a second call does nothing. */
  readonly release: () => void;
};

interface Held {
  bytes: number;
  holders: number;
}

/**
 * Bounds what the files of all messages in hand take: a process holds thousands of messages, and each may bring three
 * megabytes of its own. Who finds no room waits for its turn, before it reads anything. The same file counts once.
 */
export class FileHands {
  readonly #load: (ids: readonly string[]) => Promise<LoadedFiles>;
  readonly #limit: number;
  readonly #held = new Map<string, Held>();
  readonly #waiting: (() => void)[] = [];
  #bytes = 0;

  constructor(load: (ids: readonly string[]) => Promise<LoadedFiles>, limitBytes = HELD_FILE_BYTES) {
    this.#load = load;
    this.#limit = limitBytes;
  }

  /** Bytes in hand, with the most that a file can have for those that are being read. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Takes the files of a message in hand, as soon as there is room. */
  async take(ids: readonly string[]): Promise<HeldFiles> {
    const distinct = [...new Set(ids)];
    while (!this.#hasRoom(distinct)) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    for (const id of distinct) this.#hold(id);
    this.#wakeNext();
    let held = true;
    const release = () => {
      if (!held) return;
      held = false;
      for (const id of distinct) this.#letGo(id);
      this.#wakeNext();
    };
    try {
      const loaded = await this.#load(ids);
      if (loaded.kind === 'loaded') for (const { id, bytes } of loaded.files) this.#measure(id, bytes.length);
      this.#wakeNext();
      return { ...loaded, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  #hasRoom(ids: readonly string[]): boolean {
    const more = ids.filter((id) => !this.#held.has(id)).length * MAX_FILE_BYTES;
    // Something must always go on, whatever the limit.
    return more === 0 || this.#bytes === 0 || this.#bytes + more <= this.#limit;
  }

  #hold(id: string): void {
    const held = this.#held.get(id);
    if (held) {
      held.holders++;
      return;
    }
    this.#held.set(id, { bytes: MAX_FILE_BYTES, holders: 1 });
    this.#bytes += MAX_FILE_BYTES;
  }

  #measure(id: string, bytes: number): void {
    const held = this.#held.get(id);
    if (!held) return;
    this.#bytes += bytes - held.bytes;
    held.bytes = bytes;
  }

  #letGo(id: string): void {
    const held = this.#held.get(id);
    if (!held || --held.holders > 0) return;
    this.#held.delete(id);
    this.#bytes -= held.bytes;
  }

  /** One looks at a time, in the order of their coming; who finds room lets the next one look. */
  #wakeNext(): void {
    this.#waiting.shift()?.();
  }
}
