import { createTestDatabase, type TestDatabase } from "@imagewright/embedded-database/testing";
import { Pool } from "pg";
import { migrateDatabase } from "../database/migrate.js";
import { MIGRATIONS } from "../database/migrations/index.js";
import { digestOfData } from "../input/canonical-json.js";

/** An empty database of the test's own. */
export function emptyDatabase(): Promise<TestDatabase> {
  return createTestDatabase({ name: "empty", migrate: () => Promise.resolve() });
}

/** A database of the test's own with the schema of this program. */
export function migratedDatabase(): Promise<TestDatabase> {
  return createTestDatabase({ name: digestOfData(MIGRATIONS), migrate: migrateAt });
}

async function migrateAt(url: string): Promise<void> {
  const pool = new Pool({ connectionString: url });
  pool.on("error", () => {}); // whoever made the template ends what is left of the connections
  await migrateDatabase(pool);
  await pool.end();
}
