import type { ContractWorkflow } from "../scene.js";
import { everything } from "./everything.js";
import { interruptible } from "./interruptible.js";
import { patched } from "./patched.js";
import { refusals } from "./refusals.js";
import { sideBySide } from "./side-by-side.js";
import { upgraded } from "./upgraded.js";
import { waiting } from "./waiting.js";

/** The workflows of the contract test, by the names that its program is given. */
export const CONTRACT_WORKFLOWS: Readonly<Record<string, ContractWorkflow>> = {
  everything,
  interruptible,
  patched,
  refusals,
  sideBySide,
  upgraded,
  waiting,
};
