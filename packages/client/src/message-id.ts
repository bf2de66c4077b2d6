const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_CHARACTERS = 10;
const RANDOM_BYTES = 16;

/**
 * A message id of 26 characters: ten for the time (ms), so that ids sort by it, and sixteen of chance (80 bits).
 *
 * @param now epoch ms
 * @param random at least 16 uniform bytes; of each, five bits are used
 */
export function makeMessageId(now: number, random: Uint8Array): string {
  if (random.length < RANDOM_BYTES) throw new RangeError(`an id needs ${RANDOM_BYTES} random bytes`);
  let time = '';
  for (let rest = Math.floor(now), i = 0; i < TIME_CHARACTERS; i++, rest = Math.floor(rest / 32)) {
    time = ALPHABET.charAt(rest % 32) + time;
  }
  const chance = [...random.subarray(0, RANDOM_BYTES)].map((byte) => ALPHABET.charAt(byte % 32));
  return time + chance.join('');
}
