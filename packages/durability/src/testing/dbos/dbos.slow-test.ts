import { fileURLToPath } from "node:url";
import { test } from "@jest/globals";
import { createTestDatabase, whyNoTestDatabases } from "@imagewright/embedded-database/testing";
import { describeDurability } from "../../contract/describe-durability.js";

const missing = whyNoTestDatabases();

if (missing === undefined)
  describeDurability("DBOS", async () => {
    const database = await createTestDatabase({ name: "empty", migrate: async () => undefined });
    return {
      program: fileURLToPath(new URL("../../../dist/testing/dbos-program.js", import.meta.url)),
      environment: { CONTRACT_DATABASE_URL: database.url },
      cleanUp: () => database.drop(),
    };
  });
else test.skip(`the durability contract: DBOS (${missing})`, () => undefined);
