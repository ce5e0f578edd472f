import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SourceFile } from "@imagewright/diagnostics";
import { checkWorkflow, simulateWorkflow, type CheckedWorkflow, type SimulatedOutcome } from "@imagewright/workflow-engine";
import { describe, expect, test } from "@jest/globals";
import { stepActionContracts as registry } from "./index.js";

// real documents of other projects, in a folder next to the checkout; snapshots have hashes and statuses, no text of theirs
const corpus = fileURLToPath(new URL("../../../../shared/reference/corpus", import.meta.url));
const suite = existsSync(corpus) ? describe : describe.skip;
const IN_TEMPLATES = ["gated-distribution.yml__DistributionWorkflow", "base-template__L690", "main.tf__build-container"];

interface RealDocument {
  readonly hash: string;
  readonly source: SourceFile;
}

function documents(): RealDocument[] {
  const paths = ["workflows", "templated"]
    .flatMap((folder) => readdirSync(join(corpus, folder)).map((name) => ({ folder, name })))
    .filter(({ folder, name }) => folder === "workflows" || IN_TEMPLATES.some((part) => name.includes(part)))
    .map(({ folder, name }) => join(corpus, folder, name));
  return paths.sort().map((path) => {
    const text = readFileSync(path, "utf8");
    return { hash: createHash("sha256").update(text).digest("hex").slice(0, 12), source: new SourceFile("workflow.yaml", text) };
  });
}

// one name in both cases: a snapshot whose name is not seen counts as a failure
suite("real workflow documents, of the corpus next to the checkout", () => {
  test("what is reported of them", () => {
    const reported = documents().map(({ hash, source }) => {
      const { document, diagnostics } = checkWorkflow(source, { registry });
      return [hash, document?.type, ...diagnostics.map(({ code, severity }) => `${severity} ${code}`)].join(" ");
    });
    expect(reported.length).toBe(12);
    expect(reported.join("\n")).toMatchSnapshot();
  });

  test("their simulated runs: all steps succeed, and each of them fails or runs out of time", async () => {
    const runs: string[] = [];
    for (const { hash, source } of documents()) {
      const { document, diagnostics } = checkWorkflow(source, { registry });
      if (document === undefined || diagnostics.some(({ severity }) => severity === "error")) continue;
      runs.push(await line(hash, document, []));
      for (const [index, { name }] of document.steps.entries())
        runs.push(await line(hash, document, [[name.text, index % 2 === 0 ? "fail" : "time-out"]]));
    }
    expect(runs.join("\n")).toMatchSnapshot();
  });
});

async function line(hash: string, workflow: CheckedWorkflow, outcomes: readonly (readonly [string, SimulatedOutcome])[]): Promise<string> {
  const { status, steps } = await simulateWorkflow({ workflow, registry, outcomes: new Map(outcomes) });
  const shown = steps.map((step) => [step.status, step.rollbackStatus].filter(Boolean).join("/"));
  return [hash, status, ...shown].join(" ");
}
