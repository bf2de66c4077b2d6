import type { DelayQueue } from '../common/index.js';
import type { ServerPacket } from './server-packets.js';

/** Something that the server tells of its own accord and repeats until it is answered. */
export interface Push {
  /** What the answer is found by. */
  readonly key: string;
  /** Made anew for every sending. */
  packet(): ServerPacket;
  /** The fields that the answer must repeat. */
  readonly echo: Readonly<Record<string, string>>;
  /** How many answers it takes until it is left alone; 1 unless a fault asks for more. */
  copies: number;
  onSent(): void;
  onAnswered(): void;
}

export interface PushSettings {
  /** After how long an unanswered one is sent again. */
  readonly repeatMs: number;
  /** Unanswered ones at which those that were never sent wait. */
  readonly window: number;
}

/** Keys of answered pushes that are remembered, so that a second answer is not taken for an invented one. */
const REMEMBERED = 200_000;

/**
 * Everything that one account is still to be told, over all its sessions: it waits while nobody is logged in, and
 * goes on where it stood at the next login.
 */
export class PushBook {
  readonly #delays: DelayQueue;
  readonly #settings: () => PushSettings;
  // Sets, because they keep the order of arrival and give up any member at once.
  readonly #fresh = new Set<Push>();
  readonly #overdue = new Set<Push>();
  readonly #unanswered = new Map<string, Push>();
  readonly #answered = new Set<string>();
  #sink: ((packet: ServerPacket) => void) | undefined;
  /** Packets without readable ids to which an answer may still come. */
  #senseless = 0;

  constructor(delays: DelayQueue, settings: () => PushSettings) {
    this.#delays = delays;
    this.#settings = settings;
  }

  /** Pushes that nobody has answered yet, sent or not (those whose delay still runs are not counted). */
  get open(): number {
    return this.#fresh.size + this.#unanswered.size;
  }

  /** Sends at the next possible moment. */
  add(push: Push): void {
    this.#fresh.add(push);
    this.#pump();
  }

  /** From now on pushes leave through `sink`, beginning with those that waited. */
  attach(sink: (packet: ServerPacket) => void): void {
    this.#sink = sink;
    this.#pump();
  }

  /** Nobody is logged in any more. */
  detach(): void {
    this.#sink = undefined;
  }

  /** The push that waits for this answer; `answered` for one that was answered before; undefined for an unknown key. */
  find(key: string): Push | 'answered' | undefined {
    return this.#unanswered.get(key) ?? (this.#answered.has(key) ? 'answered' : undefined);
  }

  /** A packet goes out whose ids nobody can read. */
  sendsNonsense(): void {
    this.#senseless += 1;
  }

  /** Whether an answer may lack ids because its request did; each such request excuses one. */
  excuse(): boolean {
    if (this.#senseless === 0) return false;
    this.#senseless -= 1;
    return true;
  }

  /** Takes the answer to a push that {@link find} gave. */
  answer(push: Push): void {
    this.#unanswered.delete(push.key);
    this.#overdue.delete(push);
    push.onAnswered();
    push.copies -= 1;
    if (push.copies > 0) this.#fresh.add(push);
    this.#answered.add(push.key);
    if (this.#answered.size > REMEMBERED) {
      for (const oldest of this.#answered) {
        this.#answered.delete(oldest);
        break;
      }
    }
    this.#pump();
  }

  #pump(): void {
    const { window } = this.#settings();
    for (const push of this.#overdue) {
      if (!this.#sink) return;
      this.#overdue.delete(push);
      this.#send(push);
    }
    for (const push of this.#fresh) {
      if (!this.#sink || this.#unanswered.size >= window) return;
      this.#fresh.delete(push);
      this.#unanswered.set(push.key, push);
      this.#send(push);
    }
  }

  #send(push: Push): void {
    this.#sink?.(push.packet());
    push.onSent();
    const copies = push.copies;
    this.#delays.after(this.#settings().repeatMs, () => {
      if (this.#unanswered.get(push.key) !== push || push.copies !== copies) return;
      this.#overdue.add(push);
      this.#pump();
    });
  }
}
