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

interface AcceptedList {
  readonly accepted: readonly { readonly id: string }[];
  readonly refused: readonly { readonly problems: readonly { readonly message: string }[] }[];
}

/** Sends and cancels over HTTP, as a service in any language does it. */
export class HttpDoor {
  readonly #url: string;
  readonly #key: string;

  /** @param url of the API, without a path */
  constructor(url: string, key: string) {
    this.#url = url;
    this.#key = key;
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
    await Promise.all([...lists, ...single.map(({ input }) => this.#post(input, [202]))]);
  }

  /** Cancels a message: what the API answered, `cancelled` or the code of a problem. */
  async cancel(id: string): Promise<string> {
    const answer = await this.#ask('DELETE', `/v1/messages/${id}`);
    const body = (await answer.json()) as Problem & { readonly status?: unknown };
    return answer.ok ? String(body.status) : (body.code ?? `status ${answer.status}`);
  }

  async #sendList(messages: readonly DemoMessage[]): Promise<void> {
    const answer = await this.#post({ messages: messages.map(({ input }) => input) }, [202]);
    const { refused } = (await answer.json()) as AcceptedList;
    const [first] = refused;
    if (first)
      throw new CliFailure(`the sample's own message is refused: ${first.problems[0]?.message ?? ''}`);
  }

  async #post(body: unknown, expected: readonly number[]): Promise<Response> {
    const answer = await this.#ask('POST', '/v1/messages', JSON.stringify(body));
    if (expected.includes(answer.status)) return answer;
    const { title, detail } = (await answer.json()) as Problem;
    throw new CliFailure(`the API refuses a message (${answer.status}): ${detail ?? title ?? ''}`);
  }

  async #ask(method: string, path: string, body?: string): Promise<Response> {
    return fetch(`${this.#url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
  }
}
