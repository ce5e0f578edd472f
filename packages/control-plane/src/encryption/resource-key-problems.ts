import { Kysely, PostgresDialect } from "kysely";
import { Pool } from "pg";
import type { Tables } from "../database/tables.js";
import { ResourceDataKeys } from "./resource-data-keys.js";
import type { ResourceKeyService } from "./resource-key-service.js";

/** A key of KMS that opens nothing here. */
export interface ResourceKeyProblem {
  /** Its ARN. */
  readonly key: string;
  readonly problem: string;
}

/** The keys of KMS under which a database has something and that cannot be used here, each once, with the reason. */
export async function findResourceKeyProblems(databaseUrl: string, service: ResourceKeyService): Promise<readonly ResourceKeyProblem[]> {
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  try {
    const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
    const keys = new ResourceDataKeys({ database, clock: () => new Date(), resourceKeys: { service, setting: "keep" } });
    await keys.refresh();
    const found = new Map<string, string>();
    for (const stored of keys.all) {
      const problem = found.has(stored.key) ? undefined : await keys.problemOf(stored);
      if (problem !== undefined) found.set(stored.key, problem);
    }
    return [...found].map(([key, problem]) => ({ key, problem }));
  } finally {
    await pool.end();
  }
}
