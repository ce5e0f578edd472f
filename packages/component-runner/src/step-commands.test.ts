import { closeSync, openSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { createNodeHost } from "@imagewright/node-host";
import { StepCommands } from "./step-commands.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "imagewright-commands-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("the file has the mark of the command that runs, which its environment has as well, and no mark afterwards", async () => {
  const path = join(folder, "running");
  const file = openSync(path, "wx");
  try {
    const commands = new StepCommands(createNodeHost().processes, file, { id: "call", before: [] });
    for (const place of ["build/One", "build/Two"]) {
      let printed = "";
      const exit = await commands
        .processesOf(place)
        .run(
          { file: "/bin/sh", arguments: ["-c", `cat ${path}; echo " $IMAGEWRIGHT_FAMILY"`], workingDirectory: folder, environment: {} },
          { signal: new AbortController().signal, onOutput: (_, chunk) => void (printed += Buffer.from(chunk).toString()) },
        );
      const [inFile = "", inEnvironment = ""] = printed.trim().split(" ");
      expect(exit).toEqual({ kind: "exited", code: 0 });
      expect(inFile).toMatch(/^call\.[0-9a-f]{16}$/);
      expect(inEnvironment.split("/")).toContain(inFile);
      expect((await readFile(path, "utf8")).trim()).toBe("");
    }
  } finally {
    closeSync(file);
  }
});
