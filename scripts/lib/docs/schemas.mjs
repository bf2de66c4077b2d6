/** Where the JSON Schemas lie; the client brings them along. */
export const SCHEMA_FOLDER = 'docs/schemas';

/**
 * The JSON Schema of each thing that other services write and read, as a file.
 * @param {{ toJsonSchema: () => Record<string, object> }} message the message package
 * @returns {Record<string, string>} text by path from the root
 */
export function madeSchemas({ toJsonSchema }) {
  return Object.fromEntries(
    Object.entries(toJsonSchema()).map(([name, schema]) => [
      `${SCHEMA_FOLDER}/${name}-v1.json`,
      `${JSON.stringify(schema, null, 2)}\n`,
    ]),
  );
}
