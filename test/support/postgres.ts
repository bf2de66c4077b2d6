import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';
import { Child, until } from './child.js';
import { isProgram } from './where.js';

/** The folder with PostgreSQL's server programs: where Debian keeps them, newest first, else on PATH; undefined on a machine without. */
export function postgresPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return folders.find((folder) => isProgram(join(folder, 'initdb')) && isProgram(join(folder, 'postgres')));
}

/** PostgreSQL refuses to run as root. */
function ordinaryUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (what: string) => Number(execFileSync('id', [what, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** A PostgreSQL of the test's own: in a folder that goes with it, reached over a socket there and no port. */
export class PrivatePostgres {
  readonly #folder: string;
  readonly #server: Child;

  private constructor(folder: string, server: Child) {
    this.#folder = folder;
    this.#server = server;
  }

  static async start(programs: string): Promise<PrivatePostgres> {
    const folder = await mkdtemp(join(tmpdir(), 'pabal-pg-'));
    const user = ordinaryUser();
    if (user) await chown(folder, user.uid, user.gid);
    const data = join(folder, 'data');
    const run = (program: string, args: readonly string[]) =>
      new Child(program, join(programs, program), args, { LC_ALL: 'C' }, user);
    const init = run('initdb', ['-D', data, '-U', 'pabal', '-A', 'trust', '-E', 'UTF8', '--no-sync']);
    if ((await init.exited) !== 0) throw new Error(init.lines.join('\n'));
    // Its durability is not what is tested here.
    const settings = { listen_addresses: '', unix_socket_directories: folder, fsync: 'off' };
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const server = run('postgres', ['-D', data, ...options]);
    const postgres = new PrivatePostgres(folder, server);
    try {
      await until('PostgreSQL answers', async () => {
        const client = postgres.client();
        return client.connect().then(
          () => client.end().then(() => true),
          () => {
            if (!server.running) throw new Error(server.lines.join('\n'));
            return false;
          },
        );
      });
    } catch (error) {
      await postgres.stop();
      throw error;
    }
    return postgres;
  }

  /** What `pg` connects with. */
  get place(): { readonly host: string; readonly user: string; readonly database: string } {
    return { host: this.#folder, user: 'pabal', database: 'postgres' };
  }

  /** The same as an address. */
  get url(): string {
    const { host, user, database } = this.place;
    return `postgresql://${user}@${encodeURIComponent(host)}/${database}`;
  }

  /** A connection that is not connected yet. */
  client(): pg.Client {
    return new pg.Client(this.place);
  }

  pool(): pg.Pool {
    return new pg.Pool(this.place);
  }

  async stop(): Promise<void> {
    await this.#server.stop('SIGQUIT');
    await rm(this.#folder, { recursive: true, force: true });
  }
}
