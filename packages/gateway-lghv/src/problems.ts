import type { MessageV1, Problem } from '@pabal/message';
import type { Cipher } from '@pabal/protocol-lghv';
import type { AttachedFile } from '@pabal/session';
import { FieldError } from '@pabal/wire';
import { isCarried } from './lanes.js';
import { type DeliverConfig, encodeMessage, meaningProblems } from './mapping.js';
import { type ImagePart, sizeProblems } from './mapping-mms.js';

/** Puts a value that fits in place of one that does not: so that one look finds every problem. */
type Repair = (message: MessageV1) => MessageV1;

const REPAIRS: Readonly<Record<string, Repair>> = {
  to: (message) => ({ ...message, to: '01000000000' }),
  from: (message) => ({ ...message, from: '0200000000' }),
  text: (message) => ({ ...message, text: 'x' }),
  subject: (message) => ({ ...message, subject: '' }),
  reseller: (message) => ({ ...message, reseller: '' }),
  'kakao.senderKey': (message) => ({ ...message, kakao: { ...message.kakao, senderKey: 'x' } }),
  'kakao.templateCode': (message) => ({ ...message, kakao: { ...message.kakao, templateCode: 'x' } }),
  'kakao.buttons': (message) => ({ ...message, kakao: { ...message.kakao, buttons: [] } }),
  'kakao.image': (message) => ({ ...message, kakao: { ...message.kakao, image: {} } }),
  /** EXTEND as a whole. */
  kakao: (message) => {
    const { buttons = [], image, senderKey = '', templateCode = '' } = message.kakao ?? {};
    return { ...message, kakao: { buttons, senderKey, templateCode, ...(image && { image }) } };
  },
};

/** A wire id takes the same place whatever its digits. */
const ANY_WIRE_ID = '0';
/** An image takes the same place whatever its content, as far as the other fields go. */
const ANY_IMAGE: ImagePart = { dataType: 'i', fileName: 'x.jpg', fileKey: '', bytes: new Uint8Array(1) };

/** Every reason why this gateway cannot carry the message; empty when it can. */
export function messageProblems(
  message: MessageV1,
  config: DeliverConfig,
  cipher: Cipher,
  files: readonly AttachedFile[] = [],
): readonly Problem[] {
  const problems = [...meaningProblems(message, config), ...sizeProblems(files)];
  if (!isCarried(message.channel)) return problems;
  let candidate = problems.reduce((repaired, { field }) => REPAIRS[field]?.(repaired) ?? repaired, message);
  for (;;) {
    const problem = firstProblem(candidate, config, cipher);
    if (!problem) return problems;
    problems.push(problem);
    const repair = REPAIRS[problem.field];
    const again = problems.filter(({ field }) => field === problem.field).length > 1;
    if (!repair || again) return problems;
    candidate = repair(candidate);
  }
}

function firstProblem(message: MessageV1, config: DeliverConfig, cipher: Cipher): Problem | undefined {
  try {
    const images = (message.files ?? []).slice(0, 1).map(() => ANY_IMAGE);
    encodeMessage(message, ANY_WIRE_ID, config, cipher, images);
    return undefined;
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    const { field, rule, limit, actual } = error;
    return {
      field,
      rule,
      message: `${field} must fit the gateway's field: ${rule} allows ${limit}, it has ${actual}`,
      limit,
      actual,
    };
  }
}
