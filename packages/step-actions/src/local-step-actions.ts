import { createStepActionRegistry, type StepAction, type StepActionRegistry } from "@imagewright/workflow-engine";
import { bootstrapInstanceForContainer } from "./bootstrap-instance-for-container/run.js";
import { collectImageMetadata } from "./collect-image-metadata/run.js";
import { collectImageScanFindings } from "./collect-image-scan-findings/run.js";
import { createImageOfInstance } from "./create-image/run.js";
import { executeComponents } from "./execute-components/run.js";
import { launchInstance } from "./launch-instance/run.js";
import { ACTIONS_OF_OTHER_HOSTS, failsHere } from "./not-on-this-host.js";
import type { StepActionParts } from "./parts.js";
import { runCommandDocument } from "./run-command/run.js";
import { sanitizeInstance } from "./sanitize-instance/run.js";
import { terminateInstance } from "./terminate-instance/run.js";
import { waitForAction } from "./wait-for-action/run.js";
import { waitForSsmAgent } from "./wait-for-ssm-agent/run.js";

const ACTIONS: readonly ((parts: StepActionParts) => StepAction)[] = [
  ...[bootstrapInstanceForContainer, collectImageMetadata, collectImageScanFindings, createImageOfInstance, executeComponents],
  ...[launchInstance, runCommandDocument, sanitizeInstance, terminateInstance, waitForAction, waitForSsmAgent],
];

/** All step actions, on a build host of this machine. `checkHost` says before a run which steps such a host cannot do. */
export function localStepActions(parts: StepActionParts): StepActionRegistry<StepAction> {
  return createStepActionRegistry([
    ...ACTIONS.map((action) => action(parts)),
    ...ACTIONS_OF_OTHER_HOSTS.map(([contract, reason]) => failsHere(contract, reason)),
  ]);
}
