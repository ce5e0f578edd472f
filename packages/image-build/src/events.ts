import type { AgentEvent } from "@imagewright/agent-protocol";
import type { StepLabels } from "@imagewright/step-actions";

/**
 * A part of a build: `parent image`, `export`, or a step of a workflow. Those of the default workflows are `launch`, `build`, `clean-up`,
 * `metadata`, `commit` and `test`; other steps have their own names.
 */
export type Stage = string;

/**
 * An event of a build. The events of components name documents as the recipe does. `of` is the step of a workflow that tells it. A process
 * that continues a build tells again what an earlier one has told of steps that had not ended.
 */
export type BuildEvent =
  | { readonly type: "notice"; readonly text: string; readonly of?: StepLabels }
  | { readonly type: "stage-started"; readonly stage: Stage; readonly title: string }
  | {
      readonly type: "stage-finished";
      readonly stage: Stage;
      readonly outcome: "done" | "failed" | "skipped";
      readonly seconds: number;
      readonly detail?: string;
    }
  | { readonly type: "run-event"; readonly stage: Stage; readonly of: StepLabels; readonly event: AgentEvent }
  /** A step waits until somebody answers. */
  | { readonly type: "waiting"; readonly stage: Stage; readonly step: string; readonly of: StepLabels; readonly payload?: string };
