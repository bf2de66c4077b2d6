import { type Cipher, type GrantAnswer, grantRequestBody, parseGrantAnswer } from '@pabal/protocol-lghv';
import { ProtocolError } from '@pabal/wire';
import type { LghvConfig } from './config.js';

/** Far more than any list of servers needs. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** Asks the gateway for its servers. A parameter of a line, so that tests need no HTTP. */
export type RequestGrant = () => Promise<GrantAnswer>;

/**
 * GRANT over HTTP (LGHV 1.3.1), given up after the configured time.
 * @throws ProtocolError when the answer is none of GRANT's; what fetch throws when there is no answer.
 */
export async function requestGrant(config: LghvConfig, cipher: Cipher): Promise<GrantAnswer> {
  const response = await fetch(config.grantUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: grantRequestBody(config.userId, config.password, cipher),
    // A redirect would carry id and password elsewhere.
    redirect: 'error',
    signal: AbortSignal.timeout(config.grantTimeout),
  });
  const answer = await readText(response);
  if (!response.ok) throw new ProtocolError('bad-grant', `HTTP status ${response.status}`);
  return parseGrantAnswer(answer);
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) throw new ProtocolError('bad-grant', `more than ${MAX_ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
