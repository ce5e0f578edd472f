import { rmdir } from "node:fs/promises";
import { agentExecutable } from "@imagewright/agent";
import { resolveParentImage, type ContainerHost } from "@imagewright/build-hosts";
import type { Configuration } from "@imagewright/configuration";
import { safe } from "@imagewright/diagnostics";
import { BUILD_PHASES, componentsOf, systemVariablesOf, TEST_PHASES, withTemporaryRun, type BuildPlan } from "@imagewright/image-build";
import { Instances, localStepActions, type StepActionEvent } from "@imagewright/step-actions";
import { runWorkflow, type CheckedWorkflow, type WorkflowExecution, type WorkflowType } from "@imagewright/workflow-engine";
import { buildFolders } from "../cli/open-build-host.js";
import type { Say } from "../cli/terminal.js";
import { makeLogFolder, type LogPlace } from "../run/log-place.js";
import { StepLines } from "./step-lines.js";

export interface HostRunRequest {
  /** Without errors, and with no step that the host cannot do. */
  readonly workflow: CheckedWorkflow;
  readonly parameters: ReadonlyMap<string, readonly string[]>;
  readonly plan: BuildPlan;
  /** The image from which instances are launched, as `parentImage` in a recipe. */
  readonly image: string;
  readonly host: ContainerHost;
  readonly configuration: Configuration;
  readonly logs: LogPlace;
  readonly signal: AbortSignal;
  readonly say: Say;
}

/** Runs one workflow on a build host. Its instances and images are removed afterwards; only the logs of components stay. */
export async function runOnHost(request: HostRunRequest): Promise<WorkflowExecution> {
  const { workflow, parameters, plan, image, host, configuration, logs, signal, say } = request;
  const onProgress = (text: string) => say(safe`  ${text}\n`);
  const { reference } = (await resolveParentImage({ host, reference: image, pull: false, signal, onProgress })).image;
  const lines = new StepLines(say);
  let logFolder: string | undefined;
  try {
    return await withTemporaryRun(buildFolders(configuration), host, signal, async ({ owner, folder, durability }) => {
      logFolder = await makeLogFolder(logs.directory, owner);
      const instances = new Instances({ host, owner, agent: agentExecutable() });
      const actions = localStepActions({
        ...{ instances, folder, logs: logFolder, workingDirectory: plan.recipe.workingDirectory },
        imageFor: () => reference,
        componentsFor: (type) => componentsOf({ plan, settings: settingsOf(request) }, PHASES[type]),
        commandDocuments: new Map(Object.entries(plan.commandDocuments ?? {})),
        // the image is removed before anybody can start it
        imageSettings: {},
        onEvent: (event) => tell(event, say),
      });
      const variables = systemVariablesOf(plan, workflow.type, { imageId: reference, terminateInstanceOnFailure: true });
      const report = (changed: WorkflowExecution) => lines.take(changed);
      const execution = await runWorkflow({ workflow, actions, durability, parameters, variables, report });
      await instances.endAll([execution]);
      return execution;
    });
  } finally {
    if (logFolder !== undefined && !(await removeEmpty(logFolder))) say(safe`logs: ${await logs.deliver(logFolder)}\n`);
  }
}

/** Removes a folder that has no content; false if it has some. */
function removeEmpty(folder: string): Promise<boolean> {
  return rmdir(folder).then(
    () => true,
    () => false,
  );
}

const PHASES: Readonly<Record<WorkflowType, readonly string[]>> = { BUILD: BUILD_PHASES, TEST: TEST_PHASES, DISTRIBUTION: [] };

function settingsOf({ host, configuration }: HostRunRequest) {
  const privateAddresses = configuration.privateAddresses.value;
  return { host: host.name, pull: false, numbering: "at-end", privateAddresses } as const;
}

function tell(event: StepActionEvent, say: Say): void {
  if (event.type === "notice") say(safe`  ${event.step.stepName}: ${event.text}\n`);
  if (event.type !== "waiting") return;
  const { stepName, payload } = event.waiting;
  say(safe`  ${stepName} waits for an answer${payload === undefined ? "" : `: ${payload}`}\n`);
  say(safe`  answer it with: ib workflow resume ${stepName}, or ib workflow stop ${stepName}\n`);
}
