export { applyImageConfigurationsContract } from "./apply-image-configurations/contract.js";
export { bootstrapInstanceForContainerContract } from "./bootstrap-instance-for-container/contract.js";
export { collectImageMetadataContract } from "./collect-image-metadata/contract.js";
export { collectImageScanFindingsContract } from "./collect-image-scan-findings/contract.js";
export { createImageContract } from "./create-image/contract.js";
export { distributeImageContract } from "./distribute-image/contract.js";
export { executeComponentsContract } from "./execute-components/contract.js";
export { executeStateMachineContract } from "./execute-state-machine/contract.js";
export { launchInstanceContract } from "./launch-instance/contract.js";
export { modifyImageAttributesContract } from "./modify-image-attributes/contract.js";
export { registerImageContract } from "./register-image/contract.js";
export { runCommandContract } from "./run-command/contract.js";
export { runSysPrepContract } from "./run-sys-prep/contract.js";
export { sanitizeInstanceContract } from "./sanitize-instance/contract.js";
export { terminateInstanceContract } from "./terminate-instance/contract.js";
export { waitForActionContract } from "./wait-for-action/contract.js";
export { waitForSsmAgentContract } from "./wait-for-ssm-agent/contract.js";
export { stepActionContracts } from "./step-action-contracts.js";
export type { AgentComponent, AgentWork, CopiedDocument, GivenParameter, PlannedPhase } from "./components/agent-work.js";
export type { ComponentsEnd } from "./components/follow-components.js";
export type { ComponentsParts } from "./components/components-parts.js";
export { PhaseRecords, type PhaseRecord } from "./components/phase-records.js";
export { runInMachine } from "./components/run-in-machine.js";
export { launch, type MachineLauncher } from "./launch-instance/launch.js";
export { cleanUp } from "./sanitize-instance/clean-up.js";
export { StandInNotice } from "./stand-ins/stand-in-notice.js";
export { checkHost } from "./check-host.js";
export type { ImageMetadata, InstalledPackage } from "./collect-image-metadata/image-metadata.js";
export { readImageMetadata } from "./collect-image-metadata/run.js";
export type { ScanFindings } from "./collect-image-scan-findings/scan-findings.js";
export { readCreatedImage } from "./create-image/run.js";
export { HOST_TEST_PHASE, type HostTestRun, type HostTests } from "./execute-components/host-phase.js";
export { readComponentsEnd } from "./execute-components/run.js";
export { instanceIdOf } from "./instances/instance-id.js";
export { Instances, type InstancesOptions } from "./instances/instances.js";
export { localStepActions } from "./local-step-actions.js";
export type { StepActionEvent, StepActionParts } from "./parts.js";
export { checkCommands } from "./run-command/check-commands.js";
export type { CommandDocument, CommandParameter, CommandStep } from "./run-command/command-document.js";
export { readCommandDocument } from "./run-command/read-command-document.js";
export { readCommandDocuments } from "./run-command/read-command-documents.js";
export type { StepLabels } from "./step-labels.js";
export {
  answerWait,
  answerWaitOf,
  unansweredWaits,
  type WaitAnswer,
  type WaitingBuild,
  type WaitOf,
} from "./wait-for-action/answer-wait.js";
export { listWaits, readWaits, type DamagedWait, type WaitingStep } from "./wait-for-action/waiting-step.js";
