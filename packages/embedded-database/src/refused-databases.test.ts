import { chmodSync, chownSync, mkdtempSync, mkdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "@jest/globals";
import { isRoot, NOBODY } from "@imagewright/test-kit";
import { openEmbeddedDatabase } from "./open-embedded-database.js";
import { QUICK, withDatabaseFolder } from "./testing/with-database-folder.js";

const onlyRoot = isRoot ? test : test.skip;

/** What is thrown for a folder: message and code. */
async function refusalOf(folder: string): Promise<{ readonly code: string; readonly message: string }> {
  const thrown: unknown = await openEmbeddedDatabase({ folder, ...QUICK }).then(
    () => undefined,
    (error: unknown) => error,
  );
  const { code, message } = thrown as { readonly code: string; readonly message: string };
  return { code, message };
}

test("a cluster that these programs cannot run", async () => {
  await withDatabaseFolder(async (folder) => {
    await (await openEmbeddedDatabase({ folder, ...QUICK })).close();
    const cluster = join(folder, "cluster");
    writeFileSync(join(cluster, "PG_VERSION"), "17\n");
    expect(await refusalOf(folder)).toEqual({
      code: "embedded-database/other-version",
      message: `the database in "${folder}" is of Postgres 17; this version runs Postgres 18`,
    });
    writeFileSync(join(cluster, "PG_VERSION"), "18\n");
    truncateSync(join(cluster, "global", "pg_control"), 100);
    expect(await refusalOf(folder)).toEqual({
      code: "embedded-database/damaged",
      message: `the database in "${folder}" is damaged: could not read file "global/pg_control": read 100 of 296`,
    });
    rmSync(join(folder, "password"));
    expect(await refusalOf(folder)).toEqual({
      code: "embedded-database/damaged",
      message: `the database in "${folder}" is damaged: its password is missing`,
    });
    rmSync(join(cluster, "PG_VERSION"));
    expect(await refusalOf(folder)).toEqual({
      code: "embedded-database/damaged",
      message: `the database in "${folder}" is damaged: the file PG_VERSION is missing`,
    });
    if (!isRoot) return;
    chownSync(cluster, NOBODY, NOBODY);
    const { message } = await refusalOf(folder);
    expect(message).toMatch(/: its files belong to the user with the id 65534, and Postgres would run as \d+$/);
  });
});

test("a file in the place of the folder, and a folder that others can change", async () => {
  await withDatabaseFolder(async (folder) => {
    writeFileSync(folder, "");
    expect(await refusalOf(folder)).toEqual({
      code: "embedded-database/folder-refused",
      message: `the database cannot be in "${folder}": it is no folder`,
    });
    rmSync(folder);
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    expect(await refusalOf(folder)).toEqual({
      code: "embedded-database/folder-refused",
      message: `the database cannot be in "${folder}": others than its owner can write to it`,
    });
  });
});

onlyRoot("a folder of another user, and one that the user of Postgres cannot reach", async () => {
  await withDatabaseFolder(async (folder) => {
    mkdirSync(folder);
    chownSync(folder, NOBODY, NOBODY);
    expect(await refusalOf(folder)).toEqual({
      code: "embedded-database/folder-refused",
      message: `the database cannot be in "${folder}": it belongs to another user`,
    });
  });
  const folder = join(mkdtempSync(join(tmpdir(), "imagewright-closed-")), "database");
  expect(await refusalOf(folder)).toEqual({
    code: "embedded-database/folder-refused",
    message: `the database cannot be in "${folder}": "${dirname(folder)}" above it can be entered only by its owner, and Postgres does not run as root`,
  });
  rmSync(dirname(folder), { recursive: true });
});
