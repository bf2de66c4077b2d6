/**
 * Parts of a page that are made from the code stand between `<!-- made: name -->` and `<!-- /made -->`; the words around
 * them are written by hand.
 */
const BLOCK = /(<!-- made: ([a-z-]+) -->\n)[\s\S]*?(<!-- \/made -->)/g;

/**
 * The page with its made parts as they should be.
 * @param {string} page
 * @param {Readonly<Record<string, string>>} blocks Markdown by name
 * @returns {string}
 * @throws {Error} for a name that nobody makes
 */
export function withBlocks(page, blocks) {
  return page.replace(BLOCK, (_whole, opening, name, closing) => {
    const made = blocks[name];
    if (made === undefined) throw new Error(`nothing makes the part ${name}`);
    return `${opening}\n${made}\n\n${closing}`;
  });
}

/**
 * The names of a page's made parts.
 * @param {string} page
 * @returns {string[]}
 */
export function blockNames(page) {
  return [...page.matchAll(BLOCK)].map(([, , name]) => name);
}

/**
 * A table of Markdown.
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/**
 * The rows of every table of a page: cells without the backticks that mark code.
 * @param {string} page
 * @returns {string[][]}
 */
export function tableRows(page) {
  return page
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s|:-]+\|$/.test(line))
    .map((line) =>
      line
        .slice(1, line.lastIndexOf('|'))
        .split(/(?<!\\)\|/)
        .map((cell) => cell.replaceAll('\\|', '|').replaceAll('`', '').trim()),
    );
}
