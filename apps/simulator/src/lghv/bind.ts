import type { LghvCipher } from './crypto.js';
import { readField } from './fields.js';
import type { LghvRule } from './rules.js';

/** A BIND that can be judged further (LGHV 2.2.1). */
export interface Bind {
  readonly line: 'S' | 'R';
  readonly userId: string;
  readonly agentId: string;
  readonly password: string;
  readonly reportForm: 'A' | 'M';
}

type Breach = (rule: LghvRule, detail: string) => void;

/**
 * Reads a BIND body: ENCODE 1, LINE_TYPE 1, USER_ID 20, AGENT_ID 6, USER_PWD 50, REPORT 1, INFO 21. Every breach
 * is told; undefined where one of them leaves nothing to log in with.
 */
export function readBind(body: Buffer, cipher: LghvCipher, breach: Breach): Bind | undefined {
  if (body.length !== 100) {
    breach('bind-length', `${body.length} bytes`);
    return undefined;
  }
  let sound = true;
  const refuse: Breach = (rule, detail) => {
    sound = false;
    breach(rule, detail);
  };
  const field = (name: string, at: number, size: number): string => {
    const { value, padded } = readField(body, at, size);
    if (!padded) refuse('field-padding', name);
    return value;
  };
  const encode = field('ENCODE', 0, 1);
  const line = field('LINE_TYPE', 1, 1);
  const userId = field('USER_ID', 2, 20);
  const agentId = field('AGENT_ID', 22, 6);
  let password = field('USER_PWD', 28, 50);
  const reportForm = field('REPORT', 78, 1);
  const info = field('INFO', 79, 21);
  if (encode !== '0' && encode !== '1') refuse('bind-encode', 'ENCODE');
  if (line !== 'S' && line !== 'R') refuse('bind-line-type', 'LINE_TYPE');
  if (reportForm !== 'A' && reportForm !== 'M') refuse('bind-report', 'REPORT');
  if (info !== 'V1.1') refuse('bind-info', 'INFO');
  if (encode === '1') {
    const plain = cipher.decrypt(password);
    if (plain) password = plain.toString('utf8');
    else refuse('bind-password', `USER_PWD of ${password.length} bytes does not decrypt`);
  }
  if (!sound) return undefined;
  return { line, userId, agentId, password, reportForm } as Bind;
}
