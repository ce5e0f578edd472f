import type { StepAction, StepActionContract } from "@imagewright/workflow-engine";
import { applyImageConfigurationsContract } from "./apply-image-configurations/contract.js";
import { distributeImageContract } from "./distribute-image/contract.js";
import { stepActionError } from "./errors.js";
import { executeStateMachineContract } from "./execute-state-machine/contract.js";
import { modifyImageAttributesContract } from "./modify-image-attributes/contract.js";
import { registerImageContract } from "./register-image/contract.js";
import { runSysPrepContract } from "./run-sys-prep/contract.js";
import { waitForActionContract } from "./wait-for-action/contract.js";

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

/** Why a step of this machine cannot be given an input of an action, by the key in its document; undefined if it can. */
export function inputRefusedHere(action: string, key: string): string | undefined {
  // a key may end in .$, which says that its value is a reference
  if (action !== waitForActionContract.name || key.replace(/\.\$$/, "") !== "lambdaFunctionName") return undefined;
  return "lambdaFunctionName of WaitForAction cannot be used here: functions of Lambda are called by AWS alone";
}
