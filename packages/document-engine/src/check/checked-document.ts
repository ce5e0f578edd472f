import type { ActionRegistry, Platform } from "@imagewright/action-contract";
import type { ComponentDocument } from "../syntax/document.js";

export interface CheckOptions {
  readonly registry: ActionRegistry;
  /**
   * The platforms on which the document is to run: each action must exist on all of them, and its inputs are checked by each platform's
   * module. An empty list stands for all platforms; if undefined, the platform for which the document seems to be meant (`likelyPlatform`).
   */
  readonly platforms?: readonly Platform[] | undefined;
}

/** What a document is checked against. */
export interface CheckedFor extends CheckOptions {
  readonly platforms: readonly Platform[];
}

/** A document with the registry and platforms of its check, which also apply to the values of its parameters. */
export interface CheckedDocument extends ComponentDocument {
  readonly checkedFor: CheckedFor;
}
