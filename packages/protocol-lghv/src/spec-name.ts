/** Names that the specification writes without the underscore that ours would ask for. */
const TOGETHER: Readonly<Record<string, string>> = {
  msgType: 'MSGTYPE',
  msgLen: 'MSGLEN',
  destAddr: 'DESTADDR',
  kSubject: 'KSUBJECT',
  smsMsg: 'SMSMSG',
  dataCnt: 'DATACNT',
  dataType: 'DATATYPE',
};

/** The name of a row in the specification's own letters (LGHV 2): `msgId` of any packet is MSG_ID. */
export function specName(packet: string, row: string): string {
  // The REPORT alone writes it in two words (LGHV 2.2.9).
  if (row === 'destAddr' && packet.startsWith('REPORT')) return 'DEST_ADDR';
  return TOGETHER[row] ?? row.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
