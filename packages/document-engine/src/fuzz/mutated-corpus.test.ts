import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineAction, PLATFORMS, type ActionModule, type ActionRegistry } from "@imagewright/action-contract";
import { hasErrors, renderText, SourceFile } from "@imagewright/diagnostics";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { bindVariables, checkDocument, runDocuments, type PreparedDocument } from "../index.js";
import { createScaledHost } from "../testing/scaled-host.js";
import { expectRefusal } from "./expect-refusal.js";

// real documents of other projects, in a folder next to the checkout
const folder = fileURLToPath(new URL("../../../../../shared/reference/corpus/components", import.meta.url));
const hasCorpus = existsSync(folder);
const suite = hasCorpus ? describe : describe.skip;

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 350);
// most real documents are far smaller, and a few large ones would take all the time
const LARGEST = 20_000;

/** Replaces each action of a real document: accepts any input, does nothing, and returns the outputs that such documents refer to. */
const anything = defineAction({
  name: "Anything",
  summary: "Accepts any input and does nothing.",
  platforms: PLATFORMS,
  input: { shape: "list", optional: true, schema: { type: "object", properties: {}, additionalProperties: true } },
  effects: "opaque",
  outputs: { stdout: "A line.", status: "A word." },
  run: async () => ({ status: "succeeded", outputs: { stdout: "a line", status: "success" } }),
}) as ActionModule<unknown>;
const isName = (name: string) => /^[A-Za-z0-9]+$/.test(name);
const registry: ActionRegistry = {
  names: ["Anything"],
  get: (name) => (isName(name) ? { ...anything, name } : undefined),
  platformsOf: (name) => (isName(name) ? PLATFORMS : []),
};

type Mutation = (text: string) => string;

/** Deletions, duplications, swapped lines and inserted characters, as in edited documents. */
const mutation: fc.Arbitrary<Mutation> = fc
  .record({
    kind: fc.constantFrom("cut", "double", "swap", "insert", "drop line", "indent"),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(200),
    piece: fc.constantFrom(
      "{{",
      "}}",
      "{{ loop.value }}",
      "{{ build.x.outputs.y }}",
      "{",
      "}",
      "[",
      "]",
      "'",
      '"',
      ":",
      "- ",
      "\n",
      "\t",
      "\0",
      "&a ",
      "*a",
      "|\n",
      "#",
      "!!x ",
      "\r",
      "\ufeff",
      "{{ literal: a }}",
    ),
  })
  .map(({ kind, from, length, piece }) => (text) => {
    const start = Math.floor(from * text.length);
    if (kind === "cut") return text.slice(0, start) + text.slice(start + length);
    if (kind === "double") return text.slice(0, start + length) + text.slice(start);
    if (kind === "insert") return text.slice(0, start) + piece + text.slice(start);
    return mutateLines(kind, text.split("\n"), from, length).join("\n");
  });

function mutateLines(kind: string, lines: string[], from: number, length: number): string[] {
  const [one, other] = [Math.floor(from * (lines.length - 1)), length % lines.length];
  const [first = "", second = ""] = [lines[one], lines[other]];
  if (kind === "drop line") return lines.toSpliced(one, 1);
  return kind === "swap" ? lines.with(one, second).with(other, first) : lines.with(one, `  ${first}`);
}

suite(`mutated real documents${hasCorpus ? "" : " (skipped: there is no corpus next to the checkout)"}`, () => {
  const texts = hasCorpus
    ? readdirSync(folder)
        .sort()
        .map((name) => readFileSync(join(folder, name), "utf8"))
        .filter((text) => text.length < LARGEST)
    : [];
  const host = createScaledHost();
  let ran = 0;
  let refused = 0;

  async function checkAndRun(text: string): Promise<void> {
    const { document, diagnostics } = checkDocument(new SourceFile("f.yaml", text), { registry, platforms: ["linux"] });
    for (const { span } of diagnostics) expect(0 <= span.start && span.start <= span.end && span.end <= text.length + 3).toBe(true);
    // each fault has its own place and reason, so the text limits their number
    expect(diagnostics.length).toBeLessThanOrEqual(4 * text.length + 10);
    expect(typeof renderText(diagnostics)).toBe("string");
    if (document === undefined || hasErrors(diagnostics)) {
      refused += 1;
      if (refused % 10 === 0) await expectRefusal(text, registry);
      return;
    }
    const given = new Map(
      document.parameters
        .filter((parameter) => parameter.default === undefined)
        .map(({ name, allowedValues }) => [name.text, allowedValues?.[0] ?? "given"]),
    );
    const bound = bindVariables(document, [given]);
    if (!hasErrors(bound.diagnostics)) await run({ document, variables: bound.variables }, text);
  }

  async function run(prepared: PreparedDocument, text: string): Promise<void> {
    ran += 1;
    const outcome = await withTemporaryFolder((place) =>
      runDocuments({
        ...{
          executionId: "fuzz",
          documents: [prepared],
          phases: undefined,
          registry,
          host,
          environment: {},
          onEvent: () => undefined,
          workingDirectory: place,
          temporaryDirectory: place,
        },
        ...{
          signal: new AbortController().signal,
          parameterStore: {
            get: async (names) => new Map(names.map((name) => [name, { value: "stored", secure: false, type: "String" }])),
          },
        },
      }),
    );
    if (outcome.status === "restart") throw new Error("no action here asks for a restart");
    for (const step of outcome.documents.flatMap(({ phases }) => phases.flatMap(({ steps }) => steps))) {
      // these actions never fail, so the only reasons are the author's decisions and an "if" that depends on this machine
      const isForeseeable =
        step.outcome !== "succeeded" && step.outcome !== "skipped" && !/is Abort$|was skipped by its "if"/.test(step.failureMessage);
      if (isForeseeable) throw new Error(`${step.name} failed for a predictable reason: ${step.failureMessage}\n${text}`);
    }
  }

  test("do not crash the check, and never fail for a predictable reason if they are valid", async () => {
    expect(texts.length).toBeGreaterThan(200);
    const mutated = fc
      .tuple(fc.constantFrom(...texts), fc.array(mutation, { maxLength: 4 }))
      .map(([text, mutations]) => mutations.reduce((changed, mutate) => mutate(changed), text));
    await fc.assert(fc.asyncProperty(mutated, checkAndRun), { numRuns: RUNS, endOnFailure: true });
    expect([ran > RUNS / 20, refused > RUNS / 20]).toEqual([true, true]);
  });
});
