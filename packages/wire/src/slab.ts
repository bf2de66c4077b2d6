const SLAB_BYTES = 32 * 1024;
/** A larger packet gets memory of its own, so that little of a slab is ever left over. */
export const LARGEST_SHARE = 4 * 1024;

let slab = new Uint8Array(0);
let used = 0;

/** A place in a slab. Its bytes are NULs and nobody else's until it is cut to what was used of it. */
export interface Place {
  readonly memory: Uint8Array<ArrayBuffer>;
  readonly start: number;
}

/**
 * Where up to `room` bytes may be written. Small pieces share a slab, since making an ArrayBuffer for each takes several
 * times as long as filling it. A place that is never cut, as its writing failed, is not handed out again.
 * @param room at most {@link LARGEST_SHARE}.
 */
export function openPlace(room: number): Place {
  if (used + room > slab.length) {
    slab = new Uint8Array(SLAB_BYTES);
    used = 0;
  }
  const place = { memory: slab, start: used };
  used += room;
  return place;
}

/** The place's bytes before `end`. What was left over is given back, unless another place was opened behind it. */
export function cutPlace({ memory, start }: Place, room: number, end: number): Uint8Array<ArrayBuffer> {
  if (memory === slab && used === start + room) used = end;
  return memory.subarray(start, end);
}

/** New memory of NULs, all of it used. */
export function allocate(bytes: number): Uint8Array<ArrayBuffer> {
  if (bytes > LARGEST_SHARE) return new Uint8Array(bytes);
  const place = openPlace(bytes);
  return cutPlace(place, bytes, place.start + bytes);
}
