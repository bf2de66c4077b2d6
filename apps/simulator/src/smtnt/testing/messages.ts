import { SUBMIT_FIELDS } from '../submit-fields.js';
import { sms } from './raw-client.js';

/** A message whose fields stand in the order of the table, whatever was changed. */
export function message(change: Record<string, unknown>): Record<string, unknown> {
  const fields = sms(change);
  const known = SUBMIT_FIELDS.map(({ name }) => name).filter((name) => Object.hasOwn(fields, name));
  return Object.fromEntries(known.map((name) => [name, fields[name]]));
}
