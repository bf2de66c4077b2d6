import type { MessageV1, Problem } from '@pabal/message';
import { Coalescer } from './coalesce.js';

/** Single messages of one round trip: so few that none becomes a batch. */
const MOST_MESSAGES = 200;
/** While these round trips are on their way the next messages gather. */
const AT_ONCE = 2;

/** Enqueues messages of one route; what is wrong with each, in their order. */
export type EnqueueSome = (
  messages: readonly MessageV1[],
  route: string,
) => Promise<readonly (readonly Problem[])[]>;

/** Single messages that are sent at the same time, joined by their route. */
export class Together {
  readonly #enqueue: EnqueueSome;
  /** By route, of which there are as many as are configured: others are refused before. */
  readonly #routes = new Map<string, Coalescer<MessageV1, readonly Problem[]>>();

  constructor(enqueue: EnqueueSome) {
    this.#enqueue = enqueue;
  }

  /** What is wrong with this one. Rejects as the enqueueing of all that went with it does. */
  enqueue(message: MessageV1, route: string): Promise<readonly Problem[]> {
    return this.#of(route).add(message);
  }

  #of(route: string): Coalescer<MessageV1, readonly Problem[]> {
    const known = this.#routes.get(route);
    if (known) return known;
    const made = new Coalescer({
      run: (messages: readonly MessageV1[]) => this.#enqueue(messages, route),
      most: MOST_MESSAGES,
      atOnce: AT_ONCE,
    });
    this.#routes.set(route, made);
    return made;
  }
}
