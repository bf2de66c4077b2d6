const SLAB_BYTES = 16 * 1024;
/** A larger packet gets memory of its own, so that little of a slab is ever left over. */
const LARGEST_SHARE = 1024;

let slab = new Uint8Array(0);
let used = 0;

/**
 * New memory of NULs. Small pieces share a slab, since making an ArrayBuffer for each takes several times as long as
 * filling it; no byte is ever handed out twice.
 */
export function allocate(bytes: number): Uint8Array<ArrayBuffer> {
  if (bytes > LARGEST_SHARE) return new Uint8Array(bytes);
  if (used + bytes > slab.length) {
    slab = new Uint8Array(SLAB_BYTES);
    used = 0;
  }
  const piece = slab.subarray(used, used + bytes);
  used += bytes;
  return piece;
}
