import type { MachineRef } from "@imagewright/build-hosts";
import type { Durability } from "@imagewright/durability";
import { launch } from "@imagewright/step-actions";
import type { BuildParts } from "./parts.js";
import type { StageClock } from "./stage-clock.js";

interface MachineRequest {
  /** The image that it starts from. */
  readonly image: string;
  /** Reports the launch as a stage of its own. */
  readonly clock?: StageClock;
}

interface MachineUse<Result> {
  readonly result: Result;
  /** To be called when the body has not failed; may run in a branch. */
  readonly terminate: (durability: Durability) => Promise<void>;
}

/** Launches a machine for the body, and terminates it on every way out, unless the build keeps the one in which it has failed. */
export async function inMachine<Result>(
  durability: Durability,
  parts: BuildParts,
  request: MachineRequest,
  body: (machine: MachineRef) => Promise<Result>,
  isFailure: (result: Result) => boolean,
): Promise<Result> {
  const { result, terminate } = await useMachine(durability, parts, request, body, isFailure);
  if (!isFailure(result)) await terminate(durability);
  return result;
}

/**
 * The same, but that a machine in which nothing has failed is left to the caller, which terminates it beside other work. Of several
 * failures the first is thrown.
 */
export async function useMachine<Result>(
  durability: Durability,
  parts: BuildParts,
  { image, clock }: MachineRequest,
  body: (machine: MachineRef) => Promise<Result>,
  isFailure: (result: Result) => boolean,
): Promise<MachineUse<Result>> {
  const start = () => durability.step("launch", ({ token, signal }) => launch({ ...parts, owner: parts.build }, image, { token, signal }));
  const title = "launching a working container";
  const machine = clock === undefined ? await start() : await clock.stage(durability, "launch", { title, body: start });
  const terminate = (place: Durability) => place.step("terminate", () => parts.host.terminate(machine));
  const keeps = (failed: MachineRef) => parts.keeps?.(failed) === true;
  let result: Result;
  try {
    result = await body(machine);
  } catch (thrown) {
    if (!keeps(machine)) await terminate(durability).catch(() => undefined);
    throw thrown;
  }
  if (isFailure(result) && !keeps(machine)) await terminate(durability);
  return { result, terminate };
}
