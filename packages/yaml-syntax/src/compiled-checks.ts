/** Whether plain data fits the schema that it was compiled from. Adds the defaults of the schema to the data. */
export type CompiledCheck = (data: unknown) => boolean;

/**
 * Checks that were compiled when the program was packed, by the key of their schema (`schemaKey`). None here: a program that should start
 * fast replaces this file when it is packed. A schema that is not among them is compiled when it is first used.
 */
export const compiledChecks: Readonly<Record<string, CompiledCheck>> = {};
