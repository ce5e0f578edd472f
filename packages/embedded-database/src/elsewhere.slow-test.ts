import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { scratchOwner } from "@imagewright/node-host";
import { openEmbeddedDatabase } from "./open-embedded-database.js";
import { QUICK, withDatabaseFolder } from "./testing/with-database-folder.js";

test("a folder that is in use in another container is refused, until that gives no sign any more", async () => {
  await withDatabaseFolder(async (folder) => {
    await (await openEmbeddedDatabase({ folder, ...QUICK })).close();
    mkdirSync(join(folder, "holders"), { recursive: true });
    // the file of a process of another namespace, which is what another container is
    const [pid, start, , boot, computer] = (await scratchOwner()).split("-");
    const file = join(folder, "holders", `${pid}-${start}-1-${boot}-${computer}.other`);
    let beat = 0;
    writeFileSync(file, String(beat));
    const timer = setInterval(() => writeFileSync(file, String(++beat)), 1000);
    await expect(openEmbeddedDatabase({ folder, ...QUICK })).rejects.toThrow(
      `the database in "${folder}" is in use in another container or on another computer`,
    );
    clearInterval(timer);
    await (await openEmbeddedDatabase({ folder, ...QUICK })).close();
  });
});
