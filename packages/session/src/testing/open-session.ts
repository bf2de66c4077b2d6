import { FakeClock } from '../clock.js';
import type { LineDeps, SubmitOutcome } from '../gateway.js';
import type { SessionSpec } from '../line-options.js';
import type { SessionPolicy } from '../policy.js';
import { TcpSession } from '../tcp-session.js';
import { quiet, ScriptedPeer } from './scripted-peer.js';
import { lineDeps, policy, type TextSubmit, textDialect, textSubmit } from './text-dialect.js';

export const endpoint = { host: 'gateway', port: 1 };

/** A session over a scripted peer, before its login. */
export async function openSession(
  options: {
    deps?: Partial<LineDeps>;
    policy?: Partial<SessionPolicy>;
    endpoint?: SessionSpec<TextSubmit>['endpoint'];
    reserved?: () => boolean;
  } = {},
) {
  const clock = new FakeClock();
  const peer = new ScriptedPeer();
  const { deps, stored, logged } = lineDeps(clock, options.deps);
  const told: string[] = [];
  const session = new TcpSession<TextSubmit>({
    spec: {
      name: 's',
      channels: ['sms'],
      dialect: textDialect,
      endpoint: options.endpoint ?? (() => endpoint),
    },
    deps,
    policy: { ...policy, ...options.policy },
    connect: peer.connect,
    hooks: {
      reserved: () => options.reserved?.() ?? false,
      opened: (grants) => told.push(`opened ${JSON.stringify(grants)}`),
      transition: (from, to, reason) => told.push(`${from}>${to}${reason === undefined ? '' : ` ${reason}`}`),
      refused: (code, repeated) => told.push(`refused ${code} ${repeated}`),
      rests: (ms) => told.push(`rests ${ms}`),
      capacity: () => undefined,
    },
  });
  await quiet();
  const login = async (): Promise<void> => {
    await peer.send('welcome sms=100\n');
  };
  /** Moves time, then lets what follows happen. */
  const advance = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await quiet();
  };
  const write = (wireId: string): Promise<SubmitOutcome> => {
    const submission = session.submit('sms', textSubmit(wireId));
    if (!submission.written) throw new Error(submission.why);
    return submission.outcome;
  };
  return { clock, peer, session, stored, logged, told, login, advance, write };
}
