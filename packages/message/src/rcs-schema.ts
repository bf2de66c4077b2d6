import { z } from 'zod';
import { jsonExcess } from './json.js';
import { refuse } from './problem.js';
import { RCS_TYPES } from './rcs-part.js';
import { characterCount, controlCharacter, loneSurrogate } from './text-characters.js';
import { line } from './text-schema.js';

/** A carousel has at most six cards; a format of its own may have a few more. */
export const RCS_CARDS = 10;
/** Buttons of one card. */
export const RCS_SUGGESTIONS = 4;
/** Label of a button (GSMA RCC.71). */
export const RCS_LABEL_CHARACTERS = 25;
/** Bounds of one card's buttons. */
export const RCS_BUTTON_BOUNDS = { depth: 10, values: 100, characters: 4000 } as const;

type Json = Readonly<Record<string, unknown>>;

interface Checked {
  readonly value: Json;
  readonly issues: z.core.$ZodRawIssue[];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkLabel(checked: Checked, suggestion: Json, path: PropertyKey[]): void {
  for (const kind of ['action', 'reply']) {
    const part = suggestion[kind];
    if (part === undefined) continue;
    if (!isObject(part)) {
      refuse(checked, { rule: 'type', says: 'must be of type object', limit: 'object' }, [...path, kind]);
      continue;
    }
    const { displayText } = part;
    if (displayText === undefined) continue;
    const label = [...path, kind, 'displayText'];
    const actual = typeof displayText === 'string' ? characterCount(displayText) : undefined;
    if (actual === undefined) {
      refuse(checked, { rule: 'type', says: 'must be of type string', limit: 'string' }, label);
    } else if (actual < 1 || actual > RCS_LABEL_CHARACTERS) {
      const says = `must have 1 to ${RCS_LABEL_CHARACTERS} characters, it has ${actual}`;
      const rule = actual < 1 ? 'too-short' : 'too-long';
      refuse(checked, { rule, says, limit: actual < 1 ? 1 : RCS_LABEL_CHARACTERS, actual }, label);
    }
  }
}

function checkSuggestions(checked: Checked, suggestions: unknown): void {
  const path = ['suggestions'];
  if (!Array.isArray(suggestions)) {
    refuse(checked, { rule: 'type', says: 'must be of type array', limit: 'array' }, path);
    return;
  }
  const actual = suggestions.length;
  if (actual > RCS_SUGGESTIONS) {
    const says = `must have at most ${RCS_SUGGESTIONS} entries, it has ${actual}`;
    refuse(checked, { rule: 'too-long', says, limit: RCS_SUGGESTIONS, actual }, path);
    return;
  }
  suggestions.forEach((suggestion: unknown, index) => {
    const at = [...path, index];
    if (isObject(suggestion) && (suggestion.action === undefined) !== (suggestion.reply === undefined)) {
      checkLabel(checked, suggestion, at);
    } else refuse(checked, { rule: 'suggestion', says: 'must hold either an action or a reply' }, at);
  });
}

/**
 * Buttons of one RCS card: `suggestions` is checked where it stands, other forms pass as they are. Bounded in depth,
 * number of values and characters; no text holds control characters other than line breaks and tabs.
 */
export const rcsButtonSchema = z.record(z.string(), z.unknown()).check((checked) => {
  let clean = true;
  let whole = true;
  const excess = jsonExcess(checked.value, RCS_BUTTON_BOUNDS, (text) => {
    clean &&= controlCharacter(text, 'several') === undefined;
    whole &&= loneSurrogate(text) === undefined;
  });
  if (excess) {
    refuse(checked, excess);
    return;
  }
  if (!clean) {
    refuse(checked, { rule: 'control-character', says: 'must hold no control characters' });
  }
  if (!whole) refuse(checked, { rule: 'unmappable', says: 'has half a character' });
  if (checked.value.suggestions !== undefined) checkSuggestions(checked, checked.value.suggestions);
});

/** The part `rcs` of a message. */
export const rcsSchema = z.strictObject({
  type: z.enum(RCS_TYPES).optional(),
  messageBaseId: line(100).optional(),
  buttons: z.array(rcsButtonSchema).max(RCS_CARDS).optional(),
  header: z.boolean().optional(),
  footer: z
    .string()
    .regex(/^\d{8,11}$/, '8 to 11 digits')
    .optional(),
  copyAllowed: z.boolean().optional(),
  agencyId: line(100).optional(),
  brandKey: line(100).optional(),
  agencyKey: line(100).optional(),
});
