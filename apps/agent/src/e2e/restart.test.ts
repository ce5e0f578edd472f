import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { ibAgent } from "./agent.js";

const RESTARTING = `
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Before
        action: ExecuteBash
        inputs: { commands: ["echo Before >> ran", "echo kept"] }
      - name: Again
        action: ExecuteBash
        inputs: { commands: ["echo Again >> ran", "test -e restarted && exit 0", "touch restarted", "exit 194"] }
      - name: After
        action: ExecuteBash
        inputs: { commands: ["echo After-{{ build.Before.outputs.stdout }} >> ran"] }
`;

const FLAGS = ["--log-directory", "logs", "--state-directory", "state"];

function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "main.yaml"), RESTARTING);
    await mkdir(join(folder, "logs"));
    await body(folder);
  });
}

const ran = (folder: string) => readFile(join(folder, "ran"), "utf8");

describe("chapters 15 and 19: a restart that is left to the caller", () => {
  test("has exit code 194, and the same command continues", () =>
    inFolder(async (folder) => {
      const command = ["run", "--documents", "main.yaml", ...FLAGS, "--restart", "caller"];
      const first = await ibAgent(command, { folder });
      expect(first).toMatchObject({ code: 194, stdout: "" });
      expect(first.stderr).toMatch(
        /^step Again asks for a restart, which is left to the caller \(as --restart asks\); continue with the same command, or with --resume [-0-9a-f]{36}\n$/,
      );
      const second = await ibAgent(command, { folder });
      expect(second).toMatchObject({ code: 0, stderr: "" });
      expect(JSON.parse(second.stdout)).toMatchObject({ status: "success", executedStepCount: 3 });
      expect(await ran(folder)).toBe("Before\nAgain\nAgain\nAfter-kept\n");
      expect(await readdir(join(folder, "logs"))).toHaveLength(1);
      expect(await readdir(join(folder, "state"))).toEqual([]);
    }));

  test("--resume continues the run with the id, and accepts no settings of another run", () =>
    inFolder(async (folder) => {
      await ibAgent(["run", "--documents", "main.yaml", ...FLAGS, "--restart", "caller", "--execution-id", "mine"], { folder });
      const refused = await ibAgent(["run", "--resume", "mine", "--documents", "main.yaml", "--state-directory", "state"], { folder });
      expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("--documents cannot be combined with --resume") });
      const wrong = await ibAgent(["run", "--resume", "yours", "--state-directory", "state"], { folder });
      expect(wrong).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/no interrupted run "yours".*\n.*these can be resumed: "mine"/),
      });
      expect(await ibAgent(["run", "--resume", "mine", "--state-directory", "state"], { folder })).toMatchObject({ code: 0 });
      expect(await ran(folder)).toBe("Before\nAgain\nAgain\nAfter-kept\n");
    }));

  test("another document does not continue the run, and the id is in use until it has ended", () =>
    inFolder(async (folder) => {
      await ibAgent(["run", "--documents", "main.yaml", ...FLAGS, "--restart", "caller", "--execution-id", "mine"], { folder });
      await writeFile(join(folder, "other.yaml"), RESTARTING.replaceAll("restarted", "other"));
      const other = await ibAgent(["run", "--documents", "other.yaml", ...FLAGS, "--restart", "caller", "--execution-id", "mine"], {
        folder,
      });
      expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining('the run "mine" has been started before and has not ended') });
    }));

  test("a run of the same documents in another folder, or under another id, is another run", () =>
    inFolder(async (folder) => {
      const command = [
        "run",
        "--documents",
        join(folder, "main.yaml"),
        "--log-directory",
        join(folder, "logs"),
        "--state-directory",
        join(folder, "state"),
        "--restart",
        "caller",
      ];
      const elsewhere = join(folder, "elsewhere");
      await mkdir(elsewhere);
      expect(await ibAgent([...command, "--execution-id", "one"], { folder })).toMatchObject({ code: 194 });
      expect(await ibAgent([...command, "--execution-id", "two"], { folder: elsewhere })).toMatchObject({ code: 194 });
      expect((await readdir(join(folder, "state"))).sort()).toEqual(["one", "two"]);
      expect(await ibAgent([...command, "--execution-id", "three"], { folder })).toMatchObject({ code: 0 });
      expect(await ibAgent([...command, "--execution-id", "two"], { folder: elsewhere })).toMatchObject({ code: 0 });
      expect(await ibAgent(command, { folder })).toMatchObject({ code: 0 });
      expect(await readdir(join(folder, "state"))).toEqual([]);
      expect(await ran(folder)).toBe("Before\nAgain\nBefore\nAgain\nAfter-kept\nAgain\nAfter-kept\n");
      expect(await ran(elsewhere)).toBe("Before\nAgain\nAgain\nAfter-kept\n");
    }));

  test("continues in its original folder and environment, wherever it is resumed", () =>
    inFolder(async (folder) => {
      await writeFile(join(folder, "main.yaml"), RESTARTING.replace("echo After-", 'echo \\"$LANG\\" After-'));
      await ibAgent(["run", "--documents", "main.yaml", ...FLAGS, "--restart", "caller", "--execution-id", "mine"], {
        folder,
        environment: { LANG: "C.UTF-8" },
      });
      const elsewhere = await ibAgent(["run", "--resume", "mine", "--state-directory", "../state"], {
        folder: join(folder, "logs"),
        environment: { LANG: "C" },
      });
      expect(elsewhere).toMatchObject({ code: 0, stderr: "" });
      expect(await ran(folder)).toBe("Before\nAgain\nAgain\nC.UTF-8 After-kept\n");
    }));

  test("ending the agent while it waits for delaySeconds does not end the run", () =>
    inFolder(async (folder) => {
      await writeFile(
        join(folder, "main.yaml"),
        RESTARTING.replace(/name: Again\n.*\n.*/, "name: Again\n        action: Reboot\n        inputs: { delaySeconds: 3600 }"),
      );
      const onStderr = (text: string, kill: (signal: NodeJS.Signals) => void) =>
        text.includes("asks for a restart") && !text.includes("SIGTERM") && kill("SIGTERM");
      const first = await ibAgent(["run", "--documents", "main.yaml", ...FLAGS, "--restart", "caller", "--execution-id", "mine"], {
        folder,
        onStderr,
      });
      expect(first).toMatchObject({ code: 194, stdout: "" });
      expect(await readdir(join(folder, "state"))).toEqual(["mine"]);
      expect(await ibAgent(["run", "--resume", "mine", "--state-directory", "state"], { folder })).toMatchObject({ code: 0 });
      expect(await ran(folder)).toBe("Before\nAfter-kept\n");
    }));

  test("is the default if the Systems Manager agent is a parent", () =>
    inFolder(async (folder) => {
      // the kernel names the process after the script
      const parent = join(folder, "ssm-document-worker");
      await writeFile(parent, `#!/bin/bash\n"$@"\nexit $?\n`);
      await chmod(parent, 0o755);
      const run = await ibAgent(["run", "--documents", "main.yaml", ...FLAGS], { folder, through: parent });
      expect(run).toMatchObject({ code: 194, stderr: expect.stringContaining("left to the caller (ssm-document-wo has started it)") });
    }));
});

describe("chapter 09 and beyond: run", () => {
  test("--blocked-action-modules rejects the modules before anything runs", () =>
    inFolder(async (folder) => {
      const run = await ibAgent(["run", "--documents", "main.yaml", ...FLAGS, "--blocked-action-modules", "Reboot,ExecuteBash"], {
        folder,
      });
      expect(run).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("main.yaml:7:17: ExecuteBash is blocked in this run [action-blocked]"),
      });
      await expect(ran(folder)).rejects.toMatchObject({ code: "ENOENT" });
      const unknown = await ibAgent(["run", "--documents", "main.yaml", "--blocked-action-modules", "Rebot"], { folder });
      expect(unknown).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/^--blocked-action-modules: unknown action module "Rebot"; .*did you mean "Reboot"\?/),
      });
    }));

  test("--restart has three values", () =>
    inFolder(async (folder) => {
      const run = await ibAgent(["run", "--documents", "main.yaml", "--restart", "never"], { folder });
      expect(run).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/^--restart: unknown value "never"; allowed: "auto", "caller" or "system"/),
      });
    }));

  test("validate --os-platforms checks for platforms other than this one", () =>
    inFolder(async (folder) => {
      const run = await ibAgent(["validate", "--documents", "main.yaml", "--os-platforms", "linux,windows"], { folder });
      expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining("ExecuteBash does not run on Windows") });
      expect(await ibAgent(["validate", "--documents", "main.yaml", "--os-platforms", "linux,darwin"], { folder })).toMatchObject({
        code: 0,
        stderr: "",
      });
      expect(await ibAgent(["validate", "--documents", "main.yaml", "--os-platforms", "macos"], { folder })).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/^--os-platforms: unknown platform "macos"/),
      });
    }));
});
