import { FileError } from '@pabal/client';
import { z } from 'zod';
import type { Call } from '../operation.js';
import { operation } from '../operation.js';
import { ApiProblem } from '../problem-details.js';
import { FORM_TYPE, JPEG_TYPE } from '../read-body.js';

/** The largest file that any gateway takes, and what a form adds to it. */
const FILE_BODY_BYTES = 1_048_576 + 16_384;

const binary = { type: 'string', contentEncoding: 'binary' };

export const storeFile = operation({
  method: 'POST',
  path: '/v1/files',
  id: 'storeFile',
  tag: 'Files',
  summary: 'Store a JPEG that messages name',
  description:
    'The body is the file, at most 1,048,576 bytes, or a form with one file. The same bytes are the same file: storing it again renews its time. Messages name it in `files`.',
  scope: 'send',
  body: {
    [JPEG_TYPE]: { schema: { ...binary, contentMediaType: JPEG_TYPE } },
    [FORM_TYPE]: { schema: { type: 'object', properties: { file: binary }, required: ['file'] } },
  },
  bodyLimit: FILE_BODY_BYTES,
  answers: {
    201: {
      description: 'Stored, now or before',
      schema: z.strictObject({
        id: z.string().meta({ description: 'The SHA-256 of its bytes' }),
        bytes: z.int(),
        width: z.int().meta({ description: 'Pixels' }),
        height: z.int(),
      }),
    },
  },
  problems: [
    'invalid-request',
    'body-too-large',
    'unsupported-media-type',
    'file-refused',
    'out-of-memory-guard',
  ],
  handle: async (call, { client }) => {
    const bytes = await bytesOf(call);
    try {
      const { id, size, width, height } = await client.putFile(bytes);
      return { status: 201, body: { id, bytes: size, width, height } };
    } catch (error) {
      throw error instanceof FileError ? refused(error) : error;
    }
  },
});

async function bytesOf({ rawBody, header }: Call<unknown, unknown>): Promise<Uint8Array> {
  if (rawBody === undefined || rawBody.length === 0) {
    throw new ApiProblem('file-refused', 'the file is empty', {
      problems: [{ field: 'file', rule: 'empty', message: 'the file is empty', actual: 0 }],
    });
  }
  const contentType = header('content-type') ?? '';
  return contentType.toLowerCase().startsWith(FORM_TYPE) ? fileOfForm(rawBody, contentType) : rawBody;
}

/** The only file of a form, whatever its field is called. */
async function fileOfForm(body: Buffer, contentType: string): Promise<Uint8Array> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => undefined);
  if (form === undefined) throw new ApiProblem('invalid-request', 'the form cannot be read');
  const files = [...form.values()].filter((value) => typeof value !== 'string');
  const [file] = files;
  if (file === undefined || files.length > 1) {
    throw new ApiProblem('invalid-request', `the form must have one file, it has ${files.length}`);
  }
  return new Uint8Array(await file.arrayBuffer());
}

function refused({ rule, message, limit, actual }: FileError): ApiProblem {
  const problem = {
    field: 'file',
    rule,
    message,
    ...(limit === undefined ? {} : { limit }),
    ...(actual === undefined ? {} : { actual }),
  };
  return new ApiProblem('file-refused', message, { problems: [problem] });
}
