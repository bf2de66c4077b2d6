import type { PreparedSubmit, Slot, SubmitOutcome } from '@pabal/session';

/** There is no such file (SMTNT 3.4). */
const NO_FILE = '16';

/**
 * Watches over messages that name files. The document does not say how long a name serves, so the server may have lost
 * what was brought to it: such a message was certainly not taken, and is to be offered again with all its files brought
 * anew.
 */
export class NamedFiles {
  readonly #submits = new WeakSet<PreparedSubmit>();

  /** Says that a submit names files. */
  enter<P extends PreparedSubmit>(submit: P): P {
    this.#submits.add(submit);
    return submit;
  }

  /** The same slot; its write tells lost files from other refusals. */
  watch(slot: Slot): Slot {
    const { loginAt, sessionId } = slot;
    return {
      sessionId,
      loginAt,
      due: () => slot.due(),
      release: () => slot.release(),
      write: (submit) => {
        const outcome = slot.write(submit);
        return this.#submits.has(submit) ? outcome.then(withoutLost) : outcome;
      },
    };
  }
}

function withoutLost(outcome: SubmitOutcome): SubmitOutcome {
  const isLost = outcome.kind === 'refused' && outcome.code === NO_FILE;
  return isLost ? { kind: 'incomplete', code: NO_FILE } : outcome;
}
