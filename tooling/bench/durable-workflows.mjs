// Workflows as an execution runs them, over journal files, next to workflows of bare DBOS on Postgres.
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DBOS } from "@dbos-inc/dbos-sdk";
import { SourceFile } from "../../packages/diagnostics/dist/index.js";
import { ExecutionLease, openJournal } from "../../packages/durability/dist/index.js";
import { openEmbeddedDatabase } from "../../packages/embedded-database/dist/index.js";
import { checkWorkflow, createStepActionRegistry, runWorkflow } from "../../packages/workflow-engine/dist/index.js";
import { median } from "./measure.mjs";

const STEPS = 20;
/** A document has at most 15 steps; an image has several workflows. */
const DOCUMENTS = ["first", "second"];
const WORKFLOWS = 64;
const AT_ONCE = 8;
const ROUNDS = 9;

const doNothing = async () => ({});
const nothing = {
  ...{ name: "Nothing", summary: "Does nothing.", input: { type: "object" }, outputs: {} },
  ...{ workflowTypes: ["BUILD"], timeoutSeconds: { default: 60, maximum: 60 } },
  run: ({ durability }) => durability.step("nothing", doNothing),
};
const NAMES = Array.from({ length: STEPS / DOCUMENTS.length }, (_, index) => `S${index}`);
const TEXT = `schemaVersion: 1.0\nsteps:\n${NAMES.map((name) => `  - { name: ${name}, action: Nothing }\n`).join("")}`;

/** How many workflows of twenty steps that do nothing end in a second, some at once. What they leave stays, as the rows of DBOS do. */
export async function durableWorkflows(folder) {
  const ours = workflowsOfFiles(folder);
  const theirs = await workflowsOfDbos(folder);
  try {
    const rounds = [];
    for (const side of [ours, theirs.run]) await rate(side); // compiles what runs
    for (let round = 0; round < ROUNDS; round++) {
      const rates = [];
      for (const side of round % 2 === 0 ? [0, 1] : [1, 0]) rates[side] = await rate([ours, theirs.run][side]);
      rounds.push(rates);
    }
    const [own, others] = [0, 1].map((side) => median(rounds.map((rates) => rates[side])).toFixed(1));
    return [
      {
        what: `workflows of ${STEPS} steps a second, ${AT_ONCE} at once, next to bare DBOS on Postgres with as many steps`,
        ...{ value: median(rounds.map(([a, b]) => a / b)), unit: " times", limit: 0.7, atLeast: true },
        detail: `${own} and ${others}; of ${rounds.map(([a, b]) => (a / b).toFixed(2)).join(", ")}`,
      },
    ];
  } finally {
    await theirs.close();
  }
}

/** As a build has them: workflows in branches; a folder with a journal, the count of its lines, and the lease of its process. */
function workflowsOfFiles(folder) {
  const actions = createStepActionRegistry([nothing]);
  const { document: workflow, diagnostics } = checkWorkflow(new SourceFile("bench.yaml", TEXT), { registry: actions, type: "BUILD" });
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics.map(({ message }) => message)));
  let number = 0;
  return async () => {
    const place = join(folder, `workflow-${number++}`);
    mkdirSync(place);
    const lease = await ExecutionLease.acquire(join(place, "leases"), "bench");
    const journal = await openJournal(join(place, "journal.jsonl"), { guard: lease, countFile: join(place, "journal.count") });
    const durability = journal.durability();
    for (const name of DOCUMENTS)
      await durability.branch(name, async (branch) => {
        const { status } = await runWorkflow({ workflow, actions, durability: branch });
        if (status !== "COMPLETED") throw new Error(`a workflow is ${status}`);
      });
    await journal.close();
    await lease.release();
  };
}

async function workflowsOfDbos(folder) {
  chmodSync(folder, 0o711);
  const database = await openEmbeddedDatabase({ folder: join(folder, "dbos") });
  DBOS.setConfig({ name: "bench", systemDatabaseUrl: database.url, applicationVersion: "1", logLevel: "error" });
  const workflow = DBOS.registerWorkflow(
    async () => {
      for (let index = 0; index < STEPS; index++) await DBOS.runStep(doNothing, { name: `S${index}` });
    },
    { name: "nothing" },
  );
  await DBOS.launch();
  const close = async () => {
    await DBOS.shutdown();
    await database.close();
  };
  return { run: () => workflow(), close };
}

async function rate(run) {
  let begun = 0;
  const start = performance.now();
  const work = async () => {
    while (begun++ < WORKFLOWS) await run();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return WORKFLOWS / ((performance.now() - start) / 1000);
}
