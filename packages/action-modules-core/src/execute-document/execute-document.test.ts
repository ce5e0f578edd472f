import { SourceFile, type Diagnostic } from "@imagewright/diagnostics";
import { createRegistry } from "@imagewright/action-contract";
import { bindVariables, checkDocument, runDocuments, type RunResult, type StepResult } from "@imagewright/document-engine";
import { createNodeHost } from "@imagewright/node-host";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { coreActions } from "../index.js";

const registry = createRegistry(coreActions);

function check(name: string, text: string): ReturnType<typeof checkDocument> {
  return checkDocument(new SourceFile(name, text), { registry, platforms: ["linux"] });
}

/** Runs main.yaml; the other documents are found by name. */
async function run(
  main: string,
  documents: Readonly<Record<string, string>> = {},
): Promise<{ step: StepResult; result: RunResult; asked: (string | undefined)[][] }> {
  const { document, diagnostics } = check("main.yaml", main);
  if (document === undefined || diagnostics.length > 0) throw new Error(messages(diagnostics).join("; "));
  const asked: (string | undefined)[][] = [];
  const result = await withTemporaryFolder((folder) =>
    runDocuments({
      ...{
        executionId: "run-1",
        documents: [{ document, variables: bindVariables(document, []).variables }],
        phases: undefined,
        registry,
        host: createNodeHost(),
      },
      ...{
        workingDirectory: folder,
        temporaryDirectory: folder,
        environment: {},
        signal: new AbortController().signal,
        onEvent: () => undefined,
      },
      loadDocument: async (location, bucketOwner) => {
        asked.push([location, bucketOwner]);
        const text = documents[location];
        if (text === undefined) throw new Error(`there is no ${location}`);
        return new SourceFile(location, text);
      },
    }),
  );
  const step = result.status === "restart" ? undefined : result.documents[0]?.phases[0]?.steps[0];
  if (result.status === "restart" || step === undefined) throw new Error("the run did not end");
  return { step, result, asked };
}

const messages = (diagnostics: readonly Diagnostic[]): string[] => diagnostics.map(({ message }) => message);
const call = (inputs: string, rest = "") =>
  `schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - { name: Call, action: ExecuteDocument${rest}, inputs: ${inputs} }\n`;
const writes = (file: string, content = "x") =>
  `      - { name: Write, action: CreateFile, inputs: [{ path: ${file}, content: "${content}" }, { path: ${file}-2, content: y }] }\n`;
const inner = `schemaVersion: 1.0
parameters:
  - Content: { type: string, default: default }
phases:
  - name: build
    steps:
${writes("a", "{{ Content }}")}  - name: test
    steps:
${writes("b", "{{ Content }}")}`;

describe("ExecuteDocument, chapter 15", () => {
  test("phases and parameters are passed on, blanks around commas do not matter", async () => {
    const { step } = await run(call("{ document: inner.yaml, phases: 'test , build', parameters: [{ name: Content, value: given }] }"), {
      "inner.yaml": inner,
    });
    expect(step.outputs).toEqual([
      {
        executionId: step.nested[0]?.executionId,
        status: "success",
        executedStepCount: 2,
        failedStepCount: 0,
        ignoredFailedStepCount: 0,
        failureMessage: "",
        logUrl: "",
      },
    ]);
    expect(step.nested[0]?.documents[0]?.phases.map(({ name, steps }) => [name, steps[0]?.inputs[0]])).toEqual([
      ["build", { path: "a", content: "given" }],
      ["test", { path: "b", content: "given" }],
    ]);
  });

  test("the bucket's owner may be a number", async () => {
    const { asked } = await run(
      call("{ document: 's3://bucket/inner.yaml', document-s3-bucket-owner: 123456789012 }", ", onFailure: Ignore"),
    );
    expect(asked).toEqual([["s3://bucket/inner.yaml", "123456789012"]]);
  });

  test.each([
    [
      "an owner that is no account",
      "{ document: a, document-s3-bucket-owner: 12 }",
      "",
      '"document-s3-bucket-owner" must be an account id of 12 digits; found "12"',
    ],
    ["another time limit", "{ document: a }", ", timeoutSeconds: 60", '"timeoutSeconds" of ExecuteDocument is always -1; found "60"'],
    ["other attempts", "{ document: a }", ", maxAttempts: 2", '"maxAttempts" of ExecuteDocument is always 1; found "2"'],
    ["a parameter without a value", "{ document: a, parameters: [{ name: x }] }", "", 'each item of "parameters" must have "value"'],
  ])("%s is a fault before the run", (_what, inputs, rest, message) => {
    expect(messages(check("main.yaml", call(inputs, rest)).diagnostics)).toEqual([message]);
  });

  test("the values that the action fixes may be written out", () => {
    expect(check("main.yaml", call("{ document: a }", ", timeoutSeconds: -1, maxAttempts: 1")).diagnostics).toEqual([]);
  });
});

describe("ExecuteDocument, chapter 15: fails when", () => {
  const required = inner.replace(", default: default", "");
  const failing = `schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - { name: Look, action: Assert, inputs: { fileExists: nowhere } }\n`;
  const deep = Object.fromEntries([1, 2, 3].map((level) => [`${level}`, call(`{ document: '${level + 1}' }`)]));

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ["the document cannot be loaded", {}, "there is no 1"],
    [
      "the document has faults",
      { 1: "schemaVersion: 2" },
      'the document "1" has 2 faults; the first: 1:1:1: the document must have "phases"',
    ],
    [
      "a parameter without a default has no value",
      { 1: required },
      'the document "1" has 1 fault; the first: 1:3:5: the parameter "Content" has no default and no value was given',
    ],
    ["the document runs itself", { 1: call("{ document: '1' }") }, "cycle"],
    ["the document is nested more than three levels deep", { ...deep, 4: inner }, 'the document "4" is nested more than 3 levels deep'],
    ["a step of the document fails", { 1: failing }, "Document 1 failed!"],
  ])("%s", async (_what, documents, message) => {
    const { step } = await run(call("{ document: '1' }"), documents);
    expect(step.outcome).toBe("failed");
    expect(innermost(step)).toContain(message);
  });
});

/** The message of the innermost failed step. */
function innermost(step: StepResult): string {
  const inside = step.nested[0]?.documents[0]?.phases[0]?.steps.find(({ action }) => action === "ExecuteDocument");
  return inside === undefined ? step.failureMessage : innermost(inside);
}
