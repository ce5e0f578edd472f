import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chooseBuildHost, type ContainerHost, type JobReading } from "@imagewright/build-hosts";
import { openJournal } from "@imagewright/durability";
import { writeAtomically } from "@imagewright/node-host";
import { cancelWorkflow, runWorkflow, type WorkflowExecution } from "@imagewright/workflow-engine";
import { Instances } from "../instances/instances.js";
import { localStepActions } from "../local-step-actions.js";
import { checkedSteps } from "./checked-text.js";
import { bashComponents } from "./test-components.js";

/**
 * Runs a workflow on a host with a state of its own, and kills itself at a point: the beginning and the end of each call of the host and
 * each change of the execution is one, counted from 1. Of the readings of a job only those that found something are: how many others there
 * are depends on how fast the machine is. It prints the execution and the number of points if it ends:
 * `PROGRAM ROOT IMAGE AGENT POINT STEPS COMMANDS`, the last two in JSON. With the point `cancel` it ends the execution instead.
 */
const [root = "", image = "", agent = "", killAt = "", steps = "", commands = ""] = process.argv.slice(2);
let points = 0;
const reach = () => {
  points += 1;
  if (points === Number(killAt)) process.kill(process.pid, "SIGKILL");
};

const { host } = await chooseBuildHost({ preferred: "buildah", stateFolder: join(root, "state") });
const counted = new Proxy(host, {
  get: (target, name: keyof ContainerHost) => {
    const member = target[name];
    if (typeof member !== "function") return member;
    return async (...parameters: unknown[]) => {
      if (name !== "readJob") reach();
      const result = await (member as (...given: unknown[]) => Promise<unknown>).apply(target, parameters);
      if (name !== "readJob" || foundSomething(result as JobReading)) reach();
      return result;
    };
  },
});
const foundSomething = ({ state, eventLines }: JobReading) => state.kind !== "running" || eventLines.length > 0;
const instances = new Instances({ host: counted, owner: "killed-build", agent });
const actions = localStepActions({
  ...{ instances, folder: root, logs: join(root, "logs"), workingDirectory: "/tmp" },
  ...{ imageFor: () => image, imageSettings: {}, onEvent: () => undefined },
  componentsFor: () => bashComponents(JSON.parse(commands) as string[][]),
});
const journal = await openJournal(join(root, "journal.jsonl"));
const workflow = checkedSteps(JSON.parse(steps) as string[]);
const reported = join(root, "execution.json");
const report = (changed: WorkflowExecution) => {
  writeAtomically(reported, JSON.stringify(changed));
  reach();
};
const execution =
  killAt === "cancel"
    ? await cancelWorkflow(JSON.parse(readFileSync(reported, "utf8")) as WorkflowExecution, {
        ...{ workflow, actions, durability: journal.durability(undefined, "cancel") },
      })
    : await runWorkflow({ workflow, actions, durability: journal.durability(), report });
await instances.endAll([execution]);
await journal.close();
process.stdout.write(JSON.stringify({ execution, points }));
