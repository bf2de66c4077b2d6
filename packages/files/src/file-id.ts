import { createHash } from 'node:crypto';

const ID = /^[A-Za-z0-9_-]{43}$/;

/** The id of a file: SHA-256 of its bytes in base64url, 43 characters. The same bytes have the same id everywhere. */
export function fileId(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url');
}

/** Whether a text can be the id of a file at all. */
export function isFileId(text: string): boolean {
  return ID.test(text);
}
