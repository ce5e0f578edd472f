import { createHash } from "node:crypto";
import type { PostgresPool, PostgresPoolClient } from "kysely";
import type { Pool, PoolClient } from "pg";

// far above the statements of all operations; each costs memory in every connection that has used it
const MOST_STATEMENTS = 300;

/**
 * The states of Postgres for a statement that a connection does not have, or has already, since another one came between the two; and for
 * one that was prepared for rows with other columns, which a migration has changed.
 */
const MIXED_UP = ["26000", "42P05", "0A000"];

/**
 * The connections of a pool, in which statements with parameters have names by their texts, so that Postgres reads each once a connection,
 * and plans it again only if its plan depends on the parameters. Texts are few, since values are parameters. Behind a proxy that gives
 * each transaction another connection without following the names, the first statement that is mixed up fails, and none has a name after
 * that.
 */
export function preparedStatements(pool: Pool): PostgresPool {
  const names = new StatementNames();
  const clients = new WeakMap<PoolClient, PostgresPoolClient>();
  return {
    connect: async () => {
      const client = await pool.connect();
      const known = clients.get(client) ?? preparing(client, names);
      clients.set(client, known);
      return known;
    },
    end: () => pool.end(),
  };
}

function preparing(client: PoolClient, names: StatementNames): PostgresPoolClient {
  const query = async (text: string, values: readonly unknown[]) => {
    const name = values.length === 0 ? undefined : names.of(text);
    if (name === undefined) return client.query({ text, values: [...values] });
    try {
      return await client.query({ name, text, values: [...values] });
    } catch (thrown) {
      if (MIXED_UP.includes((thrown as { readonly code?: string }).code ?? "")) names.giveNoMore();
      throw thrown;
    }
  };
  // kysely calls it with cursors only if it is given a kind of them
  return { query: query as unknown as PostgresPoolClient["query"], release: (destroy) => client.release(destroy) };
}

class StatementNames {
  readonly #names = new Map<string, string>();
  #isOver = false;

  of(text: string): string | undefined {
    if (this.#isOver) return undefined;
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= MOST_STATEMENTS) return known;
    const name = createHash("sha256").update(text).digest("hex").slice(0, 32);
    this.#names.set(text, name);
    return name;
  }

  giveNoMore(): void {
    this.#isOver = true;
  }
}
