import { join } from "node:path";
import type { AgentEvent } from "@imagewright/agent-protocol";
import { listOf } from "@imagewright/diagnostics";
import { stepFailed, type StepAction, type StepCall } from "@imagewright/workflow-engine";
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
import { runHostTests } from "./host-phase.js";

/**
 * Runs the components as jobs of the agent, and in test workflows those of their tests that run on this computer, if that is allowed. The
 * output is the agent's summary, as JSON; `readComponentsEnd` returns all that is known.
 */
export function executeComponents(parts: StepActionParts): StepAction {
  const { instances, folder, componentsFor } = parts;
  const standIns = new StandInNotice();
  return {
    ...executeComponentsContract,
    run: async (call) => {
      const { durability, stepExecutionId, workflowType } = call;
      const machine = await durability.step("find", async () => {
        const instanceId = instanceIdInput(call);
        const found = await instances.find(instanceId);
        await forgetMetadata(folder, instanceId);
        return found;
      });
      const work = componentsFor(workflowType);
      const hostTests = workflowType === "TEST" ? parts.hostTests : undefined;
      const hasHostTests = hostTests !== undefined && hostTests.work.components.length > 0;
      if (work.components.length === 0 && !hasHostTests)
        return commandOutputs(call, `no component has a phase to run${phasesOf(work.phases)}`);
      const given = { host: instances.host, standIns, ...receivers(parts, call) };
      const inside = work.components.length === 0 ? undefined : await runInMachine(durability, given, machine, work);
      const outside =
        !hasHostTests || inside?.status === "failed"
          ? undefined
          : await durability.step("host tests", ({ signal }) =>
              runHostTests(hostTests, { ...given, signal, image: parts.imageFor(workflowType) }),
            );
      const end = joinEnds(inside, outside);
      await durability.step("record", () => writeDetails(folder, stepExecutionId, end));
      const { summary, failedSteps, status } = end;
      const components = [...work.components, ...(hostTests?.work.components ?? [])];
      if (status === "failed") throw stepFailed(componentFailureOf({ components }, failedSteps, summary.failureMessage));
      return { ...commandOutputs(call, JSON.stringify(summary)), runCommandId: summary.executionId };
    },
  };
}

function receivers({ logs, onEvent }: StepActionParts, call: StepCall) {
  const step = labelsOf(call);
  return {
    logs: join(logs, call.workflowType.toLowerCase()),
    onEvent: (event: AgentEvent) => onEvent({ type: "component-event", step, event }),
    onNotice: (text: string) => onEvent({ type: "notice", step, text }),
  };
}

/** Both ends as one; the summary is that of the run that was last. */
function joinEnds(inside: ComponentsEnd | undefined, outside: ComponentsEnd | undefined): ComponentsEnd {
  const last = outside ?? inside;
  if (last === undefined) throw new Error("neither components nor their tests on this computer have run");
  const both = [inside, outside].filter((end) => end !== undefined);
  return { ...last, phases: both.flatMap(({ phases }) => phases), failedSteps: both.flatMap(({ failedSteps }) => failedSteps) };
}

/** How the components of a step have ended; undefined if it has not ended, or was ended by its time limit. */
export function readComponentsEnd(folder: string, stepExecutionId: string): Promise<ComponentsEnd | undefined> {
  return readDetails<ComponentsEnd>(folder, stepExecutionId);
}

function phasesOf(phases: readonly string[] | undefined): string {
  return phases === undefined ? "" : `: ${listOf(phases, "or")}`;
}
