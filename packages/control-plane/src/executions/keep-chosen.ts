import type { ResourceRow } from "../database/tables.js";
import { ownKeyOf } from "../encryption/opening-plugin.js";
import { originOf, type ImageOrigin } from "./image-detail.js";
import type { Recording } from "./store-event.js";

/** What was chosen when a build started, of what its recipe names. */
export interface ChosenSources {
  /** The ARN of a build, if the recipe names an image of the service. */
  readonly parentImage: string | undefined;
  /** The ARNs of builds, in the order of the recipe. */
  readonly components: readonly string[];
}

/** The copy of its recipe that an image has names from now on what is used. Source: guide chapter 47, the example of a message. */
export async function keepChosen({ database, services }: Recording, image: ResourceRow, chosen: ChosenSources): Promise<void> {
  const origin = originOf(image);
  const { containerRecipe } = origin;
  if (containerRecipe === undefined) return;
  const { components = [] } = containerRecipe;
  const kept: ImageOrigin = {
    ...origin,
    containerRecipe: {
      ...containerRecipe,
      ...(chosen.parentImage !== undefined && { parentImage: chosen.parentImage }),
      components: components.map((component, index) => ({
        ...component,
        componentArn: chosen.components[index] ?? component.componentArn,
      })),
    },
  };
  await database
    .updateTable("resource")
    .set({ document: services.seal(JSON.stringify(kept), ownKeyOf(image)) })
    .where("id", "=", image.id)
    .execute();
}
