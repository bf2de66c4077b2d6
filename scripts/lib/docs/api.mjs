import { table } from './blocks.mjs';

/**
 * The made parts of the page of the HTTP API.
 * @param {import('../../../apps/api/src/described.ts').DescribedApi} api
 * @returns {Record<string, string>}
 */
export function apiParts({ operations, problems, metrics }) {
  return {
    'api-operations': table(
      ['operation', 'scope', 'what', 'answers'],
      operations.map(({ method, path, scope, summary, statuses }) => [
        `\`${method} ${path}\``,
        scope === 'open' ? '' : `\`${scope}\``,
        summary,
        statuses.join(', '),
      ]),
    ),
    'api-problems': table(
      ['code', 'status', 'meaning'],
      problems.map(({ code, status, title }) => [`\`${code}\``, String(status), title]),
    ),
    'api-metrics': table(
      ['metric', 'kind', 'meaning'],
      metrics.map(({ name, type, help }) => [`\`${name}\``, type, help]),
    ),
  };
}
