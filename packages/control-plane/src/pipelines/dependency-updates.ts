import type { DependencyUpdate } from "../database/pipeline-tables.js";
import { keyOfDependency, type Dependency } from "./dependencies.js";
import type { RunReference } from "./run-uses.js";

const KINDS: Readonly<Record<string, string>> = { image: "base image", "image-recipe": "recipe", "container-recipe": "recipe" };

/**
 * The components, the base image and the recipe that are named with wildcards and are newer than those of the last build; none if there has
 * been no build. What is named exactly is never an update, and what is older than before, since the newer one was deleted or disabled, is
 * none either. Source: API model, `Schedule.pipelineExecutionStartCondition`; guide chapter 03.
 */
export function updatesSince(reference: RunReference, dependencies: readonly Dependency[]): readonly DependencyUpdate[] {
  return dependencies.filter(({ isFollowed }) => isFollowed).flatMap((dependency) => updateOf(reference, dependency));
}

function updateOf(reference: RunReference, dependency: Dependency): readonly DependencyUpdate[] {
  const { type, name, version: found, createdAt } = dependency;
  const kind = KINDS[type] ?? type;
  const update = (before: string | null, words: string) => [{ kind, name, found, before, text: `${kind} ${name} ${found}, ${words}` }];
  switch (reference.kind) {
    case "never-run":
    case "never-built":
      return [];
    case "last-run":
      return createdAt >= reference.at ? update(null, "newer than the last run") : [];
    case "uses": {
      const before = reference.uses.versions[keyOfDependency(dependency)];
      if (before === undefined) return update(null, "which the last build did not use");
      return isNewer(found, before) ? update(before, `newer than ${before} of the last build`) : [];
    }
  }
}

function isNewer(version: string, before: string): boolean {
  const [numbers, others] = [version, before].map((text) => text.split(/[./]/).map(Number)) as [number[], number[]];
  const differing = numbers.findIndex((number, index) => number !== others[index]);
  return differing !== -1 && (numbers[differing] ?? 0) > (others[differing] ?? 0);
}
