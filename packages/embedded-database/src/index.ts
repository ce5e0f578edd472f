export { defaultDatabaseFolder } from "./database-folder.js";
export { openEmbeddedDatabase, type EmbeddedDatabase, type EmbeddedDatabaseOptions } from "./open-embedded-database.js";
