import type { ConfiguredGateway } from '@pabal/runtime';
import { type Given, type Io, textFlag } from '../command.js';
import { UsageError } from '../failure.js';
import { configOf } from '../session.js';

/** Environment variables that hold what would otherwise stand in the shell's history. */
export const KEY_VARIABLES = { key: 'PABAL_DECODE_KEY', iv: 'PABAL_DECODE_IV' } as const;

/** What opens encrypted fields, as it is configured. */
export interface Keys {
  readonly key: string | undefined;
  readonly iv: string | undefined;
  /** SMTNT: the field of PrivateKeyRes that holds the key of an encrypted connection. */
  readonly privateKeyField: string | undefined;
  /** LGHV: how the gateway's texts are written. */
  readonly charset: string | undefined;
}

const NONE: Keys = { key: undefined, iv: undefined, privateKeyField: undefined, charset: undefined };

/**
 * The keys by the flags, else by the gateway of the configuration, else by the environment.
 * @throws UsageError ConfigError
 */
export function keysOf(given: Given, io: Io, protocol: string): Keys {
  const key = textFlag(given, 'key');
  const iv = textFlag(given, 'iv');
  const gateway = textFlag(given, 'gateway');
  if (gateway !== undefined) {
    if (key !== undefined || iv !== undefined)
      throw new UsageError('--gateway brings its own key: it does not go with --key and --iv');
    return ofGateway(configOf(given, io).gateways, gateway, protocol);
  }
  if (textFlag(given, 'config') !== undefined) throw new UsageError('--config needs --gateway NAME');
  if (key !== undefined || iv !== undefined) return { ...NONE, key, iv };
  return { ...NONE, key: io.env[KEY_VARIABLES.key], iv: io.env[KEY_VARIABLES.iv] };
}

function ofGateway(
  gateways: Readonly<Record<string, ConfiguredGateway>>,
  name: string,
  protocol: string,
): Keys {
  const found = Object.hasOwn(gateways, name) ? gateways[name] : undefined;
  if (!found) {
    throw new UsageError(
      `there is no gateway ${name}; the configuration has ${Object.keys(gateways).join(', ')}`,
    );
  }
  if (found.kind.protocol !== protocol) {
    throw new UsageError(`the gateway ${name} speaks ${found.kind.protocol}, not ${protocol}`);
  }
  const crypto = memberOf(found.config, 'crypto');
  return {
    key: textOf(crypto, 'key'),
    iv: textOf(crypto, 'iv'),
    privateKeyField: textOf(crypto, 'privateKeyField') ?? textOf(found.config, 'privateKeyField'),
    charset: textOf(found.config, 'charset'),
  };
}

/** The block of a gateway is known to its kind alone; both kinds have these options by these names. */
function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function textOf(value: unknown, name: string): string | undefined {
  const found = memberOf(value, name);
  return typeof found === 'string' ? found : undefined;
}
