import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `log.warn(`, `member.log.error(`, `log[level](`. */
const LOG_CALL = /\blog(?:\.(debug|info|warn|error|fatal)|\[[^\]]+\])\(/g;
/** The event is the last word of the call; what follows a colon in it is for people. */
const EVENT = /(['`])([a-z]+\.(?:[a-zA-Z]+|\$\{))[^'`]*\1\s*,?\s*$/;
const QUEUE_EVENT = /\.event\(\s*'([a-z-]+)'/g;

/**
 * @typedef {object} LoggedEvent
 * @property {string} event `lease.lost`; `store.${` for one that is put together
 * @property {string | undefined} level undefined where it is chosen while running
 * @property {string} file
 */

/**
 * The events that the sources under these folders log.
 * @param {string} root
 * @returns {LoggedEvent[]}
 */
export function loggedEvents(root) {
  return sources(root).flatMap(({ file, text }) =>
    [...text.matchAll(LOG_CALL)].flatMap((call) => {
      const inside = argumentsAt(text, call.index + call[0].length);
      const event = EVENT.exec(inside)?.[2];
      return event === undefined ? [] : [{ event, level: call[1], file }];
    }),
  );
}

/**
 * The names of the jobs that the sources put into the queue `events`.
 * @param {string} root
 * @returns {string[]}
 */
export function queuedEvents(root) {
  return sources(root).flatMap(({ text }) => [...text.matchAll(QUEUE_EVENT)].map(([, name]) => name));
}

function sources(root) {
  return ['packages', 'apps'].flatMap((kind) =>
    readdirSync(join(root, kind)).flatMap((name) => {
      const folder = join(root, kind, name, 'src');
      return readdirSync(folder, { recursive: true })
        .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
        .map((path) => ({ file: join(folder, path), text: readFileSync(join(folder, path), 'utf8') }));
    }),
  );
}

/** What stands between the parenthesis before `start` and its partner. */
function argumentsAt(text, start) {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return text.slice(start, at);
  }
  return '';
}
