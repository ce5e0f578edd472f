import { createStepActionRegistry, type StepActionRegistry } from "@imagewright/workflow-engine";
import { applyImageConfigurationsContract } from "./apply-image-configurations/contract.js";
import { bootstrapInstanceForContainerContract } from "./bootstrap-instance-for-container/contract.js";
import { collectImageMetadataContract } from "./collect-image-metadata/contract.js";
import { collectImageScanFindingsContract } from "./collect-image-scan-findings/contract.js";
import { createImageContract } from "./create-image/contract.js";
import { distributeImageContract } from "./distribute-image/contract.js";
import { executeComponentsContract } from "./execute-components/contract.js";
import { executeStateMachineContract } from "./execute-state-machine/contract.js";
import { launchInstanceContract } from "./launch-instance/contract.js";
import { modifyImageAttributesContract } from "./modify-image-attributes/contract.js";
import { registerImageContract } from "./register-image/contract.js";
import { runCommandContract } from "./run-command/contract.js";
import { runSysPrepContract } from "./run-sys-prep/contract.js";
import { sanitizeInstanceContract } from "./sanitize-instance/contract.js";
import { terminateInstanceContract } from "./terminate-instance/contract.js";
import { waitForActionContract } from "./wait-for-action/contract.js";
import { waitForSsmAgentContract } from "./wait-for-ssm-agent/contract.js";

/** The contracts of all step actions: enough to check and simulate workflow documents, not to run them. */
export const stepActionContracts: StepActionRegistry = createStepActionRegistry([
  applyImageConfigurationsContract,
  bootstrapInstanceForContainerContract,
  collectImageMetadataContract,
  collectImageScanFindingsContract,
  createImageContract,
  distributeImageContract,
  executeComponentsContract,
  executeStateMachineContract,
  launchInstanceContract,
  modifyImageAttributesContract,
  registerImageContract,
  runCommandContract,
  runSysPrepContract,
  sanitizeInstanceContract,
  terminateInstanceContract,
  waitForActionContract,
  waitForSsmAgentContract,
]);
