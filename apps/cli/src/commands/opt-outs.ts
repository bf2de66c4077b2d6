import { ANY_NUMBER, addOptOut, type OptOut, optOuts, removeOptOut, type Store } from '@pabal/fate';
import { checkRecipient, maskNumber, normaliseNumber } from '@pabal/message';
import type { Command, Given, Io } from '../command.js';
import { CONFIG_FLAG, EXIT, isSet, JSON_FLAG, textFlag } from '../command.js';
import { UsageError } from '../failure.js';
import { localTime } from '../local-time.js';
import { configOf, withStore } from '../session.js';

/** What is asked for: the list, or one change of it. */
export type OptOutRequest =
  | { readonly kind: 'list' }
  | { readonly kind: 'add' | 'remove'; readonly recipient: string; readonly number: string | undefined };

/** As `ad.optOutNumber` and `rcs.footer` of a message. */
const OPT_OUT_NUMBER = /^\d{8,11}$/;

/** `pabal opt-outs` */
export const optOutsCommand: Command = {
  name: 'opt-outs',
  summary: 'who wants no commercial messages: lists, adds, removes',
  notes: [
    'Gateways tell opt-outs by themselves; add those that came another way. A commercial message to such a recipient ends',
    'failed with the reason recipient-opted-out; nothing else is held back. Exit 1 when there was nothing to remove.',
  ],
  flags: {
    add: { type: 'string', value: 'NUMBER', help: 'the recipient of this number opted out' },
    remove: { type: 'string', value: 'NUMBER', help: 'the recipient agreed anew' },
    number: {
      type: 'string',
      value: '080…',
      help: 'of messages with this opt-out number alone; without it of all',
    },
    reveal: { type: 'boolean', help: 'lists the recipients in full' },
    ...CONFIG_FLAG,
    ...JSON_FLAG,
  },
  run: (given, io) => {
    const request = requestOf(given);
    return withStore(configOf(given, io), (store) =>
      request.kind === 'list' ? list(store, given, io) : change(store, request, given, io),
    );
  },
};

/** @throws UsageError that quotes no number */
export function requestOf(given: Given): OptOutRequest {
  const add = textFlag(given, 'add');
  const remove = textFlag(given, 'remove');
  const number = textFlag(given, 'number');
  if (add !== undefined && remove !== undefined) throw new UsageError('--add does not go with --remove');
  const typed = add ?? remove;
  if (typed === undefined) {
    if (number !== undefined) throw new UsageError('--number goes with --add or --remove');
    return { kind: 'list' };
  }
  if (isSet(given, 'reveal')) throw new UsageError('--reveal goes with the list');
  const flag = add === undefined ? '--remove' : '--add';
  const recipient = checkRecipient(typed);
  if (!recipient.ok) throw new UsageError(`${flag} ${recipient.message}`);
  const optOut = number === undefined ? undefined : normaliseNumber(number);
  if (optOut?.ok === false) throw new UsageError(`--number ${optOut.message}`);
  // What a gateway told can be removed, whatever it looks like; messages name such a number alone.
  if (add !== undefined && optOut !== undefined && !OPT_OUT_NUMBER.test(optOut.digits))
    throw new UsageError('--number must have 8 to 11 digits');
  return { kind: add === undefined ? 'remove' : 'add', recipient: recipient.digits, number: optOut?.digits };
}

/** A line a time, so that a long list needs no memory. */
async function list(store: Store, given: Given, io: Io): Promise<number> {
  let from: string | undefined;
  do {
    const page = await optOuts(store, from === undefined ? {} : { from });
    for (const each of page.optOuts)
      await io.outTaken(lineOf(each, isSet(given, 'reveal'), isSet(given, 'json')));
    from = page.next;
  } while (from !== undefined);
  return EXIT.done;
}

/** One opt-out as it is listed. Opt-out numbers are the sender's own: they are never masked. Pure. */
export function lineOf({ recipient, optOutNumber, at }: OptOut, reveal: boolean, json: boolean): string {
  const shown = reveal ? recipient : maskNumber(recipient);
  const time = new Date(at).toISOString();
  if (json) return JSON.stringify({ recipient: shown, optOutNumber, at: time });
  return `${localTime(time)}  ${shown}  ${optOutNumber === ANY_NUMBER ? 'all' : optOutNumber}`;
}

async function change(
  store: Store,
  { kind, recipient, number }: Exclude<OptOutRequest, { kind: 'list' }>,
  given: Given,
  io: Io,
): Promise<number> {
  if (kind === 'add') await addOptOut(store, recipient, number);
  const removed = kind === 'remove' ? await removeOptOut(store, recipient, number) : 0;
  const masked = maskNumber(recipient);
  if (isSet(given, 'json')) io.out(JSON.stringify(kind === 'add' ? { added: masked } : { removed }));
  else if (kind === 'add') io.out(`${masked} opted out of ${number ?? 'all commercial messages'}`);
  else
    io.out(
      removed === 0 ? `${masked} had opted out of nothing such` : `${masked}: ${removed} opt-out(s) removed`,
    );
  return kind === 'remove' && removed === 0 ? EXIT.failed : EXIT.done;
}
