import { DEFAULT_WORKFLOWS, type DefaultWorkflow } from "../default-workflows/default-workflows.js";
import type { PlannedWorkflow } from "./build-plan.js";
import { digestOf } from "./digest.js";

/** The workflows of an image whose recipe names none. Containers are the only images that are built so far. */
export function plannedDefaults(): PlannedWorkflow[] {
  const names = ["build-container", "test-container"];
  return DEFAULT_WORKFLOWS.filter(({ name }) => names.includes(name)).map(({ name, type, text }: DefaultWorkflow) => ({
    ...{ name, type, path: `${name}.yaml`, text, digest: digestOf(text), isDefault: true, parameters: [] },
  }));
}
