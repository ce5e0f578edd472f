import { readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { standardRegistry as registry } from "@imagewright/action-modules";
import { SourceFile } from "@imagewright/diagnostics";
import { checkDocument, type ParameterSource } from "@imagewright/document-engine";
import { createNodeHost } from "@imagewright/node-host";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { loadLocalDocument, resumeComponents, runComponents } from "../index.js";

const SECRET = "Tr0ub4dor-and-3";
const parameterStore: ParameterSource = {
  get: async (names) => new Map(names.map((name) => [name, { value: SECRET, secure: true, type: "SecureString" }])),
};

const OUTER = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Call
        action: ExecuteDocument
        inputs: { document: inner.yaml, parameters: [{ name: Password, value: "{{ aws:ssm:/app/password }}" }] }
`;

const INNER = `schemaVersion: 1.0
parameters:
  - Password: { type: string }
phases:
  - name: build
    steps:
      - name: Restart
        action: ExecuteBash
        inputs: { commands: ["test -e restarted && exit 0", touch restarted, exit 194] }
      - name: Keep
        action: CreateFile
        inputs: [{ path: kept, content: "{{ Password }}" }]
`;

test("a nested document continues as it was read after its file is deleted; the state contains its parameters without secrets", () =>
  withTemporaryFolder(async (folder) => {
    const { document } = checkDocument(new SourceFile("outer.yaml", OUTER), { registry, platforms: ["linux"] });
    if (document === undefined) throw new Error("the document has faults");
    const context = {
      ...{
        registry,
        parameterStore,
        executionId: "run-1",
        workingDirectory: folder,
        host: createNodeHost(),
        signal: new AbortController().signal,
      },
      ...{
        environment: { PATH: process.env["PATH"] ?? "" },
        loadDocument: (location: string) => loadLocalDocument(resolve(folder, location)),
      },
    };
    const state = { directory: join(folder, "state"), environment: {}, settings: {} };
    await writeFile(join(folder, "inner.yaml"), INNER);
    const documents = [{ document, variables: new Map<string, string>() }];
    expect(
      (await runComponents({ ...context, documents, phases: undefined, logDirectory: join(folder, "logs"), state })).outcome,
    ).toMatchObject({ status: "restart", place: { step: "Restart" } });
    const journal = await readFile(join(state.directory, "run-1", "journal.jsonl"), "utf8");
    expect(journal).toContain('"Password"');
    expect(journal).not.toContain(SECRET);
    await rm(join(folder, "inner.yaml"));

    const { outcome } = await resumeComponents({ ...context, stateDirectory: state.directory });
    expect(outcome).toMatchObject({ status: "success", documents: [{ phases: [{ steps: [{ nested: [{ executedStepCount: 2 }] }] }] }] });
    expect(await readFile(join(folder, "kept"), "utf8")).toBe(SECRET);
  }));
