import { ProtocolError } from '@pabal/wire';

/** Names by which the key is looked for where no other is configured. */
const USUAL_NAMES = ['PrivateKey', 'Key'] as const;

/**
 * The key in the Body of a PrivateKeyRes. The document does not print that answer, so every plausible form is read: the
 * Body itself as a text; or, of an object, the field that is configured, else `PrivateKey` or `Key`, else its only text.
 * @param field name of the field, where it is configured: then no other will do.
 * @throws ProtocolError `no-private-key`, without the body's content.
 */
export function readPrivateKey(body: unknown, field?: string): string {
  const key = typeof body === 'string' ? body : keyIn(body, field);
  if (key === undefined || key === '') throw new ProtocolError('no-private-key', 'PrivateKeyRes.Body');
  return key;
}

function keyIn(body: unknown, field: string | undefined): string | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const texts = Object.entries(body).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const named = (name: string) => texts.find(([each]) => each === name)?.[1];
  if (field !== undefined) return named(field);
  for (const name of USUAL_NAMES) {
    const key = named(name);
    if (key !== undefined) return key;
  }
  return texts.length === 1 ? texts[0]?.[1] : undefined;
}
