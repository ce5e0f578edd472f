import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { SourceFile } from "@imagewright/diagnostics";
import { openJournal } from "@imagewright/durability";
import { checkWorkflow, createStepActionRegistry, runWorkflow } from "./dist/index.js";

/** As many as a workflow may have. */
const STEPS = 15;
const RUNS = 21;

const limits = { workflowTypes: ["BUILD"], timeoutSeconds: { default: 60, maximum: 60 } };
const nothing = {
  ...{ name: "Nothing", summary: "Does nothing.", input: { type: "object" }, outputs: {}, ...limits },
  run: ({ durability }) => durability.step("nothing", async () => ({})),
};
const TEXT = `schemaVersion: 1.0\nsteps:\n${Array.from({ length: STEPS }, (_, index) => `  - { name: S${index}, action: Nothing }\n`).join("")}`;

/** What the engine adds to a step, next to the operations of the durability port that its action makes, over a journal file. */
export async function bench(folder) {
  const actions = createStepActionRegistry([nothing]);
  const { document: workflow } = checkWorkflow(new SourceFile("bench.yaml", TEXT), { registry: actions, type: "BUILD" });
  const run = (durability) => runWorkflow({ workflow, actions, durability });
  const bare = async (durability) => {
    for (let index = 0; index < STEPS; index++) await durability.branch(`S${index}`, (branch) => branch.step("nothing", async () => ({})));
  };
  const differences = [];
  for (let count = 0; count < RUNS; count++) differences.push((await timed(folder, run)) - (await timed(folder, bare)));
  const milliseconds = differences.sort((a, b) => a - b)[Math.floor(RUNS / 2)] / STEPS;
  return [
    {
      what: "a step of a workflow, beyond the operations of the durability port that its action makes",
      ...{ value: milliseconds, unit: " ms", limit: 5, detail: `${STEPS} steps, median of ${RUNS} runs` },
    },
  ];
}

/** In milliseconds. */
async function timed(folder, body) {
  const place = mkdtempSync(join(folder, "workflow-"));
  const journal = await openJournal(join(place, "journal.jsonl"));
  const start = performance.now();
  await body(journal.durability());
  const taken = performance.now() - start;
  await journal.close();
  rmSync(place, { recursive: true });
  return taken;
}
