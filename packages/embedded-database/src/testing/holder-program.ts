import { openEmbeddedDatabase, type EmbeddedDatabaseOptions } from "../open-embedded-database.js";

// opens a database with the options that are its argument, prints its address, and closes it when its input ends
const [options = ""] = process.argv.slice(2);
const database = await openEmbeddedDatabase(JSON.parse(options) as EmbeddedDatabaseOptions);
process.stdout.write(`${database.url}\n`);
process.stdin.resume();
process.stdin.once("end", () => void database.close());
