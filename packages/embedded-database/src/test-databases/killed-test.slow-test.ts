import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { query } from "../testing/query.js";

const PROGRAM = fileURLToPath(new URL("../../dist/testing/test-database-program.js", import.meta.url));

test("the test server ends although the only test that used it was killed", async () => {
  const child = spawn(process.execPath, [PROGRAM], { stdio: ["pipe", "pipe", "inherit"] });
  const [printed] = (await once(child.stdout, "data")) as [Buffer];
  const url = printed.toString().trim();
  expect(await query(url, "select 1 as one")).toEqual([{ one: 1 }]);
  child.kill("SIGKILL");
  await once(child, "close");
  while (!(await isRefused(url))) await sleep(100);
});

async function isRefused(url: string): Promise<boolean> {
  return query(url, "select 1").then(
    () => false,
    (thrown: unknown) => (thrown as { readonly code?: string }).code === "ECONNREFUSED",
  );
}
