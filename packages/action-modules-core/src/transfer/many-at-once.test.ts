import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { BUCKET, withObjectStore } from "../testing/object-store.js";
import { runInProcess } from "../testing/run-in-process.js";

test("many transfers at once do not make Node warn of a leak", () =>
  withTemporaryFolder((folder) =>
    withObjectStore(async ({ environment }) => {
      await mkdir(join(folder, "files"));
      for (let count = 0; count < 40; count++) await writeFile(join(folder, "files", `${count}`), `${count}`);
      const upload = await runInProcess("S3Upload", { source: "files/*", destination: `s3://${BUCKET}/many/` }, folder, environment);
      const download = await runInProcess("S3Download", { source: `s3://${BUCKET}/many/*`, destination: "copies/" }, folder, environment);
      for (const { stderr } of [upload, download]) expect(stderr).not.toContain("MaxListenersExceededWarning");
    }),
  ));
