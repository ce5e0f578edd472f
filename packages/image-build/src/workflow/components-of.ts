import type { AgentWork } from "@imagewright/step-actions";
import type { StoredBuild } from "../builds/stored-build.js";

/** What the agent is to run of a plan in some phases: the components that have one of them. */
export function componentsOf({ plan, settings }: Pick<StoredBuild, "plan" | "settings">, phases: readonly string[]): AgentWork {
  const { recipe, components, nestedDocuments } = plan;
  return {
    components: components.filter((component) => component.phases.some(({ name }) => phases.includes(name))),
    nestedDocuments,
    phases,
    workingDirectory: recipe.workingDirectory,
    privateAddresses: settings.privateAddresses,
  };
}
