import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs the body with the name of a folder for a database, which the user of Postgres can reach, and removes what is in it. */
export async function withDatabaseFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const parent = mkdtempSync(join(placeForAll(), "imagewright-database-"));
  try {
    await body(join(parent, "database"));
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

function placeForAll(): string {
  if (process.getuid?.() !== 0) return tmpdir();
  const place = "/var/lib/imagewright/tests";
  mkdirSync(place, { recursive: true });
  return place;
}
