import { openEmbeddedDatabase } from "../open-embedded-database.js";

// opens the database of a folder, prints its address, and closes it when its input ends
const [folder = ""] = process.argv.slice(2);
const database = await openEmbeddedDatabase({ folder });
process.stdout.write(`${database.url}\n`);
process.stdin.resume();
process.stdin.once("end", () => void database.close());
