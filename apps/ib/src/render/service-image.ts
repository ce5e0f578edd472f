import { joinSafe, safe, type SafeText } from "@imagewright/diagnostics";
import type { DamagedKept, KeptMachine } from "@imagewright/image-build";
import type { ShownImage, ShownStep, ShownWorkflow } from "../image/describe-run.js";
import { describeKeptMachine } from "../build/listed-build.js";
import { describeKept } from "./kept.js";
import { formatSeconds } from "./duration.js";
import { lookInside, type ImageUse } from "./use-image.js";

export interface ImagePlaces {
  /** The folder with the log files; null if they are not on this computer. */
  readonly logFolder: string | null;
  /** How a person reaches its container; undefined where there is no engine. */
  readonly use: ImageUse | undefined;
  /** The container in which it has failed, if that stays. */
  readonly kept: KeptMachine | DamagedKept | undefined;
}

/** An image of the service: its state, what has run, what it is, and where its logs are. */
export function renderServiceImage(image: ShownImage, { logFolder, use, kept }: ImagePlaces): SafeText {
  const { name, version, build, status, reason, arn, createdAt, pipelineArn, workflows, containers } = image;
  const logs = safe`ib image logs ${name.replaceAll(" ", "-")}/${version}/${build}`;
  const lines = [
    safe`${name} ${version}/${build} is ${status}${reason === null ? "" : `: ${reason}`}`,
    safe`  arn       ${arn}`,
    safe`  created   ${createdAt}`,
    ...(pipelineArn === null ? [] : [safe`  pipeline  ${pipelineArn}`]),
    ...containers.map((tag) => safe`  image     ${tag}`),
    safe`  logs      ${logs}${logFolder === null ? "" : safe`, ${logFolder}`}`,
    ...workflows.flatMap(linesOfWorkflow),
    ...(kept === undefined ? [] : [linesOfKept(kept)]),
    ...(use === undefined ? [] : containers.flatMap((tag) => [safe`look inside:`, safe`  ${lookInside(tag, use)}`])),
  ];
  return joinSafe(lines, "\n");
}

function linesOfKept(kept: KeptMachine | DamagedKept): SafeText {
  return "problem" in kept ? safe`${describeKeptMachine(kept)}` : describeKept(kept).trimEnd();
}

function linesOfWorkflow({ type, id, arn, steps, ...end }: ShownWorkflow): readonly SafeText[] {
  return [
    safe`${type} ${arn} ${describeEnd(end)}`,
    safe`  ${id}`,
    ...steps.map((step) => safe`  ${step.name} (${step.action}) ${describeEnd(step)}`),
  ];
}

function describeEnd({ status, seconds, message }: Pick<ShownStep, "status" | "seconds" | "message">): SafeText {
  return safe`${status}${seconds === null ? "" : ` after ${formatSeconds(seconds)}`}${message === null ? "" : `: ${message}`}`;
}
