import { randomUUID } from "node:crypto";
import { expect, test } from "@jest/globals";
import { query } from "../testing/query.js";
import { createTestDatabase } from "./create-test-database.js";

test("databases are copies of a template that is migrated once", async () => {
  let migrations = 0;
  const template = {
    name: randomUUID(),
    migrate: async (url: string) => {
      migrations++;
      await query(url, "create table things as select generate_series(1, 100) as number");
    },
  };
  const databases = await Promise.all(Array.from({ length: 4 }, () => createTestDatabase(template)));
  expect(migrations).toBe(1);
  expect(new Set(databases.map(({ url }) => url)).size).toBe(4);
  const [first, second] = databases;
  await query(first?.url ?? "", "delete from things");
  expect(await query(second?.url ?? "", "select count(*)::int as count from things")).toEqual([{ count: 100 }]);
  await Promise.all(databases.map((database) => database.drop()));
  await expect(query(first?.url ?? "", "select 1")).rejects.toThrow(/^database "test_\w+" does not exist$/);
});

test("a migration that fails is told, and made by the next one", async () => {
  const name = randomUUID();
  await expect(createTestDatabase({ name, migrate: async () => Promise.reject(new Error("no such table")) })).rejects.toThrow(
    "no such table",
  );
  const database = await createTestDatabase({ name, migrate: async (url) => void (await query(url, "create table made (number int)")) });
  expect(await query(database.url, "select * from made")).toEqual([]);
  await database.drop();
});
