/** One thing that is measured. Each call does it once, for the variant of this number, and gives a number made of it. */
export interface Task {
  readonly name: string;
  /** The number depends on the outcome, so that the work cannot be left out. */
  run(index: number): number;
}

/** A packet in both directions, and how it is compared. */
export interface PacketTasks {
  /** `LGHV SMS`. */
  readonly name: string;
  /** Bytes of one on the wire. */
  readonly bytes: number;
  readonly encode: Task;
  readonly decode: Task;
  /** What a part of the work takes by itself. */
  readonly parts: readonly Task[];
}

/** The item of a variant; there are as many as were made. */
export function variant<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError('no variants');
  return item;
}
