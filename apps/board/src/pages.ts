/** What the login page says beside its form. */
export type LoginNotice =
  | { readonly kind: 'wrong' }
  /** Too many failures: the next attempt counts in so many seconds. */
  | { readonly kind: 'wait'; readonly seconds: number };

const STYLE = `
  :root { color-scheme: light dark; --back: #f4f6f8; --card: #fff; --text: #16202c; --quiet: #5b6775;
    --line: #ccd4dd; --accent: #1f5fbf; --alarm: #b3261e; }
  @media (prefers-color-scheme: dark) { :root { --back: #12171d; --card: #1b222b; --text: #e6ebf1;
    --quiet: #95a2b1; --line: #38434f; --accent: #6ea8fe; --alarm: #ff8a80; } }
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem;
    background: var(--back); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
  main { width: 100%; max-width: 22rem; padding: 2rem; border: 1px solid var(--line); border-radius: 12px;
    background: var(--card); }
  h1 { margin: 0; font-size: 1.35rem; }
  p { margin: .25rem 0 1.25rem; color: var(--quiet); font-size: .92rem; }
  p[role=alert] { color: var(--alarm); font-weight: 600; }
  label { display: block; margin: .9rem 0 .3rem; font-size: .9rem; font-weight: 600; }
  input { width: 100%; padding: .6rem .7rem; border: 1px solid var(--line); border-radius: 8px;
    background: var(--back); color: inherit; font: inherit; }
  button { width: 100%; margin-top: 1.4rem; padding: .65rem; border: 0; border-radius: 8px;
    background: var(--accent); color: var(--card); font: inherit; font-weight: 600; cursor: pointer; }
  a { display: block; margin-top: 1rem; text-align: center; color: var(--accent); }
  input:focus-visible, button:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`;

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`;
}

function alertOf(notice: LoginNotice | undefined): string {
  if (notice === undefined) return '';
  const words =
    notice.kind === 'wrong'
      ? 'Name or password is wrong.'
      : `Too many attempts. Try again in ${notice.seconds} seconds.`;
  return `<p role="alert">${words}</p>`;
}

/** The form that asks for name and password. Repeats nothing that was typed. */
export function loginPage(notice?: LoginNotice): string {
  return page(
    'Pabal: sign in',
    `<h1>Pabal</h1>
<p>Queues of the fleet, to look at only.</p>
${alertOf(notice)}
<form method="post" action="/login">
<label for="user">Name</label>
<input id="user" name="user" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button>Sign in</button>
</form>`,
  );
}

/** Asks before it ends the session: leaving takes a form, so that no link or preview does it. */
export function logoutPage(): string {
  return page(
    'Pabal: sign out',
    `<h1>Sign out</h1>
<p>This ends the session of this browser.</p>
<form method="post" action="/logout">
<button>Sign out</button>
</form>
<a href="/">Back to the queues</a>`,
  );
}
