import type { StepAction } from "@imagewright/workflow-engine";
import { stepActionError } from "../errors.js";
import { instanceIdInput } from "../input-text.js";
import { commandOutputs } from "../jobs/command-outputs.js";
import type { StepActionParts } from "../parts.js";
import { collectImageScanFindingsContract } from "./contract.js";

export function collectImageScanFindings({ instances, scanFindings }: StepActionParts): StepAction {
  const { name: action } = collectImageScanFindingsContract;
  return {
    ...collectImageScanFindingsContract,
    run: async (call) => {
      const findings = await call.durability.step("scan", async (context) => {
        if (scanFindings === undefined) throw stepActionError("not-on-this-host", { action, reason: "no scanner is configured" });
        return scanFindings(await instances.find(instanceIdInput(call)), context);
      });
      return commandOutputs(call, findings);
    },
  };
}
