/** A growing list of numbers at eight bytes each: millions of arrival times fit beside the rest. */
export class NumberColumn {
  #values = new Float64Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  /** The value at `index`; NaN outside the list. */
  at(index: number): number {
    return index >= 0 && index < this.#length ? (this.#values[index] as number) : Number.NaN;
  }

  /** The index of the first value that is at least `value`, in a list that never falls. */
  firstAtLeast(value: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#values[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  clear(): void {
    this.#length = 0;
  }
}
