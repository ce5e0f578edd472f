import { DEFAULT_WORKFLOWS } from "@imagewright/image-build/default-workflows";
import type { CatalogueWorkflow } from "./catalogue.js";

/** The workflows by which images are built whose recipes name none. */
export const WORKFLOWS: readonly CatalogueWorkflow[] = DEFAULT_WORKFLOWS.map(({ name, type, description, text }) => ({
  ...{ name, semanticVersion: "1.0.0", type, description, text },
}));
