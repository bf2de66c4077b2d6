/** Any JSON object, taken as it is. */
export type JsonObject = { readonly [key: string]: JsonValue };

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** How large a JSON value may be. Characters are those of its strings and names together. */
export interface JsonBounds {
  readonly depth: number;
  readonly values: number;
  readonly characters: number;
}

export interface JsonExcess {
  readonly rule: 'too-deep' | 'too-many' | 'too-long' | 'type';
  /** Completes "<field> …". */
  readonly says: string;
  readonly limit?: number;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isScalar(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value))
  );
}

/**
 * The first bound that a value breaks. Walks without recursion and stops at the bound, so that neither depth nor breadth
 * nor a circle costs more than the bounds allow. `text` sees every string and name.
 */
export function jsonExcess(
  value: unknown,
  bounds: JsonBounds,
  text?: (found: string) => void,
): JsonExcess | undefined {
  let values = 0;
  let characters = 0;
  const pending: [unknown, number][] = [[value, 1]];
  const note = (found: string): void => {
    characters += found.length;
    if (characters <= bounds.characters) text?.(found);
  };
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [current, depth] = next;
    if (typeof current === 'string') note(current);
    if (isContainer(current)) {
      if (depth > bounds.depth) {
        return { rule: 'too-deep', says: `must be at most ${bounds.depth} levels deep`, limit: bounds.depth };
      }
      const entries = Object.entries(current);
      values += entries.length;
      if (values > bounds.values) {
        return { rule: 'too-many', says: `must hold at most ${bounds.values} values`, limit: bounds.values };
      }
      for (const [key, inner] of entries) {
        if (!Array.isArray(current)) note(key);
        pending.push([inner, depth + 1]);
      }
    } else if (!isScalar(current)) return { rule: 'type', says: 'must hold nothing but JSON' };
    if (characters > bounds.characters) {
      const says = `must be at most ${bounds.characters} characters`;
      return { rule: 'too-long', says, limit: bounds.characters };
    }
  }
  return undefined;
}
