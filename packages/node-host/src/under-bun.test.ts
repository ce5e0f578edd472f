import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));

/** The bun that packs the agent, which is the runtime that starts most commands. */
function findBun(): string | undefined {
  const architecture = process.arch === "arm64" ? "aarch64" : process.arch;
  try {
    return createRequire(new URL("../../../apps/agent/package.json", import.meta.url)).resolve(
      `@oven/bun-${process.platform}-${architecture}/bin/bun`,
    );
  } catch {
    return undefined;
  }
}

const bun = findBun();

(bun === undefined ? test.skip : test)("processes behave under Bun as under Node (needs the agent's bun)", async () => {
  const { stderr } = await promisify(execFile)(
    bun ?? "",
    ["test", "src/processes.test.ts", "src/run-program-sync.test.ts", "src/private-files"],
    {
      cwd: PACKAGE,
      env: { PATH: process.env["PATH"] },
    },
  );
  expect(stderr).toMatch(/^ \d\d pass\n 0 fail$/m);
});
