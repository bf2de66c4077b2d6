import { Host, type HostOptions, type Lines } from './host.js';

/** A host that nobody used for so long is forgotten, ms. */
const FORGET_MS = 10 * 60_000;
/** How often they are looked through, ms. */
const LOOK_MS = 60_000;

export interface HostsOptions extends Pick<HostOptions, 'now' | 'random'> {
  /** Deliveries that the process holds at once, in whatever line. */
  readonly concurrency: number;
}

/** The hosts that deliveries go to, each of each webhook by itself. */
export class Hosts {
  readonly #hosts = new Map<string, Host>();
  readonly #options: Omit<HostOptions, 'limit'>;
  #lookedAt: number;

  constructor({ concurrency, ...options }: HostsOptions) {
    // Half of all for long lines, at least four of them: the other half stays for hosts that come later.
    const [roomFor, longest] = [Math.floor(concurrency / 2), Math.floor(concurrency / 8)];
    const lines: Lines = { standing: 0, roomFor, longest };
    this.#options = { ...options, lines };
    this.#lookedAt = options.now();
  }

  /** The host behind an origin, `https://shop.example:8443`. */
  of(webhook: string, origin: string, limit: number): Host {
    this.#forget();
    const key = `${webhook} ${origin}`;
    let host = this.#hosts.get(key);
    if (!host) {
      host = new Host({ ...this.#options, limit });
      this.#hosts.set(key, host);
    }
    return host;
  }

  get size(): number {
    return this.#hosts.size;
  }

  /** Sends away everybody who waits in a line. */
  stop(): void {
    for (const host of this.#hosts.values()) host.stop();
  }

  #forget(): void {
    const now = this.#options.now();
    if (now - this.#lookedAt < LOOK_MS) return;
    this.#lookedAt = now;
    for (const [key, host] of this.#hosts) if (host.idleFor(FORGET_MS)) this.#hosts.delete(key);
  }
}
