import { z } from 'zod';

/** A PEM text with a block of this kind; `${file:PATH}` takes one from a file. */
export function pem(what: 'CERTIFICATE' | 'PRIVATE KEY'): z.ZodString {
  const begin = new RegExp(`-----BEGIN [A-Z ]*${what}-----`);
  return z.string().regex(begin, `must be PEM text with a ${what}: \${file:PATH} takes it from a file`);
}
