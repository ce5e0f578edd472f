import type { ActionRegistry, Platform } from "@imagewright/action-contract";
import type { ComponentDocument } from "../syntax/document.js";

export interface CheckOptions {
  readonly registry: ActionRegistry;
  /**
   * The platforms on which the document is to run; each action must exist on all of them, and its inputs are checked by the module of each. All where
   * the list is empty; where there is none, the one for which the document seems to be meant (`likelyPlatform`).
   */
  readonly platforms?: readonly Platform[] | undefined;
}

/** What a document is checked against. */
export interface CheckedFor extends CheckOptions {
  readonly platforms: readonly Platform[];
}

/** A document with what it has been checked against, so that the values of its parameters are checked against the same. */
export interface CheckedDocument extends ComponentDocument {
  readonly checkedFor: CheckedFor;
}
