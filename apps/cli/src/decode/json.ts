import type { ExplainedField, ExplainedFrame } from '@pabal/wire';
import { hexOf, shownValue, showsBytes, type View } from './shown.js';

/** A frame as one line of JSON; what is masked has neither value nor bytes. */
export function frameJson(frame: ExplainedFrame, view: View): string {
  const { title, offset, size, fields, problem } = frame;
  return JSON.stringify({
    title,
    offset,
    size,
    fields: fields.map((field) => fieldJson(field, view)),
    problem,
  });
}

function fieldJson(field: ExplainedField, view: View) {
  const { section, name, notation, offset, bytes, unpacked, meaning, meaningKo, note } = field;
  return {
    section,
    name,
    kind: notation,
    offset,
    size: bytes.length,
    unpacked,
    hex: showsBytes(field, view) ? hexOf(field, view, bytes.length).replaceAll(' ', '') : undefined,
    value: shownValue(field, view),
    masked: !view.reveal && field.value !== field.masked,
    meaning,
    meaningKo,
    note,
  };
}
