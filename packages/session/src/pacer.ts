/**
 * Pacing within a granted rate: at most N writes in any window of 1000 ms + guard.
 *
 * ## Why no window ever holds more than N
 * A ticket is *live* from its reservation until `window` ms after its stamp, where window = 1000 + guard.
 * {@link Pacer.reserve} gives a ticket together with the time f from which it may be written, and f is such that of the tickets
 * known at the reservation fewer than N are live at f, those that were not written yet counted as live for ever. Two clock
 * readings bound each write from outside: f was kept by whoever wrote, and the stamp given to {@link Pacer.written} was read
 * after `socket.write` returned. So a write that happened at time w has f ≤ w ≤ stamp.
 *
 * Take any writes that all happened within 1000 ms, at w ≥ a, and among them the one that was reserved last, with f. It was
 * written no earlier than that: f ≤ a + 1000. Every other one was reserved before it, so it was known, and it does not cease
 * to be live before its stamp + window ≥ a + 1000 + guard > f. So all the others were counted as live at f, the last one was
 * given beside them, and together they are at most N. It does not matter how long a reservation waited for its write, how far
 * ahead it was made, in which order reservations were written, or how late a timer called.
 *
 * The guard covers what this process can't see: jitter of the way to the gateway, and a gateway clock that runs fast.
 *
 * ## What a late timer costs
 * Place k comes free a window after the write of place k − N, so lateness adds up along that chain: once a second, not
 * once a write. The used part of the grant is 1000 / (1000 + guard + mean lateness): with 5 ms of guard, 5 ms of mean
 * lateness still use 99%. So a place may be reserved before it comes: what must be done between reservation and write, a claim,
 * is done by then.
 *
 * ## Why writes are also spread
 * The log alone would let N writes go in one millisecond after a pause, and then nothing for a second, for ever in that
 * rhythm: an urgent message would wait up to a second behind them. So after a pause only `burstMs` worth of writes may go
 * at once; what follows is spread evenly. A writer that was late catches up by the same allowance, so this costs no rate.
 *
 * What goes at once leaves a gap of the same length behind it, which comes again every second for as long as every place is used.
 * So while there are urgent messages, the others have a small allowance only (`calmBurstMs`), a gap that is there closes in the
 * next seconds, and they leave 2% of the places: what an urgent message finds in a gap. Who was told when its place comes, and comes later,
 * was late: that much of the even spread is made up for, up to `burstMs`, whoever it is.
 */

export interface PacerOptions {
  /** Writes a second. An integer of at least 0; 0 grants nothing. */
  readonly rate: number;
  /** Added to the second in which the rate holds, ms. Default 5. */
  readonly guardMs?: number;
  /** The guard never grows beyond this, ms. Default 50. */
  readonly guardCapMs?: number;
  /** After a pause this much of the grant may be used at once, ms. Default 100. */
  readonly burstMs?: number;
  /**
   * And this much by writes that are not urgent, beside what they were late by, for {@link CALM_AFTER_URGENT_MS} after an urgent
   * one, ms. Default 20, never more than `burstMs`.
   */
  readonly calmBurstMs?: number;
}

/** One reserved write. */
export interface PaceTicket {
  /** It may not be written before this, clock time. */
  readonly from: number;
  state: 'reserved' | 'used';
}

const SECOND_MS = 1000;
/** So long after an urgent message the next one is expected. */
const CALM_AFTER_URGENT_MS = 60_000;
/** So much of the grant others leave free beside what urgent messages use, while these are expected. */
const URGENT_SHARE = 0.02;
/** And up to so much where urgent messages used more in one of the past seconds than they do now. */
const URGENT_SHARE_IN_A_LULL = 0.12;
/** One burst over the rate gives many throttle answers; they raise the guard once. */
const RAISE_INTERVAL_MS = 1000;
/** What throttle answers added to the guard halves in this time. */
const DECAY_HALF_LIFE_MS = 60_000;

export class Pacer {
  readonly #guardMs: number;
  readonly #guardCapMs: number;
  readonly #burstMs: number;
  readonly #calmBurstMs: number;
  readonly #log = new StampLog();
  #rate: number;
  #reserved = 0;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  /** When the next write would be due if all writes were evenly spread. */
  #evenAt = Number.NEGATIVE_INFINITY;
  #urgentAt = Number.NEGATIVE_INFINITY;
  readonly #urgentLog = new StampLog();
  readonly #urgentPeak = new RecentPeak();
  /** The last place that somebody was told to wait for. */
  #promisedAt = Number.NEGATIVE_INFINITY;
  #raisedTo: number;
  #raisedAt = Number.NEGATIVE_INFINITY;

  /**
   * Counts the past second as fully used: what was written before, by this login of an earlier process, is not known. Of the
   * even spread that process may have been ahead twice `burstMs`, once allowed after a pause and once made up for lateness, so
   * its writes are taken to be as late as that; a login costs so much of the grant. @param now clock time.
   */
  constructor(options: PacerOptions, now: number) {
    this.#rate = checkedRate(options.rate);
    this.#guardMs = options.guardMs ?? 5;
    this.#guardCapMs = Math.max(this.#guardMs, options.guardCapMs ?? 50);
    this.#burstMs = options.burstMs ?? 100;
    this.#calmBurstMs = Math.min(this.#burstMs, options.calmBurstMs ?? 20);
    this.#raisedTo = this.#guardMs;
    const windowMs = SECOND_MS + this.#guardMs;
    const beforeAheadMs = 2 * this.#burstMs;
    for (let i = 1; i <= this.#rate; i += 1)
      this.#log.push(Math.min(now, now - windowMs + beforeAheadMs + (i * windowMs) / this.#rate));
    // No allowance at first: used at once, it would leave a gap.
    this.#evenAt = now + beforeAheadMs + this.#burstMs + this.#intervalMs(now);
  }

  get rate(): number {
    return this.#rate;
  }

  /** The grant changed. Writes already made keep counting. */
  setRate(rate: number): void {
    this.#rate = checkedRate(rate);
  }

  /**
   * Earliest time at which {@link reserve} gives a ticket; Infinity while reservations hold every place. Only to be asked for
   * who waits: who reserves later than it was told was late.
   * @param urgent may it use every place, and the whole allowance after a pause, also while others may not?
   */
  nextAt(now: number, urgent = true): number {
    const calm = !urgent && now - this.#urgentAt < CALM_AFTER_URGENT_MS;
    const places = this.#rate - this.#reserved - (calm ? this.#leftToUrgent(now) : 0);
    if (places <= 0) return Number.POSITIVE_INFINITY;
    const evenly = this.#evenAt - (calm ? this.#calmBurstMs : this.#burstMs);
    const byLog =
      this.#log.size < places
        ? Number.NEGATIVE_INFINITY
        : this.#log.fromEnd(places) + SECOND_MS + this.guardMs(now);
    const at = Math.max(now, this.#pausedUntil, evenly, byLog);
    if (at > now) this.#promisedAt = at;
    return at;
  }

  /**
   * A place for one write, or undefined when {@link nextAt} is later than `now + aheadMs`. `now` must be read before the write.
   * @param aheadMs so much before it comes a place is given, to be written from then on
   */
  reserve(now: number, urgent = true, aheadMs = 0): PaceTicket | undefined {
    const promisedAt = this.#promisedAt;
    const from = this.nextAt(now, urgent);
    if (from - aheadMs > now) return undefined;
    this.#reserved += 1;
    if (urgent) this.#noteUrgent(now);
    const late = now - promisedAt;
    const since = from === now && late >= 0 && late <= this.#burstMs ? promisedAt : from;
    this.#evenAt = Math.max(this.#evenAt, since) + this.#intervalMs(now);
    return { state: 'reserved', from };
  }

  /** The ticket's write was made, not before its time. `stamp` must be read after `socket.write` returned. */
  written(ticket: PaceTicket, stamp: number): void {
    if (ticket.state === 'used') return;
    ticket.state = 'used';
    this.#reserved -= 1;
    this.#log.push(stamp);
    // Nothing older than the longest window is ever asked for again.
    this.#log.dropBefore(stamp - SECOND_MS - this.#guardCapMs);
  }

  /** Gives the place back: nothing was written. */
  release(ticket: PaceTicket): void {
    if (ticket.state === 'used') return;
    ticket.state = 'used';
    this.#reserved -= 1;
    this.#evenAt -= SECOND_MS / Math.max(1, this.#rate);
  }

  /** No write before `until`, clock time. A pause is never shortened. */
  pause(until: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, until);
  }

  isPaused(now: number): boolean {
    return now < this.#pausedUntil;
  }

  /** The gateway found us over the rate: doubles the guard, at most once a second and up to its cap. */
  throttled(now: number): void {
    if (now - this.#raisedAt < RAISE_INTERVAL_MS) return;
    this.#raisedTo = Math.min(this.#guardCapMs, Math.max(1, this.guardMs(now)) * 2);
    this.#raisedAt = now;
  }

  /** The guard at present, ms: what throttle answers added to it halves every minute. */
  guardMs(now: number): number {
    const added = this.#raisedTo - this.#guardMs;
    if (added <= 0) return this.#guardMs;
    const left = added * 0.5 ** ((now - this.#raisedAt) / DECAY_HALF_LIFE_MS);
    if (left >= 0.05) return this.#guardMs + left;
    this.#raisedTo = this.#guardMs;
    return this.#guardMs;
  }

  /** Writes in the past second, assumed ones after a login included. */
  used(now: number): number {
    return this.#log.countAfter(now - SECOND_MS);
  }

  /** How many places others leave to urgent messages. A lull of these is mostly a stall of ours: what waited comes at once. */
  #leftToUrgent(now: number): number {
    const lull = this.#urgentPeak.within(now) - this.#urgentLog.countAfter(now - SECOND_MS);
    const least = Math.floor(this.#rate * URGENT_SHARE);
    return Math.min(least + Math.max(0, lull), Math.floor(this.#rate * URGENT_SHARE_IN_A_LULL));
  }

  #noteUrgent(now: number): void {
    this.#urgentAt = now;
    this.#urgentLog.push(now);
    this.#urgentLog.dropBefore(now - SECOND_MS);
    this.#urgentPeak.note(this.#urgentLog.size, now);
  }

  #intervalMs(now: number): number {
    return (SECOND_MS + this.guardMs(now)) / Math.max(1, this.#rate);
  }
}

function checkedRate(rate: number): number {
  if (!Number.isSafeInteger(rate) || rate < 0) throw new RangeError(`rate must be an integer of at least 0`);
  return rate;
}

/** The largest of the values of the past second, or of up to two: it is kept for each second. */
class RecentPeak {
  #now = 0;
  #before = 0;
  #since = Number.NEGATIVE_INFINITY;

  note(value: number, now: number): void {
    if (now - this.#since >= SECOND_MS) {
      this.#before = now - this.#since < 2 * SECOND_MS ? this.#now : 0;
      this.#now = 0;
      this.#since = now;
    }
    this.#now = Math.max(this.#now, value);
  }

  within(now: number): number {
    const age = now - this.#since;
    if (age >= 2 * SECOND_MS) return 0;
    return age < SECOND_MS ? Math.max(this.#now, this.#before) : this.#now;
  }
}

/** Ascending times in a ring that doubles when it is full. */
class StampLog {
  #ring = new Float64Array(64);
  #head = 0;
  size = 0;

  push(stamp: number): void {
    if (this.size === this.#ring.length) this.#grow();
    const last = this.size === 0 ? stamp : Math.max(stamp, this.fromEnd(1));
    this.#ring[(this.#head + this.size) & (this.#ring.length - 1)] = last;
    this.size += 1;
  }

  /** The `n`th youngest, 1 being the youngest. */
  fromEnd(n: number): number {
    return this.#at(this.size - n);
  }

  dropBefore(time: number): void {
    while (this.size > 0 && this.#at(0) < time) {
      this.#head = (this.#head + 1) & (this.#ring.length - 1);
      this.size -= 1;
    }
  }

  /** How many are later than `time`; by halving. */
  countAfter(time: number): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#at(middle) > time) high = middle;
      else low = middle + 1;
    }
    return this.size - low;
  }

  #at(index: number): number {
    return this.#ring[(this.#head + index) & (this.#ring.length - 1)] ?? Number.NaN;
  }

  #grow(): void {
    const grown = new Float64Array(this.#ring.length * 2);
    for (let i = 0; i < this.size; i += 1) grown[i] = this.#at(i);
    this.#ring = grown;
    this.#head = 0;
  }
}
