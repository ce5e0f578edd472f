import { isSameName } from "@imagewright/imagebuilder-model";
import { BUILT_IN_CATALOGUE } from "./built-in-catalogue.js";
import type { Catalogue, CatalogueComponent, CatalogueWorkflow } from "./catalogue.js";

/** The entries of a folder of one's own. */
export type OwnEntries = Pick<Catalogue, "components" | "workflows">;

/** The catalogue with entries of one's own. One that has the name of an entry that comes with the program takes its place. */
export function withOwnEntries(own: OwnEntries): Catalogue {
  const { components, workflows, baseImages } = BUILT_IN_CATALOGUE;
  return {
    components: inOrder([
      ...components.filter(({ name }) => !own.components.some((entry) => isSameName(entry.name, name))),
      ...own.components,
    ]),
    workflows: inOrder([...workflows.filter((built) => !own.workflows.some((entry) => isSameWorkflow(entry, built))), ...own.workflows]),
    baseImages,
  };
}

/** Workflows of one name and several types are several workflows. */
function isSameWorkflow(one: CatalogueWorkflow, other: CatalogueWorkflow): boolean {
  return one.type === other.type && isSameName(one.name, other.name);
}

function inOrder<Entry extends CatalogueComponent | CatalogueWorkflow>(entries: readonly Entry[]): readonly Entry[] {
  return [...entries].sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
}
