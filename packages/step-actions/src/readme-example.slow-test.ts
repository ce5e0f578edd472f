import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chooseBuildHost } from "@imagewright/build-hosts";
import { importTestImage } from "@imagewright/build-hosts/contract";
import { expect, test } from "@jest/globals";
import { findHostProblem } from "./testing/host-problem.js";

const problem = await findHostProblem();

(problem === undefined ? test : test.skip)(
  `the second example of the README runs${problem === undefined ? "" : ` (skipped: ${problem})`}`,
  async () => {
    const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
    const [, code = "", output] = [...readme.matchAll(/```ts\n([\s\S]*?)```\n\n```\n([\s\S]*?)```/g)][1] ?? [];
    const root = mkdtempSync(join(tmpdir(), "imagewright-step-actions-readme-"));
    const image = `localhost/imagewright-test/step-actions-readme:${process.pid}`;
    const { host } = await chooseBuildHost({ preferred: "buildah", stateFolder: join(root, "state") });
    await importTestImage(host, image);
    try {
      const cwd = fileURLToPath(new URL("..", import.meta.url)); // in the package, so that it can import itself by name
      const parameters = ["--input-type=module", "-", join(root, "build"), image, process.execPath];
      // the host that the example would choose may be another one
      const input = code.replace("chooseBuildHost({", 'chooseBuildHost({ preferred: "buildah",');
      expect(execFileSync(process.execPath, parameters, { cwd, input, encoding: "utf8" })).toBe(output);
    } finally {
      await host.removeImage(image);
      rmSync(root, { recursive: true, force: true });
    }
  },
);
