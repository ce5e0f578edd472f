import { execFile } from "node:child_process";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { makeBuildahUnderTest } from "./buildah/testing/buildah-under-test.js";
import { inspectEngine } from "./choose/inspect-engines.js";
import { testImageProblem } from "./contract/test-image.js";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));
const BUILT = new URL("../dist/index.js", import.meta.url).href;
const report = await inspectEngine("buildah");
const problem = report.usable ? testImageProblem() : `buildah ${report.finding}`;

describe("the README", () => {
  const run = problem === undefined ? test : test.skip;
  run(problem === undefined ? "its example builds an image" : `the example (skipped: ${problem})`, () =>
    withTemporaryFolder(async (folder) => {
      const given = await makeBuildahUnderTest(BUILT);
      try {
        const [, example = ""] = /^```ts\n(.*?)^```$/ms.exec(await readFile(join(PACKAGE, "README.md"), "utf8")) ?? [];
        await mkdir(join(folder, "node_modules", "@imagewright"), { recursive: true });
        await symlink(PACKAGE, join(folder, "node_modules", "@imagewright", "build-hosts"));
        const program = join(folder, "example.mjs");
        await writeFile(program, example);
        const parameters = [program, join(folder, "state"), given.spec.image];
        const { stdout } = await promisify(execFile)(process.execPath, parameters, { env: process.env });
        expect(stdout).toBe('building with buildah: it was requested\nevent {"made":"/greeting"}\nhello\nmade localhost/greeting:1\n');
        await given.containerHost?.removeImage("localhost/greeting:1");
      } finally {
        await given.cleanUp();
      }
    }),
  );
});
