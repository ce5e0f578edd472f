import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Machine, whyNoMachines, type InitSystem } from "./machine.js";

const TEN_MINUTES = 600_000;
const reason = whyNoMachines();

// characters that are special to a shell, systemd, cron or a crontab
const ODD = `a 100% "odd" folder; it's $HOME\\%n`;
const AGENT = `/opt/${ODD}/ib-agent`;
const FOLDER = `/srv/${ODD}`;
const FLAGS = "--log-directory logs --state-directory 'my state'";
const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

// the start time of process 1 identifies the boot in which a step runs
const BOOT = "$(cut -d ' ' -f 22 /proc/1/stat)";
const script = (name: string, ...lines: string[]) => `
      - name: ${name}
        action: ExecuteBash
        inputs:
          commands:
            - echo "${name} ${BOOT}" >> ran${lines.map((line) => `\n            - ${line}`).join("")}`;

const DOCUMENT = `
schemaVersion: 1.0
phases:
  - name: build
    steps:${script("Before", "echo kept", "touch stamp")}
      - name: Restart
        action: Reboot
        inputs: { delaySeconds: 4 }${script("Between", "echo $PATH:$HOME > context")}
      - name: Again
        action: ExecuteBash
        if: { fileExists: ${JSON.stringify(`${FOLDER}/again`)}, then: Skip, else: Execute }
        inputs: { commands: ["echo \\"Again ${BOOT}\\" >> ran", "test -e again && exit 0", "touch again", "exit 194"] }
      - name: Loop
        action: ExecuteBash
        loop: { forEach: [x, y] }
        inputs: { commands: ["echo \\"Loop-{{ loop.value }} ${BOOT}\\" >> ran", "echo {{ loop.value }}", "test -e {{ loop.value }} && exit 0", "touch {{ loop.value }}", "exit 194"] }${script(
          "ByItself",
          "test -e itself && exit 0",
          "touch itself",
          "shutdown -r now",
          "exit 194",
        )}${script("Unasked", "test -e unasked && exit 0", "touch unasked", "shutdown -r now", "sleep 600")}
  - name: validate
    steps:
      - name: Nested
        action: ExecuteDocument
        inputs: { document: inner.yaml, parameters: [{ name: Text, value: "{{ build.Before.outputs.stdout }}" }] }${script("After", 'echo "{{ build.Before.outputs.stdout }} {{ build.Loop.outputs.stdout }}" > after')}
`;
const INNER = `
schemaVersion: 1.0
parameters:
  - Text: { type: string }
phases:
  - name: build
    steps:${script("Inner", 'echo "{{ Text }}" > inner', "test -e nested && exit 0", "touch nested", "exit 194")}
`;
const ENDLESS = `
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Endless
        action: Reboot
        loop: { for: { start: 1, end: 20, updateBy: 1 } }
`;

const OTHER_JOBS = "# caf\xe9 in latin1\n@daily true\n";

interface Output {
  readonly status: string;
  readonly executionId: string;
  readonly failureMessage?: string;
  readonly documents: readonly {
    readonly phases: readonly { readonly name: string; readonly steps: readonly { readonly name: string; readonly status: string }[] }[];
  }[];
}

describe.each<InitSystem>(["systemd", "sysvinit"])("chapters 15 and 19: a machine with %s that really restarts", (init) => {
  const run = reason === undefined ? test : test.skip;
  let folder: string | undefined;
  let machine: Machine;

  beforeAll(async () => {
    if (reason !== undefined) return;
    folder = await mkdtemp(join(tmpdir(), "imagewright-test-"));
    machine = await Machine.make(join(folder, "root"), init);
    await machine.installAgent(AGENT);
    // other jobs stay unchanged, byte for byte
    execFileSync("chroot", [machine.root, "crontab", "-"], { input: Buffer.from(OTHER_JOBS, "latin1") });
  }, TEN_MINUTES);
  afterAll(async () => {
    await (machine as Machine | undefined)?.switchOff();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }, TEN_MINUTES);

  /** Runs a document in the machine to its end, and returns its detailed output. */
  async function runInMachine(files: Readonly<Record<string, string>>): Promise<Output> {
    const work = join(machine.root, FOLDER);
    await rm(work, { recursive: true, force: true });
    await mkdir(join(work, "logs"), { recursive: true });
    for (const [name, text] of Object.entries(files)) await writeFile(join(work, name), text);
    await machine.runAtNextBoot(
      `export HOME=/home PATH=/opt/own:$PATH\ncd ${quote(FOLDER)}\nexec ${quote(AGENT)} run --documents main.yaml ${FLAGS} > first 2>&1`,
    );
    const logFolder = async () => join(work, "logs", (await readdir(join(work, "logs")))[0] ?? "");
    const hasEnded = async () =>
      (await readdir(await logFolder())).includes("detailedoutput.json") && (await readdir(join(work, "my state"))).length === 0;
    await machine.bootUntil(hasEnded);
    expect(await readdir(join(work, "logs"))).toHaveLength(1);
    return JSON.parse(await machine.read(join(await logFolder(), "detailedoutput.json").slice(machine.root.length))) as Output;
  }

  async function leftTriggers(): Promise<string[]> {
    const folders = ["etc/systemd/system", "etc/systemd/system/multi-user.target.wants"].map((place) =>
      readdir(join(machine.root, place)).catch(() => []),
    );
    return (await Promise.all(folders)).flat().filter((name) => name.startsWith("imagewright"));
  }

  const read = (name: string) => machine.read(`${FOLDER}/${name}`);

  run(
    reason === undefined ? "a run continues automatically after each restart, to its end" : `skipped: ${reason}`,
    async () => {
      const output = await runInMachine({ "main.yaml": DOCUMENT, "inner.yaml": INNER });
      const ran = (await read("ran"))
        .split("\n")
        .slice(0, -1)
        .map((line) => line.split(" "));
      const twice = ["Again", "Loop-x", "Loop-y", "ByItself", "Unasked", "Inner"].flatMap((name) => [name, name]);
      expect(ran.map(([name]) => name)).toEqual(["Before", "Between", ...twice, "After"]);
      const boots = [...new Set(ran.map(([, boot]) => boot))];
      // a step that asks for a restart runs in one boot, and again in the next
      expect(ran.map(([, boot]) => boots.indexOf(boot))).toEqual([0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7]);
      expect(machine.restarts).toHaveLength(7);
      expect(await read("after")).toBe("kept x\ny\n");
      expect(await read("inner")).toBe("kept\n");
      expect(await read("first")).toBe(
        "step Restart asks for a restart; the machine restarts in 4 s, and the run continues automatically\n",
      );
      expect(output).toMatchObject({ status: "success" });
      expect(output.documents[0]?.phases.map(({ name, steps }) => [name, ...steps.map((step) => `${step.name} ${step.status}`)])).toEqual([
        ["build", ...["Before", "Restart", "Between", "Again", "Loop", "ByItself", "Unasked"].map((name) => `${name} success`)],
        ["validate", "Nested success", "After success"],
      ]);
      const { mtimeMs } = await stat(join(machine.root, FOLDER, "stamp"));
      expect((machine.restarts[0] ?? 0) - mtimeMs).toBeGreaterThanOrEqual(4_000);
      expect(await read("context")).toMatch(/^\/opt\/own:.*:\/home\n$/);
      expect(await leftTriggers()).toEqual([]);
      expect(execFileSync("chroot", [machine.root, "crontab", "-l"], { encoding: "latin1" })).toBe(OTHER_JOBS);
    },
    TEN_MINUTES,
  );

  run(
    reason === undefined ? "a loop of restarts ends at the limit" : `skipped: ${reason}`,
    async () => {
      const output = await runInMachine({ "main.yaml": ENDLESS });
      expect(machine.restarts).toHaveLength(15);
      expect(output).toMatchObject({ status: "failed" });
      expect(JSON.stringify(output)).toContain("the loop failed at index 15: the run has restarted the machine 15 times already");
    },
    TEN_MINUTES,
  );
});
