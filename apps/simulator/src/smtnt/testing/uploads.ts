import { message } from './messages.js';
import type { RawClient } from './raw-client.js';

/** A size of an image, and how many bytes it takes in all. */
export interface ImageSize {
  readonly width?: number;
  readonly height?: number;
  readonly bytes?: number;
}

/** Marker by marker: SOI, a comment, the frame, a scan of zeros that fills the size, EOI. */
export function jpeg({ width = 640, height = 480, bytes = 100 }: ImageSize = {}): Buffer {
  const head = Buffer.from('ffd8' + 'fffe0004abcd' + 'ffc0000b08', 'hex');
  const size = Buffer.from([height >> 8, height & 255, width >> 8, width & 255]);
  const scan = Buffer.from('01011100' + 'ffda0008010100003f00', 'hex');
  const end = Buffer.from('ffd9', 'hex');
  const rest = Buffer.alloc(bytes - head.length - size.length - scan.length - end.length);
  return Buffer.concat([head, size, scan, rest, end]);
}

/** Asks for a name. */
export async function fileName(client: RawClient): Promise<string> {
  client.send('UploadFileNameReq', { FileExtension: '.jpg' });
  return String((await client.expect('UploadFileNameRes')).FileName);
}

/** Sends a file in chunks of 3,072 bytes, the most that 4,096 characters hold. */
export function sendChunks(client: RawClient, file: Buffer, method = 'UploadFileReq'): void {
  for (let from = 0; from < file.length; from += 3072) {
    client.send(method, { Data: file.subarray(from, from + 3072).toString('base64') });
  }
}

/** Ends an upload; its result code. */
export async function finish(client: RawClient, FileName: string, FileSize: number): Promise<unknown> {
  client.send('UploadFileFinishReq', { FileName, FileSize });
  return (await client.expect('UploadFileFinishRes')).Result;
}

/** Uploads a whole file; its name and result code. */
export async function upload(client: RawClient, file: Buffer, method?: string) {
  const name = await fileName(client);
  sendChunks(client, file, method);
  return { name, result: await finish(client, name, file.length) };
}

/** Uploads a file that has to be taken; its name. */
export async function uploaded(client: RawClient, file: Buffer, method?: string): Promise<string> {
  const { name, result } = await upload(client, file, method);
  if (result !== 0) throw new Error(`upload refused with ${result}`);
  return name;
}

/** An MMS that names these files. */
export function withFiles(...names: readonly string[]): Record<string, unknown> {
  const files = names.flatMap((name, i) => [
    [`FileType${i + 1}`, 'IMG'],
    [`FileName${i + 1}`, name],
  ]);
  return message({ MsgType: 6, FileCount: names.length, ...Object.fromEntries(files) });
}
