import type { AgentEvent } from "@imagewright/agent-protocol";

/** The parts of a build, in order. */
export const STAGES = ["parent image", "launch", "build", "clean-up", "commit", "test", "export"] as const;
export type Stage = (typeof STAGES)[number];

/** An event of a build. The events of components name documents as the recipe does. */
export type BuildEvent =
  | { readonly type: "notice"; readonly text: string }
  | { readonly type: "stage-started"; readonly stage: Stage; readonly title: string }
  | {
      readonly type: "stage-finished";
      readonly stage: Stage;
      readonly outcome: "done" | "failed" | "skipped";
      readonly seconds: number;
      readonly detail?: string;
    }
  | { readonly type: "run-event"; readonly stage: Stage; readonly event: AgentEvent };
