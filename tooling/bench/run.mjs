// `pnpm bench [name ...]`: prints ratios against something real, measured in the same run, with the limit of each.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { agentMemory, agentStart, agentSteps, agentStepsBesideAnsible } from "./agent.mjs";
import { bench as accessPolicies } from "../../packages/access-policies/bench.mjs";
import { bench as copyTree } from "../../packages/action-modules-core/bench-files.mjs";
import { bench as hashFile } from "../../packages/action-modules-core/bench-hash.mjs";
import { bench as transfer } from "../../packages/action-modules-core/bench-transfer.mjs";
import { bench as sigv4 } from "../../packages/api-server/bench.mjs";
import { bench as backup } from "../../packages/control-plane/bench.mjs";
import { bench as schedules } from "../../packages/cron-rate/bench.mjs";
import { bench as distribution } from "../../packages/distribution-planner/bench.mjs";
import { bench as lifecycle } from "../../packages/lifecycle-rules/bench.mjs";
import { bench as redaction } from "../../packages/redaction/bench.mjs";
import { bench as versions } from "../../packages/semver-resolver/bench.mjs";
import { bench as workflowSteps } from "../../packages/workflow-engine/bench.mjs";
import { durableWorkflows } from "./durable-workflows.mjs";
import { eventLatency } from "./events.mjs";
import { cancellation } from "./cancellation.mjs";
import { execution } from "./execution.mjs";
import { ibStart } from "./ib.mjs";
import { imageBuild } from "./image-build.mjs";
import { listImages } from "./list-images.mjs";
import { loopIterations, manySteps, validation } from "./language.mjs";
import { npmStart } from "./npm-start.mjs";
import { pipelineSchedules } from "./schedules.mjs";
import { serveCalls, serveStart } from "./serve.mjs";
import { sharedExecutions } from "./shared-executions.mjs";

const benches = {
  agentSteps,
  agentStepsBesideAnsible,
  agentStart,
  agentMemory,
  ibStart,
  imageBuild,
  execution,
  cancellation,
  sharedExecutions,
  npmStart,
  serveStart,
  serveCalls,
  listImages,
  pipelineSchedules,
  eventLatency,
  workflowSteps,
  durableWorkflows,
  validation,
  loopIterations,
  manySteps,
  copyTree,
  hashFile,
  transfer,
  redaction,
  versions,
  schedules,
  lifecycle,
  distribution,
  sigv4,
  accessPolicies,
  backup,
};
const chosen = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(benches);
const folder = mkdtempSync(join(tmpdir(), "imagewright-bench-"));
let broken = 0;
try {
  for (const name of chosen) {
    if (benches[name] === undefined) throw new Error(`unknown bench ${name}; there are ${Object.keys(benches).join(", ")}`);
    for (const row of await benches[name](folder)) print(row);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = broken === 0 ? 0 : 1;

function print({ what, value, unit, limit, atLeast = false, detail }) {
  if (value === undefined) {
    console.log(`- ${what}: not measured: ${detail}`);
    return;
  }
  const kept = limit === undefined || (atLeast ? value >= limit : value <= limit);
  if (!kept) broken += 1;
  const bound = limit === undefined ? "" : ` (${atLeast ? "at least" : "at most"} ${limit}${kept ? "" : ", NOT KEPT"})`;
  console.log(`- ${what}: ${value.toFixed(value < 10 ? 2 : 0)}${unit}${bound}${detail === undefined ? "" : `; ${detail}`}`);
}
