import { expect, test } from "@jest/globals";
import { rememberKeys } from "./remembered-keys.js";

test("a key is asked for once a second; one that is not there, or that failed, each time", async () => {
  const asked: string[] = [];
  let time = 0;
  const find = rememberKeys(
    async (id) => {
      asked.push(id);
      if (id === "failing") throw new Error("the database has ended");
      return Promise.resolve(id === "known" ? { account: id } : undefined);
    },
    () => time,
  );
  expect(await Promise.all([find("known"), find("known")])).toEqual([{ account: "known" }, { account: "known" }]);
  time = 999;
  expect(await find("known")).toEqual({ account: "known" });
  expect(asked).toEqual(["known"]);
  time = 1000;
  await find("known");
  expect(asked).toEqual(["known", "known"]);
  for (const id of ["unknown", "unknown"]) expect(await find(id)).toBeUndefined();
  for (const id of ["failing", "failing"]) await expect(find(id)).rejects.toThrow("the database has ended");
  expect(asked.slice(2)).toEqual(["unknown", "unknown", "failing", "failing"]);
});
