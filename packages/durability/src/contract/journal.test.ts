import { fileURLToPath } from "node:url";
import { describeDurability } from "./describe-durability.js";

describeDurability("the journal file", async () =>
  Promise.resolve({
    program: fileURLToPath(new URL("../../dist/testing/journal-program.js", import.meta.url)),
    cleanUp: async () => Promise.resolve(),
  }),
);
