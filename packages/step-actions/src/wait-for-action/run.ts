import { stepFailed, type StepAction, type StepCall } from "@imagewright/workflow-engine";
import { inputText } from "../input-text.js";
import { days } from "../minutes.js";
import { inputRefusedHere } from "../not-on-this-host.js";
import type { StepActionParts } from "../parts.js";
import { labelsOf } from "../step-labels.js";
import { answerKey, type WaitAnswer } from "./answer-wait.js";
import { waitForActionContract } from "./contract.js";
import { recordWait, removeWait } from "./waiting-step.js";

/**
 * Waits for the message of `answerWait`. Nobody is told by it: `listWaits` says who waits. A Lambda function that should be told is
 * refused, before the run where `checkHost` sees it.
 */
export function waitForAction(parts: StepActionParts): StepAction {
  return {
    ...waitForActionContract,
    run: async (call) => {
      for (const name of Object.keys(call.inputs)) refuse(inputRefusedHere(waitForActionContract.name, name));
      const answer = await waitForAnswer(parts, call);
      const { action, reason = "" } = answer;
      if (action === "STOP") throw stepFailed({ message: reason === "" ? "it was stopped" : `it was stopped: ${reason}` });
      return { action, reason };
    },
  };
}

function refuse(reason: string | undefined): void {
  if (reason !== undefined) throw stepFailed({ message: reason });
}

async function waitForAnswer({ folder, onEvent, tellsTopics = false }: StepActionParts, call: StepCall): Promise<WaitAnswer> {
  const { durability } = call;
  const step = labelsOf(call);
  const payload = inputText(call, "payload");
  const since = (await durability.now()).toISOString();
  await durability.step("record the wait", async () => {
    const waiting = { ...step, since, ...(payload !== undefined && { payload }) };
    await recordWait(folder, waiting);
  });
  onEvent({ type: "waiting", step, waiting: { ...step, since, ...(payload !== undefined && { payload }) } });
  if (call.inputs["snsTopicArn"] !== undefined && !tellsTopics)
    onEvent({ type: "notice", step, text: "nobody is told: snsTopicArn has no effect on this host" });
  try {
    // the step's own time limit ends it before
    const answer = await durability.wait(answerKey(step), days(8) * 1000);
    await durability.step("end the wait", () => removeWait(folder, step));
    return answer as unknown as WaitAnswer;
  } catch (thrown) {
    // after an interruption it still waits
    if (!durability.signal.aborted) await removeWait(folder, step);
    throw thrown;
  }
}
