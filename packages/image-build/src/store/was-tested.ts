import { HOST_TEST_PHASE } from "@imagewright/step-actions";
import { TEST_PHASES } from "../plan/build-plan.js";
import type { ImageManifest } from "./manifest.js";

const OF_AWS = /^arn:[^:]*:imagebuilder:[^:]*:aws:/;
const PHASES: readonly string[] = [...TEST_PHASES, HOST_TEST_PHASE];

/** Whether a test of the image has run. The workflows of AWS test with the phases of components only, and complete without any. */
export function wasTested({ phases, workflows }: Pick<ImageManifest, "phases" | "workflows">): boolean {
  const tests = workflows.filter(({ type, status }) => type === "TEST" && status !== "SKIPPED");
  if (tests.length === 0) return false;
  return phases.some(({ phase }) => PHASES.includes(phase)) || tests.some(({ document }) => !OF_AWS.test(document));
}
