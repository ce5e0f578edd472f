import { fileURLToPath } from "node:url";
import { test } from "@jest/globals";
import { describeDurability } from "../../contract/describe-durability.js";
import { startPostgres, whyNoPostgres } from "../embedded-postgres.js";

const missing = whyNoPostgres();

if (missing === undefined)
  describeDurability("DBOS", async () => {
    const postgres = await startPostgres();
    return {
      program: fileURLToPath(new URL("../../../dist/testing/dbos-program.js", import.meta.url)),
      environment: { CONTRACT_DATABASE_URL: `${postgres.url}/contract` },
      cleanUp: postgres.stop,
    };
  });
else test.skip(`the durability contract: DBOS (${missing})`, () => undefined);
