import { createServer } from 'node:net';

/**
 * Ports below the range from which kernels take the local ends of outgoing connections (32768 on Linux). A port inside
 * that range may be taken while our server is down, or a client that keeps trying may end up connected to itself.
 */
const LOWEST = 20_000;
const HIGHEST = 32_000;
const ATTEMPTS = 100;
/** Where the bus of a cluster node listens. */
const BUS_OFFSET = 10_000;
/** What this process was given is not given to it again: servers that start side by side have not bound theirs yet. */
const given = new Set<number>();

/** Finds a port of 127.0.0.1 that nobody listens on and that stays free for a server which comes and goes. */
export async function freePort(random: () => number = Math.random): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = LOWEST + Math.floor(random() * (HIGHEST - LOWEST));
    if (await take(port)) return port;
  }
  throw new Error(`none of ${ATTEMPTS} ports tried between ${LOWEST} and ${HIGHEST} was free`);
}

/** The port of a cluster node and that of its bus, {@link BUS_OFFSET} higher, both below the kernel's own. */
export async function freeClusterPort(random: () => number = Math.random): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = LOWEST - BUS_OFFSET + Math.floor(random() * (HIGHEST - LOWEST));
    if ((await take(port)) && (await take(port + BUS_OFFSET))) return port;
  }
  throw new Error(`none of ${ATTEMPTS} pairs of ports was free for a cluster node`);
}

async function take(port: number): Promise<boolean> {
  if (given.has(port)) return false;
  // Before the look, which takes a while: two that ask at once must not be given the same.
  given.add(port);
  const isFree = await canListen(port);
  if (!isFree) given.delete(port);
  return isFree;
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
