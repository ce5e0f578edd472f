import type { ImageManifest } from "../store/manifest.js";
import type { KeptMachine } from "../kept/kept-machine.js";
import type { ComponentsEnd } from "@imagewright/step-actions";

export type BuildOutcome = { readonly status: "succeeded"; readonly manifest: ImageManifest } | FailedBuild;

/** A component has failed: where, and the logs. */
export interface FailedBuild {
  readonly status: "failed";
  readonly stage: "build" | "test";
  readonly failedSteps: ComponentsEnd["failedSteps"];
  readonly logFolder: string;
  /** The machine in which it failed, if it was asked to be kept. */
  readonly kept?: KeptMachine;
}
