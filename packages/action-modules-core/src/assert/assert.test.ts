import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SourceFile } from "@imagewright/diagnostics";
import { createNodeHost } from "@imagewright/node-host";
import { runAction, withTemporaryFolder } from "@imagewright/test-kit";
import { parseYaml, toPlain } from "@imagewright/yaml-syntax";
import { describe, expect, test } from "@jest/globals";
import { assert } from "./index.js";

/** The steps of a YAML text, with scalars as text, as passed by the engine. */
function readSteps(yaml: string): { name: string; action: string; inputs: object }[] {
  const { root, diagnostics } = parseYaml(new SourceFile("steps.yaml", yaml));
  expect(diagnostics).toEqual([]);
  expect(root).toBeDefined();
  return root === undefined ? [] : (toPlain(root) as { name: string; action: string; inputs: object }[]);
}

// of "hello" and a line end, by sha256sum and sha512sum
const HASHES = {
  SHA256: "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03",
  SHA512:
    "e7c22b994c59d9cf2b48e549b1e24666636045930d3da7c1acb299d1c3b7f931f94aae41edda2c2b207a36e10f8bcb8d45223e54878f5b316e7ce3b6bc019629",
};

async function run(condition: object) {
  return withTemporaryFolder(async (workingDirectory) => {
    await writeFile(join(workingDirectory, "present"), "hello\n");
    expect(assert.check?.(condition, "linux")).toEqual([]);
    const { result, log } = await runAction(assert, condition, { workingDirectory });
    const shorten = (text: string) => text.replaceAll(workingDirectory, "<folder>");
    return { status: result.status, ...(result.status === "failed" ? { reason: shorten(result.reason) } : {}), log: log.map(shorten) };
  });
}

describe("Assert, chapter 15: the examples", () => {
  test.each([
    ["StringComparison", { stringEquals: "2.1.1", value: "2.1.1" }, '"2.1.1" is equal to "2.1.1"'],
    [
      "Letters only",
      { patternMatches: "^[a-zA-Z]+$", value: "ThisIsOnlyLetters" },
      '"ThisIsOnlyLetters" matches the pattern "^[a-zA-Z]+$"',
    ],
    [
      "Letters and spaces only",
      { patternMatches: "^[a-zA-Z\\s]+$", value: "This text contains spaces" },
      '"This text contains spaces" matches the pattern "^[a-zA-Z\\\\s]+$"',
    ],
    ["Numbers only", { patternMatches: "^[0-9]+$", value: "1234567890" }, '"1234567890" matches the pattern "^[0-9]+$"'],
  ])("%s", async (_name, condition, explanation) => {
    expect(await run(condition)).toEqual({ status: "succeeded", log: [`the condition is true: ${explanation}`] });
  });

  const nested = (version: string, architecture: string) => ({
    or: [
      {
        and: [
          { numberGreaterThan: "2.0", value: version },
          { stringEquals: "arm64", value: architecture },
        ],
      },
      { stringEquals: "x86_64", value: architecture },
    ],
  });

  test.each([
    ["2.1", "arm64", '"2.1" is greater than "2.0", and "arm64" is equal to "arm64"'],
    ["1.0", "x86_64", '"x86_64" is equal to "x86_64"'],
    ["", "x86_64", '"x86_64" is equal to "x86_64"'],
  ])("NestedComparisons succeeds for version %j on %j", async (version, architecture, explanation) => {
    expect(await run(nested(version, architecture))).toEqual({ status: "succeeded", log: [`the condition is true: ${explanation}`] });
  });

  test.each([
    ["2.0", "arm64", '"2.0" is not greater than "2.0", and "arm64" is not equal to "x86_64"'],
    ["2.1", "riscv64", '"riscv64" is not equal to "arm64", and "riscv64" is not equal to "x86_64"'],
    ["2.1.1", "arm64", '"2.1.1" is not a number, and "arm64" is not equal to "x86_64"'],
  ])("NestedComparisons fails for version %j on %j", async (version, architecture, explanation) => {
    expect(await run(nested(version, architecture))).toEqual({
      status: "failed",
      reason: `the condition is false: ${explanation}`,
      log: [],
    });
  });
});

describe("Assert", () => {
  test.each([
    [{ fileExists: "present" }, undefined],
    [{ fileExists: "absent" }, '"<folder>/absent" does not exist'],
    [{ not: { fileExists: "present" } }, '"<folder>/present" is a file'],
    [{ binaryExists: "sh" }, undefined],
    [{ fileMD5Equals: "b1946ac92492d2347c6235b4d2611184", path: "present" }, undefined],
    [{ fileSHA1Equals: "f572d396fae9206628714fb2ce00f72e94f2258f", path: "present" }, undefined],
    [{ fileSHA256Equals: HASHES.SHA256, path: "present" }, undefined],
    [{ fileSHA512Equals: HASHES.SHA512.toUpperCase(), path: "present" }, undefined],
    [{ fileSHA256Equals: HASHES.SHA256, path: "absent" }, '"<folder>/absent" does not exist'],
    [
      { fileMD5Equals: "b1946ac92492d2347c6235b4d2611185", path: "present" },
      'the MD5 of "<folder>/present" is b1946ac92492d2347c6235b4d2611184, not b1946ac92492d2347c6235b4d2611185',
    ],
  ])("%j in the step's own folder and environment", async (condition, explanation) => {
    const { status, reason } = { reason: undefined, ...(await run(condition)) };
    expect({ status, reason }).toEqual(
      explanation === undefined
        ? { status: "succeeded", reason: undefined }
        : { status: "failed", reason: `the condition is false: ${explanation}` },
    );
  });

  test("reads files only through the host, so that a plan includes the changes of earlier steps", async () => {
    await withTemporaryFolder(async (workingDirectory) => {
      await writeFile(join(workingDirectory, "present"), "hello\n");
      const host = createNodeHost();
      const moved = (path: unknown) => String(path).replace("/elsewhere", workingDirectory);
      const files = {
        ...host.files,
        stat: (path: unknown) => host.files.stat(moved(path)),
        open: (path: unknown) => host.files.open(moved(path)),
      } as typeof host.files;
      const condition = { and: [{ fileExists: "present" }, { folderExists: "." }, { fileSHA256Equals: HASHES.SHA256, path: "present" }] };
      const { result } = await runAction(assert, condition, { workingDirectory: "/elsewhere", host: { ...host, files } });
      expect(result).toEqual({ status: "succeeded", changed: false });
    });
  });

  test("the condition is false", async () => {
    expect(await run({ not: { and: [{ fileExists: "present" }, { binaryExists: "sh" }] } })).toMatchObject({ status: "failed", log: [] });
  });

  test("faults of the condition show before anything runs", () => {
    expect(
      assert.check?.(
        {
          or: [
            { stringEquals: "a", vlaue: "a" },
            { numberEquals: "x", value: "1" },
          ],
        },
        "linux",
      ),
    ).toEqual([
      { path: ["or", 0], message: '"stringEquals": unknown key "vlaue"; allowed: "value"; did you mean "value"?' },
      { path: ["or", 1, "numberEquals"], message: '"numberEquals" must be a number, such as 10 or "-2.5"; found "x"' },
    ]);
  });

  test("then and else belong to if", () => {
    expect(assert.check?.({ fileExists: "present", then: "Skip" }, "linux")).toEqual([
      { path: [], message: '"fileExists": unknown key "then"; none is allowed here' },
    ]);
  });

  const onLinux = process.platform === "linux" ? test : test.skip;
  onLinux("a file to be hashed cannot be read", async () => {
    expect(await run({ not: { fileMD5Equals: "0".repeat(32), path: "/proc/self/mem" } })).toEqual({
      status: "failed",
      reason: 'cannot read "/proc/self/mem" to take its MD5 (EIO)',
      log: [],
    });
  });

  test("the examples of the README succeed", async () => {
    const readme = await readFile(new URL("README.md", import.meta.url), "utf8");
    const steps = [...readme.matchAll(/^```yaml\n(.*?)^```/gms)].flatMap(([, yaml = ""]) => readSteps(yaml));
    expect(steps.map(({ action }) => action)).toEqual(["Assert", "Assert", "Assert"]);
    for (const { name, inputs } of steps) expect({ name, ...(await run(inputs)) }).toMatchObject({ name, status: "succeeded" });
  });
});
