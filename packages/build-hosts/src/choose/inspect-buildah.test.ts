import { execFileSync } from "node:child_process";
import { describe, expect, test } from "@jest/globals";
import { testUserProblem } from "@imagewright/test-kit";
import { findCommand } from "../processes/find-command.js";

const BUILT = new URL("../../dist/index.js", import.meta.url);
const problem =
  (await testUserProblem(BUILT.pathname)) ?? ((await findCommand("buildah")) === undefined ? "buildah is not installed" : undefined);

describe("buildah for an ordinary user", () => {
  const run = problem === undefined ? test : test.skip;
  run(problem === undefined ? "needs ids of others, and says how to get them" : `skipped: ${problem}`, () => {
    const program = `const { inspectEngines } = await import(${JSON.stringify(BUILT.href)});
      console.log(JSON.stringify((await inspectEngines()).find(({ engine }) => engine === "buildah")));`;
    const flags = ["--reuid=65534", "--regid=65534", "--clear-groups", process.execPath, "--input-type=module", "-e", program];
    expect(JSON.parse(execFileSync("setpriv", flags, { encoding: "utf8", cwd: "/" }))).toEqual({
      engine: "buildah",
      usable: false,
      finding: "is installed, but /etc/subuid has no ids for the user nobody; 65536 are needed",
      // a range that no other user has
      fix: expect.stringMatching(/^(sudo|as root:) usermod --add-subuids (\d+-\d+) --add-subgids \2 nobody$/) as unknown,
    });
  });
});
