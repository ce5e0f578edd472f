import type { OciOutput } from "@imagewright/build-hosts";
import type { PlannedRecipe } from "../plan/build-plan.js";

/** The configuration of the image that a recipe describes. */
export function imageSettings({ name, semanticVersion, tags, container }: PlannedRecipe): Omit<OciOutput, "kind"> {
  const { exposedPorts, labels: own, ...settings } = container;
  const labels = { "org.opencontainers.image.title": name, "org.opencontainers.image.version": semanticVersion, ...tags, ...own };
  const ports = exposedPorts === undefined ? {} : { exposedPorts: exposedPorts.map(String) };
  return { ...settings, ...ports, labels };
}
