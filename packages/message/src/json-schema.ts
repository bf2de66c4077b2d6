import { z } from 'zod';
import { batchShape } from './batch.js';
import { messageShape } from './message-schema.js';
import { resultV1 } from './result.js';

/** A JSON Schema document (draft 2020-12). */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * Message v1 and a batch of them (as producers write them), and result v1, as JSON Schema. It says types, names and single fields; byte limits
 * and rules over several fields are beyond it, so that only {@link parseMessage} has the last word.
 */
export function toJsonSchema(): {
  readonly message: JsonSchema;
  readonly batch: JsonSchema;
  readonly result: JsonSchema;
} {
  return {
    message: { title: 'Pabal message v1', ...z.toJSONSchema(messageShape, { io: 'input' }) },
    batch: { title: 'Pabal batch v1', ...z.toJSONSchema(batchShape, { io: 'input' }) },
    result: { title: 'Pabal result v1', ...z.toJSONSchema(resultV1, { io: 'output', override: open }) },
  };
}

/** Whoever reads results does not refuse one for a field that a later version adds. */
function open({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  delete jsonSchema.additionalProperties;
}
