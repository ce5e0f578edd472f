import { createTestDatabase } from "../test-databases/index.js";

// makes a test database, prints its address, and waits to be killed
const database = await createTestDatabase({ name: "empty", migrate: async () => undefined });
process.stdout.write(`${database.url}\n`);
process.stdin.resume();
