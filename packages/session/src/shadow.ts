/** More bytes may still be on their way to the gateway long after the kernel has taken them. */
export const LARGE_FRAME_BYTES = 16 * 1024;

/**
 * Knows which writes stand in the shadow of a large frame: written while one was unanswered on the same session, or being
 * one; the pieces of an errand count as one frame. On a slow line such a write arrives later than it was made, and what is
 * written after the large frame has arrived does not: the gateway would see both within a second that our clock never saw.
 * Only the answer tells that it arrived.
 */
export class Shadow<Session extends object> {
  readonly #unanswered = new WeakMap<Session, number>();

  /**
   * Tells of a write. Undefined when it was in no shadow; otherwise to be called when it was answered, or given up.
   * @param errandBytes unanswered bytes of errands on this session
   */
  written(session: Session, bytes: number, errandBytes = 0): (() => void) | undefined {
    const before = this.#unanswered.get(session) ?? 0;
    if (bytes <= LARGE_FRAME_BYTES) {
      return before > 0 || errandBytes > LARGE_FRAME_BYTES ? () => undefined : undefined;
    }
    this.#unanswered.set(session, before + 1);
    return () => this.#unanswered.set(session, (this.#unanswered.get(session) ?? 1) - 1);
  }
}
