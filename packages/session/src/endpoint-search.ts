import { type Endpoint, LoginRefusedError } from './dialect.js';

export interface EndpointSearchHooks {
  readonly found: (endpoint: Endpoint) => void;
  /** The gateway refuses us before there is a connection. */
  readonly refused: (code: string) => void;
  readonly failed: (error: unknown) => void;
}

/** Asks for the endpoint of one attempt at a time; what comes for an attempt that was given up is dropped. */
export class EndpointSearch {
  readonly #endpoint: () => Endpoint | Promise<Endpoint>;
  readonly #hooks: EndpointSearchHooks;
  #attempt = 0;

  constructor(endpoint: () => Endpoint | Promise<Endpoint>, hooks: EndpointSearchHooks) {
    this.#endpoint = endpoint;
    this.#hooks = hooks;
  }

  start(): void {
    this.#attempt += 1;
    void this.#ask(this.#attempt);
  }

  cancel(): void {
    this.#attempt += 1;
  }

  async #ask(attempt: number): Promise<void> {
    let endpoint: Endpoint;
    try {
      endpoint = await this.#endpoint();
    } catch (error) {
      if (attempt !== this.#attempt) return;
      if (error instanceof LoginRefusedError) this.#hooks.refused(error.gatewayCode);
      else this.#hooks.failed(error);
      return;
    }
    if (attempt === this.#attempt) this.#hooks.found(endpoint);
  }
}
