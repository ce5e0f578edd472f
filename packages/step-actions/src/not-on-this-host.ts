import type { StepAction, StepActionContract } from "@imagewright/workflow-engine";
import { applyImageConfigurationsContract } from "./apply-image-configurations/contract.js";
import { distributeImageContract } from "./distribute-image/contract.js";
import { stepActionError } from "./errors.js";
import { executeStateMachineContract } from "./execute-state-machine/contract.js";
import { modifyImageAttributesContract } from "./modify-image-attributes/contract.js";
import { registerImageContract } from "./register-image/contract.js";
import { runSysPrepContract } from "./run-sys-prep/contract.js";

const AWS_ALONE = "it is an operation of AWS, and this build host is a computer of your own";

/** The actions that need what a build host of one's own does not have, each with the reason. */
export const ACTIONS_OF_OTHER_HOSTS: readonly (readonly [contract: StepActionContract, reason: string])[] = [
  [applyImageConfigurationsContract, AWS_ALONE],
  [distributeImageContract, AWS_ALONE],
  [executeStateMachineContract, AWS_ALONE],
  [modifyImageAttributesContract, AWS_ALONE],
  [registerImageContract, AWS_ALONE],
  [runSysPrepContract, "Sysprep is a program of Windows, and instances are Linux containers"],
];

/** An action that fails with the reason, for steps whose condition is met only in the run. */
export function failsHere(contract: StepActionContract, reason: string): StepAction {
  return { ...contract, run: () => Promise.reject(stepActionError("not-on-this-host", { action: contract.name, reason })) };
}
