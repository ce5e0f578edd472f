import type { MachineRef, OciImageRef } from "@imagewright/build-hosts";
import type { StepContext } from "@imagewright/durability";
import type { PlannedRecipe } from "../plan/build-plan.js";
import type { BuildParts } from "../workflow/parts.js";

/** Makes an image of the machine with the settings of the recipe, under a temporary name. */
export function createImage(
  { host, build }: Pick<BuildParts, "host" | "build">,
  machine: MachineRef,
  { name, semanticVersion, tags, container }: PlannedRecipe,
  { token, signal }: StepContext,
): Promise<OciImageRef> {
  const { exposedPorts, labels: own, ...settings } = container;
  const labels = { "org.opencontainers.image.title": name, "org.opencontainers.image.version": semanticVersion, ...tags, ...own };
  const ports = exposedPorts === undefined ? {} : { exposedPorts: exposedPorts.map(String) };
  return host.createImage(machine, { kind: "oci", ...settings, ...ports, labels }, { owner: build, token, signal });
}
