import { describe, expect, it } from '@jest/globals';
import { FieldError, textBytes } from '@pabal/wire';
import fc from 'fast-check';
import { Codec, type CodecMode, type KnownPacket } from './codec.js';
import { createFrameReader } from './frame.js';
import { isMethodName, type MethodTable, methods } from './methods.js';
import type { AnyBody, Row } from './rows.js';
import { turningCipher } from './testing/cipher.js';

const RUNS = 15;
const MODES: readonly CodecMode[] = ['plain', 'encrypted'];
const UTF8 = { charset: 'utf-8', unmappable: 'reject' } as const;
const tables: readonly (readonly [string, MethodTable])[] = Object.entries(methods);
const rowsOf = ({ rows = [] }: MethodTable) => rows;
const fields = tables.flatMap(([method, table]) =>
  rowsOf(table).map((row) => [method, row.name, row] as const),
);
const ours = fields.filter(([, , row]) => row.type === 'text' && !row.echoed);

/** Written as one of the packets whose kinds the compiler knows, since the tables are walked here. */
function packetOf(method: string, body: AnyBody): KnownPacket {
  if (!isMethodName(method)) throw new Error(`${method} has no table`);
  return { method, body } as KnownPacket;
}

/** Any value that has its place in the field. */
function fitting({ type, values, digits, maxBytes = 300 }: Row): fc.Arbitrary<string | number> {
  if (values !== undefined) return fc.constantFrom(...values);
  if (type === 'number')
    return fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, -1, 2 ** 53 - 1, 1 - 2 ** 53));
  if (digits) return fc.stringMatching(new RegExp(`^\\d{0,${maxBytes}}$`));
  // At most four bytes of UTF-8 a code point; some as long as the field.
  const short = fc.string({ unit: 'binary', maxLength: Math.min(60, Math.floor(maxBytes / 4)) });
  return fc.oneof(short, fc.constantFrom('a'.repeat(maxBytes), '가'.repeat(Math.floor(maxBytes / 3))));
}

function bodyOf(table: MethodTable): fc.Arbitrary<AnyBody> {
  const all = Object.fromEntries(rowsOf(table).map((row) => [row.name, fitting(row)]));
  const requiredKeys = rowsOf(table).flatMap(({ name, optional }) => (optional ? [] : [name]));
  return fc.record(all, { requiredKeys, noNullPrototype: true });
}

/** A body of which every value fits. */
function ordinary(method: string): AnyBody {
  const table = tables.find(([name]) => name === method)?.[1];
  const value = ({ type, values, digits }: Row) =>
    values?.[0] ?? (type === 'number' ? 0 : digits ? '1' : 'a');
  return Object.fromEntries(rowsOf(table ?? methods.AliveReq).map((row) => [row.name, value(row)]));
}

/** The packet of a frame, and nothing behind it. */
function decoded(codec: Codec, frame: Uint8Array) {
  const [only, ...others] = createFrameReader().push(frame);
  if (only === undefined || others.length > 0) throw new Error('not one frame');
  return codec.decode(only.body);
}

describe.each(MODES)('any packet of a connection that is %s', (mode) => {
  const codec = new Codec({ cipher: turningCipher, mode });

  // A key is no text of ours to be empty: PrivateKeyRes without one is refused when read.
  it.each(tables.filter(([method]) => method !== 'PrivateKeyRes'))(
    '%s is read as it was written',
    (method, table) => {
      fc.assert(
        fc.property(bodyOf(table), (body) => {
          const packet = packetOf(method, body);
          expect(decoded(codec, codec.encode(packet))).toEqual(packet);
        }),
        { numRuns: RUNS },
      );
    },
  );

  it('is read as it was written: PrivateKeyRes with any key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 50 }), (PrivateKey) => {
        const packet = packetOf('PrivateKeyRes', { PrivateKey });
        expect(decoded(codec, codec.encode(packet))).toEqual(packet);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a value that does not fit its field', () => {
  const codec = new Codec({ cipher: turningCipher });
  const json = (method: string, change: Readonly<Record<string, unknown>>) =>
    codec.json(packetOf(method, { ...ordinary(method), ...change } as AnyBody));
  const refusal = (method: string, name: string, value: unknown) => {
    try {
      return JSON.parse(json(method, { [name]: value })).Body[name] === value ? 'written whole' : 'changed';
    } catch (error) {
      if (error instanceof FieldError && error.field === name) return error.rule;
      throw error;
    }
  };
  // Bodies that are always encrypted can't be looked into here; their fields are judged by the same rows.
  const open = ours.filter(([method]) => !/^(Un)?Bind/.test(method));

  it('is refused with the number of its bytes, by one byte over, by one Hangul over', () => {
    const limited = ours.filter(([, , row]) => row.maxBytes !== undefined);
    expect(limited.length).toBeGreaterThan(50);
    for (const [method, name, { maxBytes = 0, digits, values }] of limited) {
      if (values !== undefined) continue;
      const whole = Math.floor(maxBytes / 3);
      for (const value of ['1'.repeat(maxBytes + 1), ...(digits ? [] : [`${'가'.repeat(whole)}나`])]) {
        const size = textBytes(value, UTF8);
        const thrown = expect.objectContaining({ code: 'field', field: name, limit: maxBytes, actual: size });
        expect(() => json(method, { [name]: value })).toThrow(thrown);
      }
    }
  });

  it('is refused or written whole, never cut, whatever its length', () => {
    const lengths = fc.string({ unit: 'binary', minLength: 0, maxLength: 4200 });
    fc.assert(
      fc.property(fc.constantFrom(...open), lengths, ([method, name], value) => {
        expect(['written whole', 'max-bytes', 'one-of', 'digits']).toContain(refusal(method, name, value));
      }),
      { numRuns: 300 },
    );
  });

  it('is refused when it is half a character, wherever that stands', () => {
    const half = fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit));
    fc.assert(
      fc.property(fc.constantFrom(...ours), half, fc.nat(2), ([method, name], unit, at) => {
        const value = `${'가'.repeat(at)}${unit}${'a'.repeat(2 - at)}`.slice(0, 3);
        expect(() => json(method, { [name]: value })).toThrow(
          expect.objectContaining({ field: name, code: 'field' }),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('is refused when it is of another kind, or missing', () => {
    const kinds = [Number.NaN, Infinity, 0.5, 2 ** 53, null, true, [], {}, ['a'], 1n];
    for (const [method, name, { type, optional }] of fields) {
      const wrong: unknown[] = [...kinds, type === 'number' ? '0' : 0];
      if (!optional) wrong.push(undefined);
      for (const value of wrong) {
        expect(() => json(method, { [name]: value })).toThrow(
          expect.objectContaining({ code: 'field', field: name }),
        );
      }
    }
  });
});
