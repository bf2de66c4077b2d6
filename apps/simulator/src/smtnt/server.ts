import { createHandle, Judge, listen, type SimulatorHandle, startAdmin } from '../common/index.js';
import { applyChange, type SmtntChange } from './change.js';
import { Gateway } from './gateway.js';
import { resolveOptions, type SmtntOptions } from './options.js';
import type { PortMode } from './packets.js';
import { SMTNT_RULES } from './rules.js';
import { Session } from './session.js';

/** A running SMTNT simulator. Its listener is `ports.smtnt`, that of the option encryptedPort `ports.encrypted`. */
export type SmtntHandle = SimulatorHandle<SmtntChange>;

/**
 * Starts the gateway of SMTNT's one-shot specification and its admin server. Throws TypeError for an
 * option that makes no sense, FaultError for a bad fault, and what listening throws for a port in use.
 */
export async function startSmtntSimulator(options: SmtntOptions = {}): Promise<SmtntHandle> {
  const resolved = resolveOptions(options);
  const judge = new Judge('smtnt', SMTNT_RULES, options);
  const gateway = new Gateway(judge, resolved);
  judge.details = () => ({ accounts: gateway.details() });
  const configure = (change: unknown) => applyChange(gateway, change);
  const open: { close(): Promise<void> }[] = [];
  const closeAll = async (): Promise<void> => {
    await Promise.all(open.map((one) => one.close()));
    judge.close();
  };
  try {
    const listenOn = async (port: number, mode: PortMode) => {
      const listener = await listen(port, resolved.host, (socket) => new Session(gateway, socket, mode));
      open.push(listener);
      return listener;
    };
    const main = await listenOn(resolved.port, resolved.mode);
    const { encryptedPort } = resolved;
    const second = encryptedPort === undefined ? undefined : await listenOn(encryptedPort, 'encrypted');
    const dropConnections = () => {
      main.dropAll();
      second?.dropAll();
    };
    const admin = await startAdmin(judge, { configure, dropConnections }, resolved.adminPort);
    open.push(admin);
    return createHandle(judge, {
      adminPort: admin.port,
      ports: { smtnt: main.port, ...(second ? { encrypted: second.port } : {}) },
      configure,
      dropConnections,
      close: closeAll,
    });
  } catch (error) {
    await closeAll();
    throw error;
  }
}
