import type { CancelAnswer, PabalClient } from '@pabal/client';
import { isConnectionError } from '@pabal/fate';
import type { MessageInput } from '@pabal/message';
import { pause, type World } from '../support/index.js';
import type { Dice } from './dice.js';
import { type Shipment, shipment } from './traffic.js';

const EVERY_MS = 200;
/** A producer that heard that Redis lost something enqueues again what it enqueued since then, and in so many ms before. */
const BEFORE_LOSS_MS = 4_000;
/** It remembers for longer than Redis is ever away. */
const REMEMBERED_MS = 60_000;
/** How long it waits before it enqueues again what it had no answer for, ms. */
const UNANSWERED_MS = 100;

/** What a producer was told about a cancellation, and when. */
export interface Cancellation {
  readonly at: number;
  readonly answer: CancelAnswer['kind'] | 'unanswered';
}

/** The producer of a storm: spreads its messages over the storm, repeats some, and cancels some. */
export class Shipper {
  readonly #world: World;
  readonly #client: PabalClient;
  readonly #dice: Dice;
  readonly #files: readonly [string, ...string[]];
  readonly #recent: { readonly at: number; readonly input: MessageInput }[] = [];
  readonly #errands = new Set<Promise<void>>();
  readonly ids: string[] = [];
  readonly cancellations = new Map<string, Cancellation>();
  repeated = 0;

  constructor(world: World, client: PabalClient, dice: Dice, files: readonly [string, ...string[]]) {
    this.#world = world;
    this.#client = client;
    this.#dice = dice;
    this.#files = files;
  }

  /** Enqueues so many over that time; later what Redis' absence held up. */
  async ship(count: number, overMs: number): Promise<void> {
    const start = Date.now();
    for (let made = 0; made < count; ) {
      const due = Math.min(count, Math.ceil(((Date.now() - start + EVERY_MS) / overMs) * count));
      const some = Array.from({ length: due - made }, (_, k) => shipment(made + k, this.#dice, this.#files));
      made = due;
      await this.#enqueue(some.map(({ input }) => input));
      for (const one of some) this.#besides(one);
      await pause(EVERY_MS);
    }
    while (this.#errands.size > 0) await Promise.all(this.#errands);
  }

  /** Redis lost what it was told since then: what may have been in it is enqueued again. */
  async again(lostFrom: number): Promise<void> {
    const since = lostFrom - BEFORE_LOSS_MS;
    await this.#put(this.#recent.filter(({ at }) => at >= since).map(({ input }) => input));
  }

  /** A producer that was not answered does not know what is stored: it enqueues all of it again, under the same ids. */
  async #put(inputs: readonly MessageInput[]): Promise<void> {
    for (;;) {
      try {
        await this.#world.enqueue(inputs);
        return;
      } catch (error) {
        if (!isConnectionError(error)) throw error;
        await pause(UNANSWERED_MS);
      }
    }
  }

  async #enqueue(inputs: readonly (MessageInput & { readonly id: string })[]): Promise<void> {
    this.ids.push(...inputs.map(({ id }) => id));
    await this.#put(inputs);
    const at = Date.now();
    for (const input of inputs) this.#recent.push({ at, input });
    const old = this.#recent.findIndex((entry) => entry.at >= at - REMEMBERED_MS);
    this.#recent.splice(0, Math.max(0, old));
  }

  #besides({ input, repeatAfterMs, cancelAfterMs }: Shipment): void {
    if (repeatAfterMs !== undefined) {
      this.#errand(repeatAfterMs, async () => {
        this.repeated++;
        await this.#put([input]);
      });
    }
    if (cancelAfterMs !== undefined) this.#errand(cancelAfterMs, () => this.#cancel(input.id));
  }

  async #cancel(id: string): Promise<void> {
    let answer: Cancellation['answer'];
    try {
      answer = (await this.#client.cancel(id)).kind;
    } catch {
      answer = 'unanswered'; // Redis was away: the message may be cancelled or not
    }
    this.cancellations.set(id, { at: Date.now(), answer });
  }

  #errand(afterMs: number, run: () => Promise<void>): void {
    const errand = pause(afterMs).then(run);
    this.#errands.add(errand);
    void errand.finally(() => this.#errands.delete(errand));
  }
}
