import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative } from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { SCHEMA_FOLDER } from './docs/schemas.mjs';
import { readCatalog, workspaceFolders } from './workspace.mjs';

const CLIENT = 'packages/client';

/**
 * Lays out the client as other teams install it: one package whose entries can be imported and required, with the
 * packages of the workspace bundled into it and only public libraries left as dependencies. What the compiler wrote must
 * be there.
 * @param {string} root of the workspace
 * @param {string} folder is emptied
 * @returns {Promise<{ name: string, version: string }>}
 */
export async function layOutClient(root, folder) {
  const manifest = readJson(join(root, CLIENT, 'package.json'));
  const entries = entriesOf(manifest);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const scripts = await bundle(root, {
    inputs: inputs(root, entries, '.js'),
    plugins: [workspaceResolver(root, 'default')],
    outputs: [
      { dir: join(folder, 'dist'), format: 'es', extension: '.js' },
      { dir: join(folder, 'dist'), format: 'cjs', extension: '.cjs' },
    ],
  });
  const types = await bundle(root, {
    inputs: inputs(root, entries, '.d.ts'),
    plugins: [workspaceResolver(root, 'types'), dts({ respectExternal: false })],
    outputs: [{ dir: join(folder, 'dist'), format: 'es', extension: '.d.ts' }],
  });
  writeCommonTypes(join(folder, 'dist'), types.files);
  const libraries = [...new Set([...scripts.libraries, ...types.libraries])].sort();
  writeFileSync(
    join(folder, 'package.json'),
    `${JSON.stringify(publicManifest(root, manifest, entries, libraries), null, 2)}\n`,
  );
  cpSync(join(root, CLIENT, 'README.md'), join(folder, 'README.md'));
  cpSync(join(root, SCHEMA_FOLDER), join(folder, 'schemas'), { recursive: true });
  return { name: manifest.name, version: manifest.version };
}

/** `.` and `./text` of the manifest as `index` and `text`. */
function entriesOf({ exports }) {
  return Object.keys(exports).map((path) => ({ path, name: path === '.' ? 'index' : path.slice(2) }));
}

function inputs(root, entries, extension) {
  return Object.fromEntries(
    entries.map(({ name }) => [name, join(root, CLIENT, 'dist', `${name}${extension}`)]),
  );
}

/** @returns {Promise<{ files: string[], libraries: string[] }>} what was written, and the public libraries it imports */
async function bundle(root, { inputs, plugins, outputs }) {
  const build = await rollup({
    input: inputs,
    plugins,
    // A warning is a mistake here: an import that leads nowhere, a cycle.
    onwarn: (warning) => {
      throw new Error(`${relative(root, warning.id ?? '')} ${warning.message}`);
    },
  });
  const files = [];
  const libraries = [];
  for (const { extension, ...output } of outputs) {
    const { output: chunks } = await build.write({
      ...output,
      entryFileNames: `[name]${extension}`,
      chunkFileNames: `chunks/[name]-[hash]${extension}`,
      // The entries are named exports all, in both forms.
      exports: 'named',
      generatedCode: 'es2015',
    });
    const own = chunks.map(({ fileName }) => fileName);
    files.push(...own);
    const imports = chunks.flatMap((chunk) => chunk.imports).filter((specifier) => !own.includes(specifier));
    libraries.push(...imports.filter((specifier) => !isBuiltin(specifier)).map(libraryOf));
  }
  await build.close();
  return { files, libraries };
}

/** Finds our own packages by the exports of their manifests; leaves everything else outside of the bundle. */
function workspaceResolver(root, condition) {
  const ours = new Map(
    workspaceFolders(root).map((folder) => {
      const { name, exports = {} } = readJson(join(root, folder, 'package.json'));
      return [name, { folder, exports }];
    }),
  );
  return {
    name: 'workspace',
    resolveId(specifier) {
      if (specifier.startsWith('.') || specifier.startsWith('/')) return null;
      const name = libraryOf(specifier);
      const own = ours.get(name);
      if (own === undefined) return { id: specifier, external: true };
      const target = own.exports[`.${specifier.slice(name.length)}`]?.[condition];
      if (target === undefined) throw new Error(`${specifier} is not among the exports of ${own.folder}`);
      return join(root, own.folder, target);
    },
  };
}

/** The same declarations for `require`: TypeScript reads `.d.cts` as those of a CommonJS module. */
function writeCommonTypes(dist, files) {
  for (const file of files) {
    const text = readFileSync(join(dist, file), 'utf8').replace(
      /(from\s+'|import\(')(\.{1,2}\/[^']+)\.js'/g,
      (_, before, path) => `${before}${path}.cjs'`,
    );
    writeFileSync(join(dist, file.replace(/\.d\.ts$/, '.d.cts')), text);
  }
}

function publicManifest(root, manifest, entries, libraries) {
  const catalog = readCatalog(root);
  const { name, version, description, type } = manifest;
  return {
    name,
    version,
    description,
    type,
    engines: readJson(join(root, 'package.json')).engines,
    // For tools that do not read `exports`.
    main: './dist/index.cjs',
    module: './dist/index.js',
    types: './dist/index.d.cts',
    typesVersions: {
      '*': Object.fromEntries(
        entries
          .filter(({ name: entry }) => entry !== 'index')
          .map(({ name: entry }) => [entry, [`./dist/${entry}.d.cts`]]),
      ),
    },
    exports: {
      ...Object.fromEntries(
        entries.map(({ path, name: entry }) => [
          path,
          {
            import: { types: `./dist/${entry}.d.ts`, default: `./dist/${entry}.js` },
            require: { types: `./dist/${entry}.d.cts`, default: `./dist/${entry}.cjs` },
          },
        ]),
      ),
      './schemas/*.json': './schemas/*.json',
      './package.json': './package.json',
    },
    files: ['dist', 'schemas'],
    sideEffects: false,
    dependencies: Object.fromEntries(
      libraries.map((library) => {
        const wanted = catalog[library];
        if (wanted === undefined) throw new Error(`the client imports ${library}, which the catalog lacks`);
        return [library, wanted];
      }),
    ),
  };
}

/** `bullmq/x` is of `bullmq`, `@pabal/client/text` of `@pabal/client`. */
function libraryOf(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
