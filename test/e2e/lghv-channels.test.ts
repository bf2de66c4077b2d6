import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type MessageInput, type ParsedMessage, parseMessage } from '@pabal/message';
import type { LedgerEntry } from '@pabal/simulator';
import { drawLedger, type Ledger, until, World } from '../support/index.js';
import { expectedEntry, LGHV_CONTENTS, type LghvContent, type LghvForm } from '../support/lghv-contents.js';

/** Every ENCODE with both forms of MSGLEN and of Alimtalk; charset, login and reports vary across them. */
const GATEWAYS: readonly (LghvForm & { readonly name: string; readonly lines: readonly string[] })[] = [
  gateway('plain', '0', 'fixed', 'KKT', ['bindEncode: 0', 'report: M']),
  gateway('plain-total', '0', 'total', 'KKO', ['bindEncode: 1', 'report: A', 'charset: euc-kr']),
  gateway('numbers', '1', 'total', 'KKT', ['bindEncode: 1', 'report: A', 'charset: euc-kr']),
  gateway('numbers-fixed', '1', 'fixed', 'KKO', ['bindEncode: 0', 'report: M']),
  gateway('names', '2', 'fixed', 'KKT', ['bindEncode: 1', 'report: A', 'kakaoUrlImage: i']),
  gateway('names-total', '2', 'total', 'KKO', ['bindEncode: 0', 'report: M', 'charset: euc-kr']),
  gateway('texts', '9', 'total', 'KKT', ['bindEncode: 1', 'report: M', 'kakaoUrlImage: i']),
  gateway('texts-fixed', '9', 'fixed', 'KKO', ['bindEncode: 0', 'report: A', 'charset: euc-kr']),
];

function gateway(
  name: string,
  encode: LghvForm['encode'],
  mmsLength: LghvForm['mmsLength'],
  alimtalkType: LghvForm['alimtalkType'],
  more: readonly string[],
) {
  const lines = [`userId: user-${name}`, `encode: ${encode}`, `mmsLength: ${mmsLength}`, ...more];
  return { name, encode, mmsLength, alimtalkType, lines: [...lines, `alimtalkType: ${alimtalkType}`] };
}

const HEADER_BYTES = 8;
const BIND_BYTES = 100;
/** The body of REPORT with the necessary fields, and with all (LGHV 2.2.9). */
const REPORT_BYTES = { M: 54, A: 108 } as const;

const KEY = { senderKey: 'sender-key' };

/** Gateways for what a charset lacks, beside the strictest and the most lenient of the above. */
const REPLACING = 'replacing';

const URL_OF = (characters: number) => `https://a.kr/${'u'.repeat(characters - 'https://a.kr/'.length)}`;
const kakao = (part: object): Partial<MessageInput> => ({
  channel: 'alimtalk',
  kakao: { senderKey: 'key', templateCode: 'T01', ...part },
});

/**
 * Values that just fit their fields, and those of one more. AES fills up to 16 bytes, at least one, and Base64 makes 4
 * characters of 3: 300 hold 222 bytes and the final NUL, 100 hold 63, 50 hold 31.
 */
const EDGES: readonly {
  readonly gateway: string;
  readonly field: string;
  readonly fits: number;
  readonly of: (size: number) => Partial<MessageInput>;
}[] = [
  {
    gateway: 'plain',
    field: 'text',
    fits: 299,
    of: (size) => ({ to: '819012345678', text: 'x'.repeat(size) }),
  },
  {
    gateway: 'texts',
    field: 'text',
    fits: 222,
    of: (size) => ({ to: '819012345678', text: 'x'.repeat(size) }),
  },
  { gateway: 'texts', field: 'text', fits: 1_000, of: (size) => ({ ...kakao({}), text: '가'.repeat(size) }) },
  {
    gateway: 'plain',
    field: 'kakao.senderKey',
    fits: 100,
    of: (size) => kakao({ senderKey: 'k'.repeat(size) }),
  },
  {
    gateway: 'names',
    field: 'kakao.senderKey',
    fits: 63,
    of: (size) => kakao({ senderKey: 'k'.repeat(size) }),
  },
  {
    gateway: 'texts',
    field: 'kakao.templateCode',
    fits: 31,
    of: (size) => kakao({ templateCode: 't'.repeat(size) }),
  },
  {
    gateway: 'plain',
    field: 'subject',
    fits: 21,
    of: (size) => ({
      ...kakao({ image: { url: URL_OF(40) }, templateCode: undefined }),
      channel: 'friendtalk',
      subject: 's'.repeat(size),
    }),
  },
  {
    gateway: 'names',
    field: 'subject',
    fits: 50,
    of: (size) => ({ channel: 'lms', subject: 's'.repeat(size) }),
  },
];

interface Sent {
  readonly content: LghvContent;
  readonly form: LghvForm;
  readonly gateway: string;
  readonly message: MessageInput & { readonly id: string; readonly text: string };
}

let world: World;
const sent: Sent[] = [];
const others: (MessageInput & { readonly id: string })[] = [];
let ledger: Ledger;

/** A message of that content over that gateway, to a recipient of its own who chooses no code. */
async function messageOf(content: LghvContent, gateway: string): Promise<Sent['message']> {
  const id = `${gateway}-${content.name}`;
  const files = await Promise.all((content.pictures ?? []).map(({ bytes }) => world.files.put(bytes)));
  return {
    id,
    channel: 'sms',
    to: `0104444${2000 + sent.length}`,
    from: '15881234',
    gateway,
    text: '',
    ...content.message(id),
    ...(files.length > 0 ? { files: files.map((file) => file.id) } : {}),
  };
}

function other(id: string, gateway: string, change: Partial<MessageInput>): void {
  const to = `0104445${2000 + others.length}`;
  others.push({ id, channel: 'sms', to, from: '15881234', gateway, text: `[${id}] 뷁`, ...change });
}

const edgeId = (index: number, size: 'fits' | 'over') => `edge-${index}-${size}`;

/** A text that must not be touched has no room for its id. */
function withId(id: string, { text, ...change }: Partial<MessageInput>): Partial<MessageInput> {
  const head = `[${id}]`;
  return { ...change, text: text === undefined ? head : `${head}${text.slice(head.length)}` };
}

const resultOf = (id: string) => world.results.ids.get(id)?.[0];
const entryOf = (id: string) => ledger.accounts.get(id)?.submits[0];

beforeAll(async () => {
  const accounts = [...GATEWAYS.map(({ name }) => name), REPLACING];
  world = await World.open({
    lghv: [
      ...accounts.flatMap((name) => ['--account', `user-${name}:demo-password`]),
      ...['--account', 'demo:demo-password'],
      ...['--tps', 'sms=20,lms=20,mms=20,kko=20,kkf=20', '--ack-delay', '0-20', '--capture', '60'],
    ],
    gateways: accounts,
    lghvGateways: {
      ...Object.fromEntries(GATEWAYS.map(({ name, lines }) => [name, lines])),
      [REPLACING]: [`userId: user-${REPLACING}`, 'charset: euc-kr', 'unmappable: replace', 'report: A'],
    },
  });
  for (const form of GATEWAYS) {
    for (const content of LGHV_CONTENTS.filter(
      ({ only = form.alimtalkType }) => only === form.alimtalkType,
    )) {
      sent.push({ content, form, gateway: form.name, message: await messageOf(content, form.name) });
    }
  }
  other('kept', 'plain', {});
  other('refused', 'numbers', {});
  other('replaced', REPLACING, {});
  other('emoji-refused', 'plain', { channel: 'friendtalk', text: '[emoji-refused] 🎁', kakao: KEY });
  other('emoji-replaced', REPLACING, { channel: 'friendtalk', text: '[emoji-replaced] 🎁', kakao: KEY });
  EDGES.forEach(({ gateway, fits, of }, i) => {
    other(edgeId(i, 'fits'), gateway, withId(edgeId(i, 'fits'), of(fits)));
    const over = withId(edgeId(i, 'over'), of(fits + 1));
    // The message's own rules refuse what no gateway takes before it is enqueued.
    if (checked(over).ok) other(edgeId(i, 'over'), gateway, over);
  });

  await Promise.all([world.startReady('receiver'), world.startReady('sender')]);
  const messages = [...sent.map(({ message }) => message), ...others];
  await world.enqueue(messages);
  const ids = messages.map(({ id }) => id);
  await world.settled(ids, 60_000);
  await until('every report acknowledged', async () =>
    (await world.lghv.ledger('?verdict=accepted')).every(({ reportAckedAt }) => reportAckedAt > 0),
  );
  ledger = await drawLedger(world, { ids });
});

afterAll(() => world.close());

describe('every channel over LGHV, in every form that its options give it', () => {
  it.each(LGHV_CONTENTS)('$name arrives as it was sent, and is delivered once', (content) => {
    const same = sent.filter((each) => each.content === content);
    expect(same.length).toBeGreaterThanOrEqual(4);
    for (const { form, gateway, message } of same) {
      const account = ledger.accounts.get(message.id);
      expect({ gateway, submits: account?.submits }).toMatchObject({
        gateway,
        submits: [expectedEntry(content, message, form)],
      });
      // toMatchObject lets an object have more than it should: what is JSON on the wire has exactly what was sent.
      const { BTN_DATA, EXTEND } = content.extra(form);
      expect({ gateway, ...only(account?.submits[0]) }).toEqual({ gateway, BTN_DATA, EXTEND });
      expect(account?.results).toMatchObject([
        { status: 'delivered', channel: message.channel, gateway, gatewayCode: '6', attempts: [{ gateway }] },
      ]);
    }
  });

  it('breaks no rule of the gateway, and every message has its one result', () => {
    process.stdout.write(`ledger lghv-channels: ${JSON.stringify(ledger.summary)}\n`);
    expect(ledger.breaches).toEqual([]);
    expect(ledger.summary).toMatchObject({
      'results 1×': sent.length + others.length,
      delivered: sent.length + 3 + EDGES.length,
      failed: others.length - 3 - EDGES.length,
    });
  });

  it('logs in and asks for reports in the form of its options, and reads the same of both', async () => {
    const [binds, reports] = await Promise.all([
      world.lghv.captures('?direction=received'),
      world.lghv.captures('?direction=sent'),
    ]);
    for (const { name, lines } of GATEWAYS) {
      const bind = binds.map(({ hex, session }) => ({ session, bytes: Buffer.from(hex, 'hex') }));
      const own = bind.filter(({ bytes }) => isBindOf(bytes, `user-${name}`, 'R'));
      expect(own).toHaveLength(2);
      const clear = own.map(({ bytes }) => bytes.includes('demo-password'));
      expect({ name, clear }).toEqual({
        name,
        clear: lines.includes('bindEncode: 1') ? [false, false] : [true, true],
      });
      const sessions = new Set(own.map(({ session }) => session));
      const sizes = reports
        .filter(({ session }) => sessions.has(session))
        .map(({ hex }) => hex.length / 2 - HEADER_BYTES)
        .filter((bytes) => bytes === REPORT_BYTES.A || bytes === REPORT_BYTES.M);
      const form = lines.includes('report: A') ? 'A' : 'M';
      expect({ name, sizes: new Set(sizes) }).toEqual({ name, sizes: new Set([REPORT_BYTES[form]]) });
    }
    const read = sent.map(({ message: { id } }) => resultOf(id));
    expect(new Set(read.map((result) => result?.carrier))).toEqual(new Set(['SKT', 'KTF', 'LGT']));
    expect(read.filter((result) => result?.times.delivered === undefined)).toEqual([]);
  });
});

describe('characters that a charset lacks', () => {
  it('are carried by cp949 where KS X 1001 has no place for them', () => {
    expect(entryOf('kept')).toMatchObject({ text: '[kept] 뷁' });
  });

  it.each(['refused', 'emoji-refused'])('are refused by name: %s', (id) => {
    expect(resultOf(id)).toMatchObject({
      status: 'failed',
      reason: { code: 'invalid-message' },
      problems: [{ field: 'text' }],
    });
    expect(entryOf(id)).toBeUndefined();
  });

  it.each(['replaced', 'emoji-replaced'])('become a question mark where that is wanted: %s', (id) => {
    expect(entryOf(id)).toMatchObject({ text: `[${id}] ?`, verdict: 'accepted' });
  });
});

describe('values at the edge of their fields', () => {
  it.each(EDGES.map((edge, index) => ({ ...edge, index })))(
    '$gateway: $fits of $field fit, and one more is refused by name',
    ({ field, fits, index, of }) => {
      const id = edgeId(index, 'fits');
      const message = others.find((each) => each.id === id);
      expect(resultOf(id)).toMatchObject({ status: 'delivered' });
      expect(entryOf(id)).toMatchObject({ text: message?.text, subject: message?.subject ?? '' });
      const over = edgeId(index, 'over');
      const parsed = checked(withId(over, of(fits + 1)));
      if (!parsed.ok) {
        expect(parsed.problems).toMatchObject([{ field }]);
        return;
      }
      expect(resultOf(over)).toMatchObject({
        status: 'failed',
        reason: { code: 'invalid-message' },
        problems: [{ field }],
      });
      expect(entryOf(over)).toBeUndefined();
    },
  );
});

/** What a client says of it before it is enqueued. */
function checked(change: Partial<MessageInput>): ParsedMessage {
  return parseMessage({ id: 'x', channel: 'sms', to: '01044452000', from: '15881234', ...change });
}

/** A BIND of 100 bytes: LINE_TYPE at 1, USER_ID at 2 (LGHV 2.2.1). */
function isBindOf(frame: Buffer, userId: string, lineType: string): boolean {
  const bind = frame.subarray(HEADER_BYTES);
  return (
    bind.length === BIND_BYTES && bind.toString('latin1', 1, 3 + userId.length) === `${lineType}${userId}\0`
  );
}

function only(entry: LedgerEntry | undefined): object {
  return { BTN_DATA: entry?.extra.BTN_DATA, EXTEND: entry?.extra.EXTEND };
}
