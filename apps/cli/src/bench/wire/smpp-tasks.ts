import { createRequire } from 'node:module';
import { CliFailure } from '../../failure.js';
import { CALLBACK, recipient, SMS_TEXT, VARIANTS } from './samples.js';
import { type PacketTasks, variant } from './task.js';

/** data_coding of UCS-2 (SMPP 3.4, 5.2.19). */
const UCS2 = 8;

/** The library that is measured beside ours. */
export interface Baseline {
  /** `smpp 0.5.1` */
  readonly name: string;
  readonly tasks: PacketTasks;
}

/** A submit_sm of the same text by the npm package smpp. Its decoding begins with a whole packet: it cuts no stream. */
export async function smppBaseline(): Promise<Baseline> {
  const { PDU } = await library();
  const options = Array.from({ length: VARIANTS }, (_, index) => ({
    sequence_number: index + 1,
    source_addr: CALLBACK,
    destination_addr: recipient(index),
    registered_delivery: 1,
    // Named, so that the library need not try its other encodings first.
    data_coding: UCS2,
    short_message: SMS_TEXT,
  }));
  const encode = (index: number) => new PDU('submit_sm', variant(options, index)).toBuffer();
  const packets = options.map((_, index) => encode(index));
  const decode = (index: number) => {
    const pdu = PDU.fromBuffer(variant(packets, index));
    if (pdu === false || pdu.short_message.message !== SMS_TEXT)
      throw new CliFailure('smpp did not read its own packet');
    return pdu.sequence_number;
  };
  return {
    name: `smpp ${version()}`,
    tasks: {
      name: 'submit_sm',
      bytes: variant(packets, 0).length,
      encode: { name: 'encode', run: (index) => encode(index).length },
      decode: { name: 'decode', run: decode },
      parts: [],
    },
  };
}

async function library() {
  try {
    return (await import('smpp')).default;
  } catch {
    throw new CliFailure(
      'the npm package smpp is missing: run this benchmark in a checkout, where it is installed',
    );
  }
}

function version(): string {
  const found = createRequire(import.meta.url)('smpp/package.json') as { readonly version: string };
  return found.version;
}
