import { setTimeout as sleep } from "node:timers/promises";
import { describeCause } from "@imagewright/diagnostics";
import pg from "pg";
import { embeddedDatabaseError } from "../errors.js";
import { DATABASE_USER } from "./make-cluster.js";

/** The database that is there for the programs; `postgres` is for administration. */
const DATABASE = "imagewright";
const LONGEST_ANSWER_MILLISECONDS = 30_000;
const POLL_MILLISECONDS = 50;
const CANNOT_CONNECT_NOW = "57P03";
const DUPLICATE_DATABASE = "42P04";

export function databaseUrl(port: number, password: string, database = DATABASE): string {
  return `postgresql://${DATABASE_USER}:${password}@127.0.0.1:${port}/${database}`;
}

/**
 * Connects, and makes the database where it is missing. Waits while the server begins or ends; false once it has ended (`isRunning`).
 * Errors: not-reached.
 */
export async function reachServer(port: number, password: string, isRunning: () => Promise<boolean>): Promise<boolean> {
  for (;;) {
    try {
      await withConnection(databaseUrl(port, password, "postgres"), makeDatabase);
      return true;
    } catch (thrown) {
      const { code } = thrown as { readonly code?: string };
      if (!(await isRunning())) return false;
      if (code !== CANNOT_CONNECT_NOW && code !== "ECONNREFUSED" && code !== "ECONNRESET")
        throw embeddedDatabaseError("not-reached", { port, cause: describeCause(thrown) }, { cause: thrown });
      await sleep(POLL_MILLISECONDS);
    }
  }
}

/** Runs the body with one connection. Rejects with the errors of pg. */
export async function withConnection<Result>(url: string, body: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: LONGEST_ANSWER_MILLISECONDS });
  // a server that ends while nothing is asked would end this process
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await body(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function makeDatabase(client: pg.Client): Promise<void> {
  const found = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
  if (found.rowCount !== 0) return;
  await client.query(`create database ${DATABASE}`).catch((thrown: { readonly code?: string }) => {
    if (thrown.code !== DUPLICATE_DATABASE) throw thrown;
  });
}
