import { createHandle, Judge, listen, type SimulatorHandle, startAdmin } from '../common/index.js';
import { Gateway, type ServerKind } from './gateway.js';
import { startGrant } from './grant.js';
import { type LghvChange, type LghvOptions, resolveOptions } from './options.js';
import { LGHV_RULES, type LghvRule } from './rules.js';
import { Session } from './session.js';

/** A running LGHV simulator; `ports` has `grant`, `sms` and `mms`. */
export type LghvHandle = SimulatorHandle<LghvChange>;

/**
 * Starts GRANT, an SMS server, an LMS/MMS server and the admin server. Throws TypeError for an option that makes
 * no sense, and the system's error where a port is taken.
 */
export async function startLghvSimulator(options: LghvOptions = {}): Promise<LghvHandle> {
  const resolved = resolveOptions(options);
  const judge = new Judge<LghvRule>('lghv', LGHV_RULES, options);
  const gateway = new Gateway(judge, resolved);
  const sessions = new Set<Session>();
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    judge.close();
    await Promise.all(closers.map((one) => one()));
  };
  const dropConnections = (): void => {
    for (const session of sessions) session.cut();
  };
  const configure = (change: unknown): void => gateway.configure(change);
  const serve = async (kind: ServerKind, port: number): Promise<number> => {
    const listener = await listen(port, resolved.host, (socket) => {
      sessions.add(new Session(gateway, kind, socket, (session) => sessions.delete(session)));
    });
    closers.push(() => listener.close());
    return listener.port;
  };
  try {
    const sms = await serve('sms', resolved.smsPort);
    const mms = await serve('mms', resolved.mmsPort);
    const grant = await startGrant(gateway, { sms, mms });
    closers.push(() => grant.close());
    const admin = await startAdmin(judge, { configure, dropConnections }, resolved.adminPort);
    closers.push(() => admin.close());
    return createHandle(judge, {
      adminPort: admin.port,
      ports: { grant: grant.port, sms, mms },
      configure,
      dropConnections,
      close,
    });
  } catch (error) {
    await close();
    throw error;
  }
}
