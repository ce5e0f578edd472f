import { BASE_IMAGES } from "./base-images.js";
import type { Catalogue } from "./catalogue.js";
import { COMPONENTS } from "./components.js";
import { WORKFLOWS } from "./workflows.js";

/** What comes with the program. */
export const BUILT_IN_CATALOGUE: Catalogue = { components: COMPONENTS, workflows: WORKFLOWS, baseImages: BASE_IMAGES };
