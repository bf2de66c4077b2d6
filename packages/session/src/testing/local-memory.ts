import type { SharedMemory } from '../gateway.js';

/** A shared memory that nobody shares and that never forgets by itself. */
export class LocalMemory implements SharedMemory {
  readonly entries = new Map<string, string>();

  async recall(key: string): Promise<string | undefined> {
    return this.entries.get(key);
  }

  async remember(key: string, value: string): Promise<void> {
    this.entries.set(key, value);
  }

  async forget(key: string): Promise<void> {
    this.entries.delete(key);
  }
}
