import { lghv } from '@pabal/gateway-lghv';
import { createSmtntKind } from '@pabal/gateway-smtnt';
import type { GatewayKind } from '@pabal/session';

/** Every gateway that the fleet can speak to. A third one is a line here. */
export const GATEWAY_KINDS: readonly GatewayKind[] = [lghv, createSmtntKind()];
