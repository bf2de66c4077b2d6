import { LGHV_DEFAULT_CRYPTO } from '@pabal/simulator';

export type GatewayChoice = 'lghv' | 'smtnt';
export type Durability = 'memory' | 'fsync';

/** From acceptance to report: late enough that the usual order of steps is what is measured. */
export const REPORT_DELAY_MS = 100;

/** Simulators and fleet are the only ones that know it. */
export const BENCH_LOGIN = { user: 'demo', password: 'demo-password' } as const;

/** The name that an agent logs in with. */
export function agentName(index: number): string {
  return `S${index + 1}`;
}

export interface FleetSetting {
  readonly redisUrl: string;
  readonly durability: Durability;
  /** Ports by name of each simulator that takes part. */
  readonly gateways: ReadonlyMap<GatewayChoice, Readonly<Record<string, number>>>;
  /** Agents of each gateway: one for every sender. */
  readonly agents: number;
}

/** The configuration file of the measured fleet; everything that is not named is as users get it. JSON is YAML too. */
export function fleetConfig({ redisUrl, durability, gateways, agents }: FleetSetting): string {
  const names = Array.from({ length: agents }, (_, i) => agentName(i));
  const { user, password } = BENCH_LOGIN;
  const blocks: Record<GatewayChoice, (ports: Readonly<Record<string, number>>) => object> = {
    lghv: (ports) => ({
      protocol: 'lghv',
      grantUrl: `http://127.0.0.1:${ports.grant}/goGrant`,
      userId: user,
      agentId: names,
      password,
      crypto: LGHV_DEFAULT_CRYPTO,
    }),
    smtnt: (ports) => ({
      protocol: 'smtnt',
      host: '127.0.0.1',
      port: ports.smtnt,
      accounts: names.map((bindId) => ({ bindId, password })),
      crypto: LGHV_DEFAULT_CRYPTO,
    }),
  };
  const config = {
    redis: { url: redisUrl },
    gateways: Object.fromEntries([...gateways].map(([name, ports]) => [name, blocks[name](ports)])),
    routes: { default: { gateways: [...gateways.keys()], policy: 'balance' } },
    durability,
  };
  return JSON.stringify(config, undefined, 2);
}
