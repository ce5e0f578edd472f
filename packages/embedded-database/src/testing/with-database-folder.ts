import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { placeOfTests } from "../test-databases/test-folder.js";

/** Programs that are there already. */
const programs = join(placeOfTests(), "programs");

/** A database as programs have it. */
export const DURABLE = { programs };

/** What makes tests quicker: nothing waits for the disk. */
export const QUICK = { programs, clusterParameters: ["--no-sync"], settings: { fsync: "off" } };

/** Runs the body with the name of a folder for a database, which the user of Postgres can reach, and removes what is in it. */
export async function withDatabaseFolder(body: (folder: string) => Promise<void>): Promise<void> {
  mkdirSync(placeOfTests(), { recursive: true, mode: 0o700 });
  const parent = mkdtempSync(join(placeOfTests(), "one-"));
  try {
    await body(join(parent, "database"));
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}
