import { access } from 'node:fs/promises';
import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { serverArguments } from './server-arguments.js';

const IMAGE = 'redis:7.4-alpine';
const PORT = 6379;
const PING_MS = 2_000;

/** A server in a container. */
export interface Container {
  readonly url: string;
  stop(): Promise<void>;
}

/** Where a Docker engine may listen: what `DOCKER_HOST` says, else the usual sockets. */
export function engineAddresses(env: NodeJS.ProcessEnv, home: string): string[] {
  const host = env.DOCKER_HOST;
  if (host !== undefined && host !== '') return [host];
  const runtime = env.XDG_RUNTIME_DIR;
  return [
    '/var/run/docker.sock',
    ...(runtime === undefined || runtime === '' ? [] : [join(runtime, 'docker.sock')]),
    join(home, '.docker/run/docker.sock'),
    join(home, '.docker/desktop/docker.sock'),
  ].map((path) => `unix://${path}`);
}

/** Whether a Docker engine answers, found out without loading its client, which takes most of a second. */
export async function dockerAnswers(env: NodeJS.ProcessEnv): Promise<boolean> {
  for (const address of engineAddresses(env, homedir())) {
    if (await answers(address)) return true;
  }
  return false;
}

async function answers(address: string): Promise<boolean> {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, port, pathname } = new URL(address);
  if (protocol === 'unix:') {
    const exists = await access(pathname).then(
      () => true,
      () => false,
    );
    return exists && ping({ socketPath: pathname });
  }
  // An engine behind TLS or ssh cannot be asked this plainly: whoever set it up is believed.
  if (protocol === 'https:' || protocol === 'ssh:' || port === '2376') return true;
  return ping({ host: hostname, port: Number(port === '' ? 2375 : port) });
}

function ping(target: { socketPath: string } | { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ ...target, path: '/_ping', timeout: PING_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.once('timeout', () => asked.destroy());
    asked.once('error', () => resolve(false));
    asked.end();
  });
}

/** Starts Redis in a container, which Docker removes when we stop it and, by testcontainers' reaper, when we die. */
export async function startContainer(): Promise<Container> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const container = await new GenericContainer(IMAGE)
    .withCommand(['redis-server', ...serverArguments()])
    .withExposedPorts(PORT)
    .withWaitStrategy(Wait.forLogMessage('Ready to accept connections'))
    .start();
  return {
    url: `redis://${container.getHost()}:${container.getMappedPort(PORT)}`,
    async stop() {
      await container.stop();
    },
  };
}
