import { type Lua, REFUSED, type Script } from './script.js';

/** Steps that are sent as one, and arguments of all of them: more would keep Redis from everybody else for milliseconds. */
const MOST = 32;
const MOST_ARGUMENTS = 2_000;

type Argument = string | number;

interface Waiting {
  readonly keys: readonly string[];
  readonly args: readonly Argument[];
  readonly resolve: (answer: unknown[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Sends the steps that one tick brings together: those of one kind as one script, so that a hundred acks which were read
 * at once are not a hundred questions. Each is answered for itself, and fails by itself.
 */
export class Together {
  readonly #send: (lua: Lua, keys: readonly string[], args: readonly Argument[]) => Promise<unknown>;
  readonly #waiting = new Map<Script, Waiting[]>();

  constructor(send: (lua: Lua, keys: readonly string[], args: readonly Argument[]) => Promise<unknown>) {
    this.#send = send;
  }

  /** Runs one step. It is sent once this tick is over. */
  run(step: Script, keys: readonly string[], args: readonly Argument[]): Promise<unknown[]> {
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
    const [first] = group;
    try {
      if (first && group.length === 1) {
        first.resolve((await this.#send(step, first.keys, first.args)) as unknown[]);
        return;
      }
      const keys = group.flatMap((one) => one.keys);
      const args = group.flatMap((one) => [one.keys.length, one.args.length, ...one.args]);
      const answers = (await this.#send(step.many, keys, [group.length, ...args])) as unknown[][];
      group.forEach(({ resolve, reject }, i) => {
        const answer = answers[i] ?? [];
        if (answer[0] === REFUSED) reject(new Error(errorText(String(answer[1]))));
        else resolve(answer);
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

/** Redis before 7 tells the place in the script before what went wrong. */
function errorText(text: string): string {
  return text.replace(/^(?:@?user_script: ?)?(?:\d+: )?-?/, '');
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
