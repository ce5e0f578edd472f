// Ends in the middle of a run, with a reader of standard error that has let its pipe become full.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { EXECUTABLE } from "./agent.js";

// more than a pipe holds; then the step goes on for a while, whatever it is sent
const COMMANDS = ["trap : TERM", "seq 40000", "touch begun", "sleep 2", "sleep 2"];
const DOCUMENT = `schemaVersion: 1.0
phases: [{ name: build, steps: [{ name: Much, action: ExecuteBash, inputs: { commands: ${JSON.stringify(COMMANDS)} } }] }]
`;

interface Ending {
  readonly signals: readonly NodeJS.Signals[];
  /** Whether the machine seems to restart. */
  readonly goesDown: boolean;
  /** When the reader begins to read, in milliseconds after the last signal; it does not if this is left out. */
  readonly readAfter?: number;
}

/** Runs the document, ends it, and returns the exit code, the last line of standard error, and the runs that can be continued. */
function endRun({ signals, goesDown, readAfter }: Ending): Promise<readonly unknown[]> {
  return withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "c.yaml"), DOCUMENT);
    await mkdir(join(folder, "bin"));
    if (goesDown)
      for (const [name, says] of Object.entries({ runlevel: "N 6", systemctl: "1 reboot.target start running" })) {
        await writeFile(join(folder, "bin", name), `#!/bin/sh\necho ${says}\n`);
        await chmod(join(folder, "bin", name), 0o755);
      }
    const flags = ["-l", "logs", "-s", "state", "--execution-id", "mine", "--restart", "caller", "--show-output"];
    const agent = spawn(EXECUTABLE, ["run", "-d", "c.yaml", ...flags], {
      cwd: folder,
      env: { PATH: `${join(folder, "bin")}:/usr/bin:/bin` },
      stdio: ["ignore", "ignore", "pipe"],
    });
    const over = new Promise((resolve) => agent.once("exit", resolve));
    const { stderr } = agent;
    // Node reads what nobody listens to when a process has ended
    const resume = stderr.resume.bind(stderr);
    stderr.resume = () => stderr;
    while (!existsSync(join(folder, "begun"))) await sleep(20);
    for (const signal of signals) {
      await sleep(200);
      agent.kill(signal);
    }
    if (readAfter === undefined) return [await over, await readdir(join(folder, "state"))];
    await sleep(readAfter);
    const chunks: Buffer[] = [];
    stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    const read = new Promise((resolve) => stderr.once("end", resolve));
    resume();
    await read;
    const last = Buffer.concat(chunks).toString().trimEnd().split("\n").at(-1);
    return [await over, last, await readdir(join(folder, "state"))];
  });
}

test("what is said before the machine shuts down reaches a reader that is late", async () => {
  const message = "the machine shuts down; continue the run with ib-agent run --resume mine";
  expect(await endRun({ signals: ["SIGTERM"], goesDown: true, readAfter: 300 })).toEqual([194, message, ["mine"]]);
});

test("so does what is said after a second Ctrl-C", async () => {
  const message = expect.stringMatching(/^cancelled at once; go on with: ib-agent run --resume mine --state-directory \S+$/);
  expect(await endRun({ signals: ["SIGINT", "SIGINT"], goesDown: false, readAfter: 300 })).toEqual([130, message, ["mine"]]);
});

test("a reader that does not read holds up neither", async () => {
  expect(await endRun({ signals: ["SIGTERM"], goesDown: true })).toEqual([194, ["mine"]]);
  expect(await endRun({ signals: ["SIGINT", "SIGINT"], goesDown: false })).toEqual([130, ["mine"]]);
});
