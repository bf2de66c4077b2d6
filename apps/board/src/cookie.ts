/** The cookie that holds a session's token. */
const NAME = 'pabal_board';

/** The token that a request's `Cookie` header carries, if any. */
export function sessionToken(header: string | undefined): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === NAME && value) return value;
  }
  return undefined;
}

/**
 * The `Set-Cookie` header for a session; without a token, the one that ends it. No script reads the cookie, no other
 * site's request carries it, and behind TLS no plain connection does.
 */
export function sessionCookie(token: string | undefined, secure: boolean): string {
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Strict', ...(secure ? ['Secure'] : [])];
  const pair = token === undefined ? [`${NAME}=`, 'Max-Age=0'] : [`${NAME}=${token}`];
  return [...pair, ...attributes].join('; ');
}
