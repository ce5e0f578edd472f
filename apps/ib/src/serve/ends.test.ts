import { expect, test } from "@jest/globals";
import { Ends } from "./ends.js";

test("everything is ended, the last first, whatever fails; the first failure is told", async () => {
  const ended: string[] = [];
  const ends = new Ends();
  const end = (name: string, failure?: Error) => () => {
    ended.push(name);
    if (failure !== undefined) throw failure;
  };
  ends.add(end("lease"));
  ends.add(async () => Promise.reject(new Error("database")));
  ends.add(end("service", new Error("service")));
  ends.add(end("file"));
  await expect(ends.run()).rejects.toThrow("service");
  expect(ended).toEqual(["file", "service", "lease"]);
  await ends.run();
  expect(ended).toHaveLength(3);
});
