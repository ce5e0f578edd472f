import { createHash, randomBytes } from "node:crypto";
import type { Client } from "pg";
import { withConnection } from "../postgres/reach-server.js";
import { joinTestServer } from "./test-server.js";

/** What a database begins with. */
export interface TestDatabaseTemplate {
  /** Different for each content: a hash of the migrations. */
  readonly name: string;
  /** Fills an empty database, once for all who ask for this template, and leaves no connection open. */
  migrate(url: string): Promise<void>;
}

export interface TestDatabase {
  readonly url: string;
  /** Removes the database, and ends the connections that are open to it. */
  drop(): Promise<void>;
}

/**
 * Makes a database that nobody else uses, as a copy of a template, which takes some hundredths of a second. The server is started by the
 * first who asks, serves all test files and packages of a checkout at once, forgets everything when its machine crashes, and ends soon
 * after the last test that used it, however that ended.
 */
export async function createTestDatabase(template: TestDatabaseTemplate): Promise<TestDatabase> {
  const server = await joinTestServer();
  const name = `test_${randomBytes(8).toString("hex")}`;
  try {
    await withConnection(server.urlOf("postgres"), async (client) => {
      const source = await makeTemplate(client, template, server.urlOf);
      await client.query(`create database ${name} template ${source}`);
    });
  } catch (thrown) {
    server.leave();
    throw thrown;
  }
  return {
    url: server.urlOf(name),
    drop: async () => {
      try {
        await withConnection(server.urlOf("postgres"), (client) => client.query(`drop database if exists ${name} with (force)`));
      } finally {
        server.leave();
      }
    },
  };
}

/** Others who want the same template wait; if the one who makes it is killed, its connection ends and the next one makes it. */
async function makeTemplate(client: Client, { name, migrate }: TestDatabaseTemplate, urlOf: (name: string) => string): Promise<string> {
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 32);
  const template = `template_${hash}`;
  const lock = [BigInt.asIntN(64, BigInt(`0x${hash.slice(0, 16)}`)).toString()];
  await client.query("select pg_advisory_lock($1::bigint)", lock);
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [template]);
    if (found.rowCount === 0) {
      const draft = `draft_${randomBytes(8).toString("hex")}`;
      await client.query(`create database ${draft}`);
      try {
        await migrate(urlOf(draft));
        // nothing connects to a template, so that it can be copied at any time
        await client.query(`alter database ${draft} with allow_connections false`);
        await client.query("select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = $1", [draft]);
        await client.query(`alter database ${draft} rename to ${template}`);
      } finally {
        await client.query(`drop database if exists ${draft} with (force)`);
      }
    }
  } finally {
    await client.query("select pg_advisory_unlock($1::bigint)", lock);
  }
  return template;
}
