/** What the configuration of a demo is made of. */
export interface DemoPlaces {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly grantPort: number;
  readonly smtntPort: number;
  /** Hash of the key that the API asks for. */
  readonly keyHash: string;
}

/** Granted submits a second: small enough that pacing shows, large enough that nobody waits long. */
export const GRANTS = { lghv: 'sms=50,lms=20,mms=10,kko=20,kkf=10', smtnt: 50 } as const;

/**
 * The configuration of a demo, as a user would write it. JSON's strings are YAML's. The accounts are those that the
 * simulators let in.
 */
export function demoConfiguration({ redisUrl, prefix, grantPort, smtntPort, keyHash }: DemoPlaces): string {
  return `# Written by pabal demo. Its folder goes when the demo ends.
redis: { url: ${JSON.stringify(redisUrl)}, prefix: ${JSON.stringify(prefix)} }
gateways:
  hellovision:
    protocol: lghv
    grantUrl: "http://127.0.0.1:${grantPort}/goGrant"
    userId: demo
    agentId: S1
    password: demo-password
    crypto: { key: pabal-demo-key-1, iv: pabal-demo-iv-01 }
    bindEncode: "1" # the password travels encrypted
    encode: "9" # and numbers, subject and text of every message
    window: 16 # small, so that a batch of a few seconds is shared by both gateways
  smtnt:
    protocol: smtnt
    host: 127.0.0.1
    port: ${smtntPort}
    bindId: test001
    password: demo-password
    crypto: { key: pabal-demo-key-1, iv: pabal-demo-iv-01, mode: plain }
    window: 16
routes:
  default: { gateways: [hellovision, smtnt], policy: balance }
api: { host: 127.0.0.1, port: 0, keys: [{ name: demo, hash: "${keyHash}" }] }
board: { host: 127.0.0.1, port: 0 }
fleet: { drainLimit: 5s }
`;
}

/** What of the connections is encrypted, in words: by the configuration above. */
export const ENCRYPTED =
  'Encrypted: login, numbers, subjects and texts of hellovision (ENCODE 9); the login of smtnt';

/** Raw frames of each session that a simulator keeps, so that one of them can be explained. */
const CAPTURED_FRAMES = 2_000;

/** Words behind `pabal simulate` for each gateway. Reports take about as long as handsets that are on. */
export const SIMULATE = {
  hellovision: [
    'lghv',
    '--grant-port=0',
    '--admin-port=0',
    `--tps=${GRANTS.lghv}`,
    '--report-delay=300-2500',
    `--capture=${CAPTURED_FRAMES}`,
  ],
  smtnt: [
    'smtnt',
    '--port=0',
    '--admin-port=0',
    `--speed=${GRANTS.smtnt}`,
    '--report-delay=300-2500',
    `--capture=${CAPTURED_FRAMES}`,
  ],
} as const;

/** Gateways of the demo, by their names in the configuration. */
export const DEMO_GATEWAYS = ['hellovision', 'smtnt'] as const;
export type DemoGateway = (typeof DEMO_GATEWAYS)[number];
