import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { isSupervised, killSupervised, startSupervisor } from "./supervisor.js";

const linux = process.platform === "linux" ? test : test.skip;

linux("of several that start at once one runs the command, also where one before them died before it began", () =>
  withTemporaryFolder(async (folder) => {
    for (let round = 1; round <= 10; round++) {
      const runs = join(folder, `runs-${round}`);
      const job = { control: join(folder, `job-${round}`), started: join(folder, `started-${round}`) };
      await writeFile(`${job.control}.process.1`, "half");
      const command = ["sh", "-c", 'echo run >> "$0"; : > "$1"; exec sleep 600', runs, job.started];
      await Promise.all([1, 2, 3, 4].map(() => startSupervisor(job, command, {})));
      expect([round, await isSupervised(job)]).toEqual([round, true]);
      await startSupervisor(job, command, {});
      for (let looks = 0; looks < 500 && (await readFile(job.started).catch(() => undefined)) === undefined; looks++)
        await new Promise((resolve) => setTimeout(resolve, 10));
      await killSupervised(job);
      expect([round, await isSupervised(job), await readFile(runs, "utf8")]).toEqual([round, false, "run\n"]);
    }
  }),
);

linux("one that cannot begin is an error, not a wait without an end", () =>
  withTemporaryFolder(async (folder) => {
    const job = { control: join(folder, "gone", "one"), started: join(folder, "started") };
    await expect(startSupervisor(job, ["true"], {})).rejects.toMatchObject({ code: "ENOENT", syscall: "open" });
  }),
);
