import type { AgentEvent } from "@imagewright/agent-protocol";
import type { OciOutput } from "@imagewright/build-hosts";
import type { WorkflowType } from "@imagewright/workflow-engine";
import type { ScanFindings } from "./collect-image-scan-findings/scan-findings.js";
import type { AgentWork } from "./components/agent-work.js";
import type { HostTests } from "./execute-components/host-phase.js";
import type { Instances } from "./instances/instances.js";
import type { CommandDocument } from "./run-command/command-document.js";
import type { StepLabels } from "./step-labels.js";
import type { WaitingStep } from "./wait-for-action/waiting-step.js";

/** What the step actions act with on a build host of this machine. Not plain data: each process that works on a build has its own. */
export interface StepActionParts {
  readonly instances: Instances;
  /** The folder of the build on this machine, for its owner only: it receives the details of steps, and who waits for an answer. */
  readonly folder: string;
  /** The folder for the agent's logs, which go to `build`, `test` or `distribution` below it, by the type of the workflow. */
  readonly logs: string;
  /** That of the recipe: files in it tell the clean-up what to skip. */
  readonly workingDirectory: string;
  /** The image from which a workflow launches instances, as the host knows it; undefined if there is none (yet). */
  readonly imageFor: (type: WorkflowType) => string | undefined;
  /** The components of the recipe with the phases for this type of workflow; none of them has to have a phase. */
  readonly componentsFor: (type: WorkflowType) => AgentWork;
  /** The tests that run on this computer; without it, they are left out. */
  readonly hostTests?: HostTests | undefined;
  /** The configuration of images. */
  readonly imageSettings: Omit<OciOutput, "kind">;
  /** The documents for RunCommand besides those that are always there, by name. */
  readonly commandDocuments?: ReadonlyMap<string, CommandDocument> | undefined;
  /** What scans images; without it, CollectImageScanFindings fails. */
  readonly scanFindings?: ScanFindings | undefined;
  /** Whether whoever hears of a waiting step tells the topic that it names. */
  readonly tellsTopics?: boolean | undefined;
  readonly onEvent: (event: StepActionEvent) => void;
}

/** What step actions tell while they run. After a kill, the process that continues tells it once more. */
export type StepActionEvent =
  | { readonly type: "notice"; readonly step: StepLabels; readonly text: string }
  | { readonly type: "component-event"; readonly step: StepLabels; readonly event: AgentEvent }
  | { readonly type: "waiting"; readonly step: StepLabels; readonly waiting: WaitingStep };
