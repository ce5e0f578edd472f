import { join } from "node:path";
import type { AgentEvent } from "@imagewright/agent-protocol";
import { listOf } from "@imagewright/diagnostics";
import { stepFailed, type StepAction } from "@imagewright/workflow-engine";
import { forgetMetadata } from "../collect-image-metadata/known-metadata.js";
import type { ComponentsEnd } from "../components/follow-components.js";
import { runInMachine } from "../components/run-in-machine.js";
import { instanceIdInput } from "../input-text.js";
import { commandOutputs } from "../jobs/command-outputs.js";
import type { StepActionParts } from "../parts.js";
import { StandInNotice } from "../stand-ins/stand-in-notice.js";
import { readDetails, writeDetails } from "../step-details.js";
import { labelsOf } from "../step-labels.js";
import { componentFailureOf } from "./component-failure.js";
import { executeComponentsContract } from "./contract.js";

/** Runs the components as jobs of the agent. The output is the agent's summary, as JSON; `readComponentsEnd` returns all that is known. */
export function executeComponents(parts: StepActionParts): StepAction {
  const { instances, folder, logs, componentsFor, onEvent } = parts;
  const standIns = new StandInNotice();
  return {
    ...executeComponentsContract,
    run: async (call) => {
      const { durability, stepExecutionId, workflowType } = call;
      const step = labelsOf(call);
      const machine = await durability.step("find", async () => {
        const instanceId = instanceIdInput(call);
        const found = await instances.find(instanceId);
        await forgetMetadata(folder, instanceId);
        return found;
      });
      const work = componentsFor(workflowType);
      if (work.components.length === 0) return commandOutputs(call, `no component has a phase to run${phasesOf(work.phases)}`);
      const given = {
        ...{ host: instances.host, logs: join(logs, workflowType.toLowerCase()), standIns },
        onEvent: (event: AgentEvent) => onEvent({ type: "component-event", step, event }),
        onNotice: (text: string) => onEvent({ type: "notice", step, text }),
      };
      const end = await runInMachine(durability, given, machine, work);
      await durability.step("record", () => writeDetails(folder, stepExecutionId, end));
      const { summary, failedSteps, status } = end;
      if (status === "failed") throw stepFailed(componentFailureOf(work, failedSteps, summary.failureMessage));
      return { ...commandOutputs(call, JSON.stringify(summary)), runCommandId: summary.executionId };
    },
  };
}

/** How the components of a step have ended; undefined if it has not ended, or was ended by its time limit. */
export function readComponentsEnd(folder: string, stepExecutionId: string): Promise<ComponentsEnd | undefined> {
  return readDetails<ComponentsEnd>(folder, stepExecutionId);
}

function phasesOf(phases: readonly string[] | undefined): string {
  return phases === undefined ? "" : `: ${listOf(phases, "or")}`;
}
