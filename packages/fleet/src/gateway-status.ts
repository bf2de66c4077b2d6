import { readCircuits, type Store } from '@pabal/fate';
import { type Circuit, type CircuitPhase, type CloseReason, phaseOf } from './circuit.js';

/** A gateway as the fleet shows it. */
export interface GatewayStatus {
  readonly gateway: string;
  readonly phase: CircuitPhase;
  /** Why it is closed; absent while it is open. */
  readonly reason?: CloseReason;
  /** The gateway's last word, verbatim. */
  readonly code?: string;
  /** Since when it is closed, epoch ms. */
  readonly since?: number;
  /** When it is tried next, epoch ms; absent while it waits for a session. */
  readonly trialAt?: number;
}

/** Which gateways take new messages now, as all senders know it together. */
export async function readGatewayStatuses(
  store: Store,
  gateways: readonly string[],
): Promise<readonly GatewayStatus[]> {
  const circuits = await readCircuits(store, gateways);
  return gateways.map((gateway) => gatewayStatus(gateway, circuits.get(gateway), store.fleetNow()));
}

function gatewayStatus(gateway: string, text: string | undefined, now: number): GatewayStatus {
  const circuit = text === undefined ? undefined : (JSON.parse(text) as Circuit);
  const phase = phaseOf(circuit, now);
  if (circuit === undefined || phase === 'open') return { gateway, phase };
  const { reason, code, since, trialAt } = circuit;
  return {
    gateway,
    phase,
    reason,
    ...(code === undefined ? {} : { code }),
    since,
    ...(trialAt === undefined ? {} : { trialAt }),
  };
}
