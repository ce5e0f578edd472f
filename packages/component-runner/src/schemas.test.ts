import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRegistry } from "@imagewright/action-contract";
import { coreActions } from "@imagewright/action-modules-core";
import { linuxActions } from "@imagewright/action-modules-linux";
import { summaryOf } from "@imagewright/document-engine";
import { createNodeHost } from "@imagewright/node-host";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import { checkComponents, loadLocalDocument, prepareComponents, runComponents } from "./index.js";

const registry = createRegistry(coreActions, linuxActions);
const SCHEMAS = join(import.meta.dirname, "..", "schemas");

const INNER = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - { name: Fail, action: ExecuteBash, onFailure: Ignore, maxAttempts: 2, inputs: { commands: ["exit 3"] } }
`;
const MAIN = `name: all kinds of steps
description: for the schemas
schemaVersion: 1.0
parameters:
  - Inner: { type: string, default: inner.yaml }
phases:
  - name: build
    steps:
      - { name: Make, action: CreateFolder, inputs: [{ path: made }] }
      - { name: Skipped, action: CreateFolder, if: { folderExists: nowhere }, inputs: [{ path: "{{ build.Make.inputs[0].path }}" }] }
      - { name: Listed, action: ExecuteBash, loop: { name: all, forEach: [a, b] }, inputs: { commands: ["echo {{ all.value }}"] } }
      - { name: Counted, action: ExecuteBash, loop: { for: { start: 1, end: 2, updateBy: 1 } }, inputs: { commands: ["echo {{ loop.value }}"] } }
      - { name: Nested, action: ExecuteDocument, inputs: { document: "{{ Inner }}" } }
      - { name: Last, action: Assert, onFailure: Continue, inputs: { stringEquals: "{{ build.Listed.outputs.stdout }}", value: x } }
`;

async function validator(name: string) {
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(await readFile(join(SCHEMAS, name), "utf8")) as object,
  );
  return (value: unknown) => (validate(value) ? [] : validate.errors);
}

test("the files of a run match the published schemas", () =>
  withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "main.yaml"), MAIN);
    await writeFile(join(folder, "inner.yaml"), INNER);
    const { documents, diagnostics } = await checkComponents({ locations: [join(folder, "main.yaml")], registry, platforms: ["linux"] });
    expect(diagnostics).toEqual([]);
    const { prepared } = prepareComponents(documents, { parametersOf: () => new Map(), parameters: new Map(), phases: undefined });
    const { outcome, logFolder } = await runComponents({
      ...{
        executionId: "run-1",
        documents: prepared,
        phases: undefined,
        logDirectory: folder,
        registry,
        host: createNodeHost(),
        workingDirectory: folder,
      },
      ...{
        environment: { PATH: process.env["PATH"] ?? "" },
        signal: new AbortController().signal,
        loadDocument: (location: string) => loadLocalDocument(join(folder, location)),
      },
    });
    const read = async (name: string) => JSON.parse(await readFile(join(logFolder, name), "utf8")) as unknown;
    const detailed = await read("detailedoutput.json");
    expect((await validator("detailedoutput.schema.json"))(detailed)).toEqual([]);
    expect((await validator("chaining.schema.json"))(await read("chaining.json"))).toEqual([]);
    expect((await validator("result.schema.json"))(outcome.status === "restart" ? undefined : summaryOf(outcome, logFolder))).toEqual([]);
    expect(detailed).toMatchObject({
      status: "failed",
      documents: [
        {
          phases: [
            {
              steps: [
                { name: "Make", changed: true, loop: null, detailedOutput: null, condition: null },
                { name: "Skipped", status: "skipped", attempts: 0, condition: { value: false, decision: "Skip" } },
                { name: "Listed", outputs: '[{"stdout":"a\\nb"}]', loop: { name: "all", forEach: ["a", "b"], iterations: 2 } },
                { name: "Counted", loop: { for: { start: "1", end: "2", updateBy: "1" }, iterations: 2 } },
                {
                  name: "Nested",
                  detailedOutput: [
                    {
                      status: "successWithIgnoredFailure",
                      documents: [
                        { filePath: join(folder, "inner.yaml"), phases: [{ steps: [{ attempts: 2, status: "ignoredFailure" }] }] },
                      ],
                    },
                  ],
                },
                { name: "Last", status: "failed" },
              ],
            },
          ],
        },
      ],
    });
    expect(await read("chaining.json")).toEqual({
      documents: [
        {
          filePath: join(folder, "main.yaml"),
          expressions: [
            {
              phase: "build",
              step: "Skipped",
              expression: "build.Make.inputs[0].path",
              leadsTo: { phase: "build", step: "Make", side: "inputs", index: 0, path: ["path"] },
            },
            {
              phase: "build",
              step: "Last",
              expression: "build.Listed.outputs.stdout",
              leadsTo: { phase: "build", step: "Listed", side: "outputs", index: 0, path: ["stdout"] },
            },
          ],
        },
      ],
    });
  }));

test("the schemas are part of the package", async () => {
  const { exports, files } = JSON.parse(await readFile(join(SCHEMAS, "..", "package.json"), "utf8")) as {
    exports: Record<string, unknown>;
    files: string[];
  };
  expect(files).toContain("schemas");
  expect((await readdir(SCHEMAS)).map((name) => exports[`./schemas/${name}`])).toEqual([
    "./schemas/chaining.schema.json",
    "./schemas/detailedoutput.schema.json",
    "./schemas/result.schema.json",
  ]);
});
