import type { KyselyPlugin, PluginTransformResultArgs, QueryResult, RootOperationNode, UnknownRow } from "kysely";
import type { DataKeys } from "./data-keys.js";

// by the names that queries give them
const SEALED_COLUMNS = ["document", "secret", "secretAccessKey"];

/** Opens what is sealed in the rows of every query, so that no query can forget it. */
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
  for (const column of SEALED_COLUMNS) {
    const value = row[column];
    if (typeof value === "string") opened = { ...opened, [column]: await keys.open(value) };
  }
  return opened;
}
