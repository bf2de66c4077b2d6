import { Counter, type Family, Histogram } from './exposition.js';

/** Seconds. */
const LATENCY_BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** What this process has done since it started. */
export class ApiMetrics {
  readonly #requests = new Counter();
  readonly #latency = new Histogram(LATENCY_BOUNDS);
  readonly #accepted = new Counter();
  readonly #refused = new Counter();

  /** A request was answered. `route` is the pattern of its path, or `none`. */
  answered({
    method,
    route,
    status,
    ms,
  }: {
    method: string;
    route: string;
    status: number;
    ms: number;
  }): void {
    const known = route === 'none' ? 'other' : method; // of paths that are none, anybody invents methods
    this.#requests.add({ method: known, route, status: String(status) });
    this.#latency.observe({ method: known, route }, ms / 1_000);
  }

  /** Messages of a key were accepted. */
  accepted(client: string, messages: number): void {
    this.#accepted.add({ client }, messages);
  }

  /** A message of a key was refused, for this rule first. */
  refused(client: string, rule: string): void {
    this.#refused.add({ client, rule });
  }

  get families(): readonly Family[] {
    const { rss } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    return [
      {
        name: 'pabal_http_requests_total',
        type: 'counter',
        help: 'Requests answered, by method, route and status.',
        samples: this.#requests.samples,
      },
      {
        name: 'pabal_http_request_seconds',
        type: 'histogram',
        help: 'From the first byte of a request to its answer.',
        samples: this.#latency.samples,
      },
      {
        name: 'pabal_api_messages_accepted_total',
        type: 'counter',
        help: 'Messages accepted, by key.',
        samples: this.#accepted.samples,
      },
      {
        name: 'pabal_api_messages_refused_total',
        type: 'counter',
        help: 'Messages refused, by key and by the first rule that they break.',
        samples: this.#refused.samples,
      },
      {
        name: 'process_resident_memory_bytes',
        type: 'gauge',
        help: 'Resident memory of the API process.',
        samples: [{ value: rss }],
      },
      {
        name: 'process_cpu_seconds_total',
        type: 'counter',
        help: 'CPU time of the API process.',
        samples: [{ value: (user + system) / 1e6 }],
      },
    ];
  }
}
