import type { StandingFleet, Surroundings } from './fleet.js';

/** What a kept demo tells whoever wants to try things: addresses, and commands to paste. Pure. */
export function keepWords(
  { redisUrl, prefix, config, simulators, apiKey }: Surroundings,
  { api, board }: StandingFleet,
): string[] {
  return [
    '',
    'Everything goes on until Ctrl-C.',
    `  API                      ${api}/docs`,
    `  board                    ${board}`,
    `  hellovision simulator    ${simulators.hellovision.url}   /stats /violations /ledger /captures /faults`,
    `  smtnt simulator          ${simulators.smtnt.url}`,
    `  Redis                    ${redisUrl}   keys begin with ${prefix}:`,
    '',
    'In another terminal, at the root of the repository:',
    `  export PABAL_CONFIG=${config} REDIS_URL=${redisUrl} PABAL_PREFIX=${prefix}`,
    `  curl ${api}/v1/messages -H 'Authorization: Bearer ${apiKey}' -H 'Content-Type: application/json' \\`,
    `    -d '{"channel":"sms","to":"01000001239","from":"07000001001","text":"안녕하세요"}'`,
    "  npx pabal send --to 01000001234 --from 07000001001 --text '주문이 접수되었습니다' --wait",
    "  npx pabal send --to 01000001237 --from 07000001003 --text '오시는 길입니다.' --image examples/pictures/clinic-map.jpg --wait",
    '  npx pabal send --file examples/messages.jsonl --skip-bad',
    '  npx pabal status',
    '  npx pabal results --take',
    '  npx pabal opt-outs',
    '  node examples/enqueue.mjs 01000001236 07000001001 안녕하세요',
    '  node examples/enqueue-raw-bullmq.mjs 01000001235 07000001001 안녕하세요',
    "  node examples/enqueue-alimtalk-raw-bullmq.mjs 01000001238 07000001001 '주문하신 상품이 발송되었습니다.'",
    '  node examples/results-raw-bullmq.mjs',
  ];
}
