/** What is used of the npm package smpp, which has no types of its own. */
declare module 'smpp' {
  interface SubmitSm {
    readonly command: string;
    readonly sequence_number: number;
    readonly destination_addr: string;
    readonly short_message: { readonly message: string };
    toBuffer(): Buffer;
  }
  interface PduClass {
    new (command: 'submit_sm', options: Readonly<Record<string, unknown>>): SubmitSm;
    /** False for less than a whole packet. */
    fromBuffer(bytes: Buffer): SubmitSm | false;
  }
  const smpp: { readonly PDU: PduClass };
  export default smpp;
}
