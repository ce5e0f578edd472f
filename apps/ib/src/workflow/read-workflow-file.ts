import { localLoader } from "@imagewright/component-runner";
import { orStandardInput } from "../cli/standard-input.js";

const WHAT = "workflow document";

/** Reads the file of a command for workflows, which may be a pipe, with the limit that all documents have; `-` is standard input. */
export const readWorkflowFile = orStandardInput(localLoader(WHAT, { pipes: true }), WHAT);
