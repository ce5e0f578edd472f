import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { removeForNow } from "./remove-for-now.js";

const busy = () => Object.assign(new Error("EBUSY: resource busy or locked"), { code: "EBUSY" });

test("a folder whose file another has open is removed a little later", async () => {
  const folder = await mkdtemp(join(tmpdir(), "remove-for-now-"));
  let tries = 0;
  await removeForNow(folder, async (path) => {
    if (++tries < 3) throw busy();
    await rm(path, { recursive: true });
  });
  expect([tries, existsSync(folder)]).toEqual([3, false]);
});

test("one that cannot be removed stays, and is no error", async () => {
  let tries = 0;
  await removeForNow("C:\\temp\\run", async () => {
    tries++;
    throw busy();
  });
  expect(tries).toBe(5);
});
