import type { AgentWork } from "../components/agent-job.js";
import type { BuildPlan } from "../plan/build-plan.js";

/** What the agent is to run of a plan in some phases: the components that have one of them. */
export function componentsOf({ recipe, components, nestedDocuments }: BuildPlan, phases: readonly string[]): AgentWork {
  return {
    components: components.filter((component) => component.phases.some(({ name }) => phases.includes(name))),
    nestedDocuments,
    phases,
    workingDirectory: recipe.workingDirectory,
  };
}
