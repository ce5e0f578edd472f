import { dirname } from "node:path";
import { escapeControls } from "@imagewright/diagnostics";
import {
  BUILD_PHASES,
  DEFAULT_WORKING_DIRECTORY,
  TEST_PHASES,
  type BuildPlan,
  type FailedBuild,
  type PlannedComponent,
} from "@imagewright/image-build";
import { shellWord } from "@imagewright/diagnostics";

// it is read and pasted, so a longer command does not help
const LONGEST = 500;

/** The command that repeats a failure in a container, with everything before it in the recipe; undefined if there is none. */
export function repeatCommand(
  plan: BuildPlan,
  { stage, failedSteps }: Pick<FailedBuild, "stage" | "failedSteps">,
  engine: string | undefined,
): string | undefined {
  const failed = new Set(failedSteps.map(({ document }) => document));
  const components = plan.components.slice(0, plan.components.findLastIndex(({ path }) => failed.has(path)) + 1);
  const parameters = commonParameters(components);
  if (components.length === 0 || parameters === undefined || !runsAlike(plan)) return undefined;
  const phases = stage === "test" ? [...BUILD_PHASES, ...TEST_PHASES] : BUILD_PHASES;
  const flags = ["--in", plan.recipe.parentImage, ...(engine === undefined ? [] : ["--engine", engine]), "--phases", phases.join(",")];
  const values = [...parameters].flatMap(([name, value]) => ["--parameter", `${name}=${value}`]);
  const command = ["ib", "component", "run", ...components.map(({ path }) => asArgument(path)), ...flags, ...values]
    .map(shellWord)
    .join(" ");
  return command.length > LONGEST || escapeControls(command) !== command ? undefined : command;
}

/** A path that is no flag. */
function asArgument(path: string): string {
  return path.startsWith("-") ? `./${path}` : path;
}

/** `--parameter` gives one value to all documents; undefined if the recipe gives them different ones, or an empty one. */
function commonParameters(components: readonly PlannedComponent[]): ReadonlyMap<string, string> | undefined {
  const all = new Map(components.flatMap((component) => component.parameters.map(({ name, value }) => [name, value])));
  const areAlike = components.every(({ definedParameters, parameters }) =>
    definedParameters.every((name) => parameters.find((parameter) => parameter.name === name)?.value === all.get(name)),
  );
  return areAlike && ![...all.values()].includes("") ? all : undefined;
}

/** `component run` uses neither a recipe's working directory nor its folder, in which nested documents are found. */
function runsAlike({ recipe, nestedDocuments }: BuildPlan): boolean {
  return recipe.workingDirectory === DEFAULT_WORKING_DIRECTORY && (nestedDocuments.length === 0 || dirname(recipe.path) === ".");
}
