import { withConnection } from "../postgres/reach-server.js";

/** The rows of a query over a connection of its own. */
export function query(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  return withConnection(url, async (client) => (await client.query<Record<string, unknown>>(text)).rows);
}
