import { expect, test } from "@jest/globals";
import { hasErrors, renderText, SourceFile, type Diagnostic } from "@imagewright/diagnostics";
import { withTemporaryFolder } from "@imagewright/test-kit";
import fc from "fast-check";
import {
  bindVariables,
  checkDocument,
  checkPhaseSelection,
  runDocuments,
  type PreparedDocument,
  type RunEvent,
  type RunResult,
} from "../index.js";
import { createScaledHost } from "../testing/scaled-host.js";
import { testRegistry } from "../testing/test-actions.js";
import { generateDocument, type GeneratedData, type GeneratedDocument } from "./generate-document.js";
import { expectRefusal } from "./expect-refusal.js";
import { whyUnforeseeable, type RanStep } from "./unforeseeable.js";

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 1_000);

const host = createScaledHost();

interface Prepared {
  readonly prepared: PreparedDocument | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

function prepare(text: string, { parameters, phases }: GeneratedDocument): Prepared {
  const { document, diagnostics } = checkDocument(new SourceFile("f.yaml", text), { registry: testRegistry, platforms: ["linux"] });
  if (document === undefined) return { prepared: undefined, diagnostics };
  const bound = bindVariables(document, [new Map(Object.entries(parameters))]);
  const all = [...diagnostics, ...bound.diagnostics, ...checkPhaseSelection(document, phases)];
  return { prepared: hasErrors(all) ? undefined : { document, variables: bound.variables }, diagnostics: all };
}

async function run(document: PreparedDocument, phases: readonly string[] | undefined): Promise<RunResult> {
  const onEvent = (_event: RunEvent) => undefined;
  const outcome = await withTemporaryFolder((folder) =>
    runDocuments({
      ...{ executionId: "fuzz", documents: [document], phases, registry: testRegistry, host, environment: {}, onEvent, parameterStore },
      ...{ workingDirectory: folder, temporaryDirectory: folder, signal: new AbortController().signal },
    }),
  );
  if (outcome.status === "restart") throw new Error("no action here asks for a restart");
  return outcome;
}

const parameterStore = {
  get: async (names: readonly string[]) =>
    new Map(
      names.map((name) => {
        if (name !== "/text" && name !== "/list") throw new Error(`no parameter ${name}`);
        return [name, { value: name === "/text" ? "stored" : "one,two", secure: false, type: name === "/text" ? "String" : "StringList" }];
      }),
    ),
};

/** The steps that have run, with their definitions. */
function ranSteps(
  { phases }: GeneratedData,
  result: RunResult,
  { document }: PreparedDocument,
  diagnostics: readonly Diagnostic[],
): RanStep[] {
  return phases.flatMap(({ name, steps }, phase) =>
    steps.flatMap((step, index): RanStep[] => {
      const ran = result.documents[0]?.phases.find((one) => one.name === name)?.steps[index];
      const { start, end } = document.phases[phase]?.steps[index]?.span ?? { start: 0, end: 0 };
      const warned = diagnostics.some(({ code, span }) => code !== "loop-not-running" && span.start >= start && span.end <= end);
      return ran === undefined ? [] : [{ key: `${name}.${step.name}`, step, result: ran, warned }];
    }),
  );
}

async function checkAndRun(generated: GeneratedDocument, seen: Map<string, number>): Promise<void> {
  const { data, parameters, phases } = generated;
  const text = JSON.stringify(data, null, 1);
  const { prepared, diagnostics } = prepare(text, generated);
  expect(typeof renderText(diagnostics)).toBe("string");
  if (prepared === undefined) {
    count(seen, "refused");
    // without its parameters and phases, it may be valid
    if ((seen.get("refused") ?? 0) % 20 === 0 && hasErrors(prepare(text, { data, parameters: {}, phases: undefined }).diagnostics))
      await expectRefusal(text, testRegistry);
    return;
  }
  count(seen, "ran");
  const ran = ranSteps(data, await run(prepared, phases), prepared, diagnostics);
  for (const step of ran.filter(({ result }) => result.outcome === "failed" || result.outcome === "timed-out")) {
    const why = whyUnforeseeable(step, ran);
    if (why === undefined)
      throw new Error(
        `${step.key} failed for a predictable reason: ${step.result.failureMessage}\nwith ${JSON.stringify(parameters)}\n${text}`,
      );
    count(seen, why);
  }
}

function count(seen: Map<string, number>, what: string): void {
  seen.set(what, (seen.get(what) ?? 0) + 1);
}

test("valid documents never fail for a predictable reason, and invalid ones do not run", async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.gen(), (random) => checkAndRun(generateDocument(random), seen)),
    { numRuns: RUNS, endOnFailure: true },
  );
  // the documents are of both kinds, and all possible reasons of failures occur
  expect([...seen.keys()]).toEqual(
    expect.arrayContaining([
      "ran",
      "refused",
      "the check has warned",
      "the action failed",
      "the outputs of another step",
      "the author decided so",
      "a value that is known only in the run",
    ]),
  );
});
