import { readAnswers, type Script, type Turn } from './script.js';

/** Turns that are sent as one, and arguments of all of them: more would keep Redis from everybody else for milliseconds. */
const MOST = 32;
const MOST_ARGUMENTS = 2_000;

interface Waiting extends Turn {
  readonly resolve: (answer: unknown[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Sends the steps that one tick brings together: those of one kind as one script, so that a hundred acks which were read
 * at once are not a hundred questions. Each is answered for itself, and fails by itself.
 */
export class Together {
  readonly #send: (step: Script, turns: readonly Turn[]) => Promise<unknown>;
  readonly #waiting = new Map<Script, Waiting[]>();

  /** @param send sends turns of one step, and resolves with what Redis answered */
  constructor(send: (step: Script, turns: readonly Turn[]) => Promise<unknown>) {
    this.#send = send;
  }

  /** Runs one step. It is sent once this tick is over. */
  run(step: Script, { keys, args }: Turn): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.size === 0) process.nextTick(() => this.#flush());
      const waiting = this.#waiting.get(step);
      const one: Waiting = { keys, args, resolve, reject };
      if (waiting) waiting.push(one);
      else this.#waiting.set(step, [one]);
    });
  }

  #flush(): void {
    const all = [...this.#waiting];
    this.#waiting.clear();
    for (const [step, waiting] of all) {
      for (const group of groupsOf(waiting)) void this.#sendGroup(step, group);
    }
  }

  async #sendGroup(step: Script, group: readonly Waiting[]): Promise<void> {
    try {
      const answers = readAnswers(await this.#send(step, group));
      for (const [i, { resolve, reject }] of group.entries()) {
        const answer = answers[i];
        if (!answer) reject(new Error(`step ${step.name} left a turn without an answer`));
        else if ('refusal' in answer) reject(answer.refusal);
        else resolve(answer.values);
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

/** In their order. Pure. */
function groupsOf(waiting: readonly Waiting[]): readonly (readonly Waiting[])[] {
  const groups: Waiting[][] = [];
  let room = 0;
  for (const one of waiting) {
    const group = groups.at(-1);
    room -= one.args.length;
    if (group && group.length < MOST && room >= 0) {
      group.push(one);
    } else {
      groups.push([one]);
      room = MOST_ARGUMENTS - one.args.length;
    }
  }
  return groups;
}
