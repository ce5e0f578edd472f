import { quote } from "@imagewright/diagnostics";
import type { FailedStep } from "@imagewright/component-runner";
import type { StepFailureData } from "@imagewright/workflow-engine";
import type { AgentWork } from "../components/agent-work.js";

// as in the API, which cuts longer messages
const LONGEST_MESSAGE = 1024;

/** Why the components have failed: the first failed step of one of them, as the API's failure context has it. */
export function componentFailureOf(
  work: Pick<AgentWork, "components">,
  failedSteps: readonly FailedStep[],
  summary: string,
): StepFailureData {
  const nameOf = new Map(work.components.map(({ path, name }) => [path, name]));
  // those of documents that a step has run come before that step, which says the same of its component
  const first = failedSteps.find(({ document }) => nameOf.has(document)) ?? failedSteps[0];
  if (first === undefined) return { message: `the components failed: ${summary}` };
  const { document, phase, result } = first;
  const { name: step, action, failureMessage } = result;
  return {
    message: `component ${quote(nameOf.get(document) ?? document)} failed in phase ${phase}, step ${quote(step)}: ${failureMessage}`,
    componentFailure: {
      ...(document.startsWith("arn:") && { componentArn: document }),
      ...{ phaseName: phase, stepName: step, action },
      errorMessage: failureMessage.slice(0, LONGEST_MESSAGE),
    },
  };
}
