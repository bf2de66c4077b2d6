/** The fonts that Bull Board's page asks a foreign server for: nobody there needs to know who looks at a board. */
const FOREIGN_FONTS = /<link href="https:\/\/fonts\.googleapis\.com[^>]*>/g;

/** Bull Board sets styles from its scripts; everything else comes from this server and nowhere else. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'self'",
  "frame-ancestors 'none'",
].join('; ');

const STATIC_SECONDS = 3_600;

/** Headers of every answer. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-robots-tag': 'noindex, nofollow',
};

/** Scripts and styles of the board may be kept by the browser; nothing else may. */
export function cacheControl(path: string): string {
  return path.startsWith('/static/') ? `private, max-age=${STATIC_SECONDS}` : 'no-store';
}

/** Bull Board's page without what it would load from elsewhere. */
export function withoutForeignFonts(page: string): string {
  return page.replace(FOREIGN_FONTS, '');
}
