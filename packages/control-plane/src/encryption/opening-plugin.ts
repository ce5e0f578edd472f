import type { KyselyPlugin, PluginTransformResultArgs, QueryResult, RootOperationNode, UnknownRow } from "kysely";
import type { DataKeys } from "./data-keys.js";
import { isResourceKeyFailure } from "./resource-key-service.js";
import { sealedBy, type DataKey } from "./sealed-text.js";

// by the names that queries give them
const SEALED_COLUMNS = ["document", "secret", "secretAccessKey"];

/** The keys of their own under which rows were stored that a query has found. */
const KEYS_OF_ROWS = new WeakMap<object, DataKey>();

/** The data key of a resource's own that has sealed its row, for what is made of its document; undefined if it has none. */
export function ownKeyOf(row: object): DataKey | undefined {
  return KEYS_OF_ROWS.get(row);
}

/**
 * Opens what is sealed in the rows of every query, so that no query can forget it. What a key of the resource's own does not open throws
 * where it is read, since most of what is done with a row, such as deleting it, does not read its document.
 */
export function openingPlugin(keys: DataKeys): KyselyPlugin {
  return {
    transformQuery: ({ node }: { readonly node: RootOperationNode }) => node,
    transformResult: async ({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> => {
      const [first] = result.rows;
      if (first === undefined || !SEALED_COLUMNS.some((column) => column in first)) return result;
      return { ...result, rows: await Promise.all(result.rows.map((row) => openRow(row, keys))) };
    },
  };
}

async function openRow(row: UnknownRow, keys: DataKeys): Promise<UnknownRow> {
  let opened = row;
  let failed: { readonly column: string; readonly thrown: Error } | undefined;
  let ownKey: DataKey | undefined;
  for (const column of SEALED_COLUMNS) {
    const value = row[column];
    if (typeof value !== "string") continue;
    try {
      opened = { ...opened, [column]: await keys.open(value) };
      const id = sealedBy(value);
      if (id !== undefined && keys.resources.has(id)) ownKey = await keys.keyThatOpens(id);
    } catch (thrown) {
      if (!isResourceKeyFailure(thrown)) throw thrown;
      failed = { column, thrown };
    }
  }
  if (ownKey !== undefined) KEYS_OF_ROWS.set(opened, ownKey);
  return failed === undefined ? opened : throwingWhenRead({ ...opened }, failed);
}

function throwingWhenRead(row: UnknownRow, { column, thrown }: { readonly column: string; readonly thrown: Error }): UnknownRow {
  return Object.defineProperty(row, column, {
    enumerable: true,
    get: () => {
      throw thrown;
    },
  });
}
