/**
 * Who may use whom. Every package of the workspace has one row here, and may declare no dependency on another package
 * of the workspace that its row does not name; `protocol-*` stands for all of that family. That nothing undeclared is
 * imported, and nothing from outside a package's folder, is seen to by `turbo boundaries` and the compiler.
 */
export const LAYERS = {
  'packages/wire': [],
  'packages/message': [],
  'packages/session': ['message'],
  'packages/protocol-*': ['wire', 'message'],
  'packages/gateway-*': ['session', 'protocol-*', 'message', 'wire'],
  'packages/fate': ['message'],
  'packages/queues': ['message'],
  'packages/files': ['message'],
  'packages/client': ['message', 'queues', 'fate', 'files'],
  'packages/webhooks': ['message', 'queues', 'session'],
  'packages/runtime': ['session'],
  'packages/local-redis': [],
  'packages/fleet': ['fate', 'queues', 'files', 'gateway-*', 'session', 'message', 'runtime'],
  // The judge of everything else: a mistake shared with it would not show.
  'apps/simulator': [],
  'apps/*': ['packages/*'],
  // The command line starts every role, so it alone among the apps knows the others.
  'apps/cli': ['packages/*', 'apps/*'],
  test: ['packages/*', 'apps/*'],
  // What other services have: the client, or nothing of ours at all.
  examples: ['client'],
};

/** Libraries that only some packages may use: whoever wants a queue or a record goes through these. */
export const RESERVED_LIBRARIES = {
  bullmq: ['packages/queues', 'packages/fate', 'packages/local-redis', 'apps/board', 'test', 'examples'],
  ioredis: ['packages/queues', 'packages/fate', 'packages/files', 'packages/local-redis', 'test', 'examples'],
};

/**
 * @typedef {object} Member a package of the workspace
 * @property {string} folder `packages/wire`
 * @property {string} name `@pabal/wire`
 * @property {string[]} dependencies names of everything it declares, of our own and others'
 * @property {string[]} references folders that its tsconfig.json refers to, `packages/wire`
 */

/**
 * Every breach of the rules among the packages of the workspace, one line each.
 * @param {Member[]} members
 * @returns {string[]}
 */
export function layerProblems(members) {
  const folders = new Map(members.map(({ name, folder }) => [name, folder]));
  return members.flatMap((member) => {
    const ours = member.dependencies.filter((name) => folders.has(name)).map((name) => folders.get(name));
    const row = rowOf(member.folder);
    if (row === undefined) return [`${member.folder}: has no row in scripts/lib/layers.mjs`];
    return [
      ...ours
        .filter((folder) => !row.some((pattern) => covers(pattern, folder)))
        .map((folder) => `${member.folder}: may not depend on ${folder}`),
      ...member.dependencies
        .filter((name) => RESERVED_LIBRARIES[name]?.includes(member.folder) === false)
        .map((name) => `${member.folder}: may not depend on ${name}`),
      ...ours
        .filter((folder) => !member.references.includes(folder))
        .map(
          (folder) => `${member.folder}: depends on ${folder}, but its tsconfig.json does not refer to it`,
        ),
      ...member.references
        .filter((folder) => !ours.includes(folder))
        .map(
          (folder) => `${member.folder}: its tsconfig.json refers to ${folder}, on which it does not depend`,
        ),
    ];
  });
}

/** A row of its own, else the row of its family. */
function rowOf(folder) {
  const key = Object.keys(LAYERS)
    .filter((pattern) => covers(pattern, folder))
    .sort((a, b) => Number(a.includes('*')) - Number(b.includes('*')))[0];
  return key === undefined ? undefined : LAYERS[key];
}

/** Whether `wire`, `protocol-*` or `packages/*` means the folder. A name alone is one of packages/. */
function covers(pattern, folder) {
  const full = pattern.includes('/') || pattern === folder ? pattern : `packages/${pattern}`;
  return full.endsWith('*') ? folder.startsWith(full.slice(0, -1)) : folder === full;
}
