export { BUILT_IN_CATALOGUE } from "./built-in-catalogue.js";
export type { BaseImage, Catalogue, CatalogueComponent, CatalogueDocument, CatalogueWorkflow } from "./catalogue.js";
export { CATALOGUE_FILE, readOwnCatalogue, type OwnCatalogue } from "./own/read-own-catalogue.js";
export { withOwnEntries, type OwnEntries } from "./with-own-entries.js";
