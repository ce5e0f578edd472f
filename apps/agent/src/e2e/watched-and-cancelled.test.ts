// What somebody sees who watches a run, and who cancels it.
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { EXECUTABLE, ibAgent } from "./agent.js";

const DOCUMENT = (commands: readonly string[]) => `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - { name: Install, action: ExecuteBash, inputs: { commands: ${JSON.stringify(commands)} } }
      - { name: After, action: ExecuteBash, inputs: { commands: ["echo after"] } }
`;

test("--show-output shows what steps print, each line behind the name of its step and safe for a terminal", () =>
  withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "c.yaml"), DOCUMENT(["printf 'one\\nt'; sleep 0.1; echo wo", "printf 'err\\033[2J' >&2"]));
    const run = (...flags: string[]) => ibAgent(["run", "-d", "c.yaml", "-l", "logs", "--show-output", ...flags], { folder });
    const lines = ["  c.yaml build", "    Install | one", "    Install | two", "    Install | err\\u001b[2J", "    After | after", ""];
    expect(await run()).toMatchObject({ code: 0, stderr: lines.join("\n") });
    expect((await run("--raw")).stderr).toBe(lines.join("\n").replace("\\u001b", "\u001b"));
  }));

test("output is shown while the step runs; a second Ctrl-C ends the agent at once, and the command that it prints goes on", () =>
  withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "c.yaml"), DOCUMENT(["[ -e again ] && exit 0", "touch again; echo begun", "trap '' TERM; sleep 30"]));
    const words = ["Install | begun", "SIGINT: ending"];
    const { code, stderr } = await ibAgent(["run", "-d", "c.yaml", "-l", "logs", "-s", "state", "--show-output"], {
      folder,
      onStderr: (text, kill) => {
        if (!text.includes(words[0] ?? "nothing more")) return;
        words.shift();
        kill("SIGINT");
      },
    });
    const [, id = ""] = /\ncancelled at once; go on with: ib-agent run --resume (\S+) --state-directory \S+\/state\n$/.exec(stderr) ?? [];
    expect([code, id]).toEqual([130, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    expect(await ibAgent(["run", "--resume", id, "-s", "state"], { folder })).toMatchObject({
      ...{ code: 0, stderr: expect.stringContaining("    After | after\n") },
    });
  }));

test("ib-agent validate is cancelled while it waits for a document", () =>
  withTemporaryFolder(async (folder) => {
    const words = ["-c", 'mkfifo config; IMAGEWRIGHT_CONFIG=config exec "$0" validate -d c.yaml', EXECUTABLE];
    const child = spawn("sh", words, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const ended = new Promise((resolve) => child.once("close", (code, signal) => resolve(signal ?? code)));
    await sleep(1500);
    child.kill("SIGTERM");
    await ended;
    expect(stderr).toBe("cancelled\n");
  }));
