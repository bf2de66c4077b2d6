import { CliFailure } from '../failure.js';
import type { DemoMessage } from './sample.js';

/** What the API takes in one request. */
const MOST_A_REQUEST = 1_000;
const ANSWER_MS = 20_000;

interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
}

interface Body {
  readonly type: string;
  readonly bytes: string | Uint8Array;
}

interface AcceptedList {
  readonly accepted: readonly { readonly id: string }[];
  readonly refused: readonly { readonly problems: readonly { readonly message: string }[] }[];
}

/** Stores files, sends and cancels over HTTP, as a service in any language does it. */
export class HttpDoor {
  readonly #url: string;
  readonly #key: string;

  /** @param url of the API, without a path */
  constructor(url: string, key: string) {
    this.#url = url;
    this.#key = key;
  }

  /**
   * Stores images, so that messages can name them by their ids.
   * @throws CliFailure when one is not taken
   */
  async store(images: readonly Uint8Array[]): Promise<void> {
    const kept = images.map((bytes) => this.#expect(201, 'POST', '/v1/files', { type: 'image/jpeg', bytes }));
    await Promise.all(kept);
  }

  /**
   * One request for each urgent message, as a login page makes them, and lists of the others, as a nightly run does.
   * @throws CliFailure when one is not accepted
   */
  async send(messages: readonly DemoMessage[]): Promise<void> {
    const single = messages.filter(({ urgent }) => urgent);
    const listed = messages.filter(({ urgent }) => !urgent);
    const lists: Promise<void>[] = [];
    for (let from = 0; from < listed.length; from += MOST_A_REQUEST)
      lists.push(this.#sendList(listed.slice(from, from + MOST_A_REQUEST)));
    await Promise.all([...lists, ...single.map(({ input }) => this.#post(input))]);
  }

  /** Cancels a message: what the API answered, `cancelled` or the code of a problem. */
  async cancel(id: string): Promise<string> {
    const answer = await this.#ask('DELETE', `/v1/messages/${id}`);
    const body = (await answer.json()) as Problem & { readonly status?: unknown };
    return answer.ok ? String(body.status) : (body.code ?? `status ${answer.status}`);
  }

  async #sendList(messages: readonly DemoMessage[]): Promise<void> {
    const answer = await this.#post({ messages: messages.map(({ input }) => input) });
    const { refused } = (await answer.json()) as AcceptedList;
    const [first] = refused;
    if (first)
      throw new CliFailure(`the sample's own message is refused: ${first.problems[0]?.message ?? ''}`);
  }

  #post(message: unknown): Promise<Response> {
    const bytes = JSON.stringify(message);
    return this.#expect(202, 'POST', '/v1/messages', { type: 'application/json', bytes });
  }

  async #expect(status: number, method: string, path: string, body: Body): Promise<Response> {
    const answer = await this.#ask(method, path, body);
    if (answer.status === status) return answer;
    const { title, detail } = (await answer.json()) as Problem;
    throw new CliFailure(`the API refuses ${method} ${path} (${answer.status}): ${detail ?? title ?? ''}`);
  }

  #ask(method: string, path: string, body?: Body): Promise<Response> {
    return fetch(`${this.#url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body === undefined ? {} : { 'content-type': body.type }),
      },
      ...(body === undefined ? {} : { body: body.bytes }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
  }
}
