import { numberOf, textOf } from './fields.js';
import type { MessageType } from './message-types.js';
import type { JsonObject } from './packets.js';
import type { SmtntRuleId } from './rules.js';

type Note = (answer: number, rule: SmtntRuleId, detail: string) => void;

const FILE_COUNT = 909;
const PLACES = [1, 2, 3];

/** The names of the files that a message carries, in order. */
export function fileNamesOf(body: JsonObject): readonly string[] {
  return PLACES.map((place) => textOf(body, `FileName${place}`)).filter((name) => name !== '');
}

/** Judges how a message names its files; which files there are is known to the account alone. */
export function judgeFileFields(body: JsonObject, type: MessageType, note: Note): void {
  const wrong = (detail: string): void => note(FILE_COUNT, 'submit-files', detail);
  const count = numberOf(body, 'FileCount');
  if (count < 0 || count > type.mostFiles) {
    wrong(`FileCount ${count} on ${type.name}, limit ${type.mostFiles}`);
    return;
  }
  for (const place of PLACES) {
    const [fileType, fileName] = [textOf(body, `FileType${place}`), textOf(body, `FileName${place}`)];
    const isDue = place <= count;
    if (isDue && fileName === '') wrong(`FileName${place} is empty, FileCount ${count}`);
    else if (!isDue && fileName !== '') wrong(`FileName${place} with FileCount ${count}`);
    else if (fileName === '' && fileType !== '') wrong(`FileType${place} without FileName${place}`);
    else if (fileName !== '' && fileType !== 'IMG') wrong(`FileType${place} is not IMG`);
  }
}
