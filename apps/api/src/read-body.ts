import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiProblem } from './problem-details.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The bytes of the body as they came. */
    rawBody: Buffer | undefined;
  }
}

export const JSON_TYPE = 'application/json';
export const JPEG_TYPE = 'image/jpeg';
export const FORM_TYPE = 'multipart/form-data';

/** Names that would change what every object inherits. */
const POISON =
  /"(?:_|\\u005[fF]){2}(?:p|\\u0070)(?:r|\\u0072)(?:o|\\u006[fF])(?:t|\\u0074)(?:o|\\u006[fF])(?:_|\\u005[fF]){2}"\s*:/;

/**
 * Reads a JSON body. Its bytes must be UTF-8: text in EUC-KR would else be sent as question marks.
 * @throws ApiProblem malformed-json, unsupported-media-type
 */
export function parseJsonBody(bytes: Buffer, contentType = JSON_TYPE): unknown {
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    throw new ApiProblem('unsupported-media-type', 'JSON is taken in UTF-8 only');
  }
  if (!isUtf8(bytes)) throw new ApiProblem('malformed-json', 'the body is not UTF-8');
  const text = bytes.toString('utf8');
  if (POISON.test(text)) throw new ApiProblem('malformed-json', 'the body has a field __proto__');
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    throw new ApiProblem('malformed-json', whereBroken(error));
  }
}

/** What the parser says quotes the body: only the place is told. */
function whereBroken(error: unknown): string {
  const place = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
  return place === undefined
    ? 'the body is cut short or not JSON'
    : `the body is not JSON at character ${place}`;
}

/** What kinds of bodies are read at all; which operation takes which is its own to say. */
export function readBodies(app: FastifyInstance): void {
  app.decorateRequest('rawBody', undefined);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(JSON_TYPE, { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = keep(request, body);
    if (bytes.length === 0) {
      done(null, undefined);
      return;
    }
    try {
      done(null, parseJsonBody(bytes, request.headers['content-type']));
    } catch (error) {
      done(error as Error);
    }
  });
  app.addContentTypeParser([JPEG_TYPE, FORM_TYPE], { parseAs: 'buffer' }, (request, body, done) => {
    done(null, keep(request, body));
  });
}

function keep(request: FastifyRequest, body: string | Buffer): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  request.rawBody = bytes;
  return bytes;
}

/** The media type of a `Content-Type` header, without its parameters. */
export function mediaTypeOf(contentType: string | undefined): string | undefined {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase();
}
