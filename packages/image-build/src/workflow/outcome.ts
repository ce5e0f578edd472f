import type { Api } from "@imagewright/imagebuilder-model";
import type { ComponentsEnd } from "@imagewright/step-actions";
import type { KeptMachine } from "../kept/kept-machine.js";
import type { ImageManifest } from "../store/manifest.js";

export type BuildOutcome = { readonly status: "succeeded"; readonly manifest: ImageManifest } | FailedBuild;

/** A step of a workflow has failed: which, why, and the logs. */
export interface FailedBuild {
  readonly status: "failed";
  readonly stage: "build" | "test" | "distribution";
  /** The name of the workflow, and why it failed. */
  readonly workflow: string;
  readonly message: string;
  /** What can be done. */
  readonly hints: readonly string[];
  /** The failure in the form of the API. */
  readonly context?: Api.ImageFailureContext;
  /** The steps of components that have failed, if it was that. */
  readonly failedSteps: ComponentsEnd["failedSteps"];
  readonly logFolder: string;
  /** The machine in which it failed, if it was asked to be kept. */
  readonly kept?: KeptMachine;
}
