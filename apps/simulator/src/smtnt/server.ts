import { createHandle, Judge, listen, type SimulatorHandle, startAdmin } from '../common/index.js';
import { applyChange, type SmtntChange } from './change.js';
import { Gateway } from './gateway.js';
import { resolveOptions, type SmtntOptions } from './options.js';
import { SMTNT_RULES } from './rules.js';
import { Session } from './session.js';

/** A running SMTNT simulator. Its listener is `ports.smtnt`. */
export type SmtntHandle = SimulatorHandle<SmtntChange>;

/**
 * Starts the gateway of SMTNT's one-shot specification (plain port) and its admin server. Throws TypeError for an
 * option that makes no sense, FaultError for a bad fault, and what listening throws for a port in use.
 */
export async function startSmtntSimulator(options: SmtntOptions = {}): Promise<SmtntHandle> {
  const resolved = resolveOptions(options);
  const judge = new Judge('smtnt', SMTNT_RULES, options);
  const gateway = new Gateway(judge, resolved);
  judge.details = () => ({ accounts: gateway.details() });
  const configure = (change: unknown) => applyChange(gateway, change);
  try {
    const listener = await listen(resolved.port, resolved.host, (socket) => {
      new Session(gateway, socket);
    });
    const dropConnections = () => listener.dropAll();
    const admin = await startAdmin(judge, { configure, dropConnections }, resolved.adminPort).catch(
      async (error: unknown) => {
        await listener.close();
        throw error;
      },
    );
    return createHandle(judge, {
      adminPort: admin.port,
      ports: { smtnt: listener.port },
      configure,
      dropConnections,
      async close() {
        await Promise.all([listener.close(), admin.close()]);
        judge.close();
      },
    });
  } catch (error) {
    judge.close();
    throw error;
  }
}
