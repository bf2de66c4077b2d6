import { mkdir, mkdtemp, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Child, ROOT } from '../../support/index.js';

/** The tarball of the client, packed and put into an empty folder as npm would, its dependencies taken from the workspace's. */
export class InstalledClient {
  private constructor(
    /** Holds `node_modules` and nothing else. */
    readonly folder: string,
    /** The client's own folder below it. */
    readonly client: string,
  ) {}

  static async install(): Promise<InstalledClient> {
    const folder = await mkdtemp(join(tmpdir(), 'pabal-installed-'));
    const client = join(folder, 'node_modules/@pabal/client');
    const packing = new Child('pack', process.execPath, [join(ROOT, 'scripts/pack-client.mjs'), folder]);
    if ((await packing.exited) !== 0) throw new Error(packing.lines.join('\n'));
    await mkdir(client, { recursive: true });
    const tar = new Child('tar', 'tar', [
      ...['-xzf', packing.lines.at(-1) ?? '', '-C', client, '--strip-components=1'],
    ]);
    if ((await tar.exited) !== 0) throw new Error(tar.lines.join('\n'));
    const { dependencies } = JSON.parse(await readFile(join(client, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    for (const name of Object.keys(dependencies)) await link(folder, name, await libraryFolder(name));
    await link(folder, '@types/node', await realpath(join(ROOT, 'node_modules/@types/node')));
    return new InstalledClient(folder, client);
  }

  /** Runs a program in the folder. */
  async run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    const child = new Child(command, 'env', ['-C', this.folder, command, ...args], env);
    const code = await child.exited;
    if (code !== 0) throw new Error(`${command} ended with ${code}:\n${child.lines.join('\n')}`);
    return child.lines.join('\n');
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function link(folder: string, name: string, target: string): Promise<void> {
  const place = join(folder, 'node_modules', name);
  await mkdir(dirname(place), { recursive: true });
  await symlink(target, place);
}

/** Where a library of one of our packages is. */
async function libraryFolder(name: string): Promise<string> {
  for (const ours of ['queues', 'files', 'fate', 'message', 'client']) {
    const place = join(ROOT, 'packages', ours, 'node_modules', name);
    const found = await realpath(place).catch(() => undefined);
    if (found !== undefined) return found;
  }
  return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
}
