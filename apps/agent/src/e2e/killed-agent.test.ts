import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { ibAgent, type AgentRun } from "./agent.js";

const FLAGS = ["--log-directory", "logs", "--state-directory", "state"];

interface Place {
  readonly folder: string;
  readonly environment: Record<string, string>;
}

/** A folder, with a folder for temporary files in it. */
const inPlace = (body: (place: Place) => Promise<void>) =>
  withTemporaryFolder(async (folder) => {
    await mkdir(join(folder, "tmp"));
    await body({ folder, environment: { TMPDIR: join(folder, "tmp") } });
  });

function documentOf(...steps: readonly (readonly string[])[]): string {
  const list = steps.map(
    (commands, index) => `      - { name: Step${index + 1}, action: ExecuteBash, inputs: { commands: ${JSON.stringify(commands)} } }\n`,
  );
  return `schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n${list.join("")}`;
}

/** Starts the agent and kills it as soon as the file is there. */
async function runAndKill(place: Place, text: string, file: string): Promise<void> {
  await writeFile(join(place.folder, "main.yaml"), text);
  const killed = await ibAgent(["run", "--documents", "main.yaml", "--execution-id", "killed", ...FLAGS], {
    ...place,
    onStart: (kill) => void waitFor(join(place.folder, file)).then(() => kill("SIGKILL")),
  });
  expect(killed.code).toBeNull();
}

async function waitFor(path: string): Promise<void> {
  while (!existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 10));
}

function resume(place: Place): Promise<AgentRun> {
  return ibAgent(["run", "--resume", "killed", "--state-directory", "state"], place);
}

async function nextRun(place: Place): Promise<AgentRun> {
  await writeFile(join(place.folder, "next.yaml"), documentOf(["true"]));
  return ibAgent(["run", "--documents", "next.yaml", ...FLAGS], place);
}

async function linesOf({ folder }: Place, name: string): Promise<string[]> {
  return (await readFile(join(folder, name), "utf8")).split("\n").slice(0, -1);
}

async function isRunning(pid: string | undefined): Promise<boolean> {
  const status = await readFile(`/proc/${pid ?? ""}/status`, "utf8").catch(() => "State:\tX");
  return !/^State:\s+[ZX]/m.test(status);
}

// the first run waits for what never comes; the second one finds the file
const ONCE = "test -e again && exit 0; touch again";

test.each([
  ["the script", [ONCE, "exec 9> lock; flock -n 9 || exit 100", "echo $$ > pid", "sleep 1000"]],
  [
    "a daemon that it started in a session of its own",
    ["exec 9> lock; flock -n 9 || exit 100", ONCE, "setsid -f bash -c 'echo $$ > pid; sleep 1000'", "sleep 1000"],
  ],
  ["a script that does not listen to SIGTERM", [ONCE, "trap '' TERM", "echo $$ > pid", "while :; do sleep 1; done"]],
])("before a step is repeated, what the killed agent left running is ended: %s", (_name, commands) =>
  inPlace(async (place) => {
    await runAndKill(place, documentOf(commands), "pid");
    await waitFor(join(place.folder, "pid"));
    const [pid] = await linesOf(place, "pid");
    expect(await isRunning(pid)).toBe(true);
    expect(await resume(place)).toMatchObject({ code: 0 });
    expect(await isRunning(pid)).toBe(false);
  }),
);

test("a daemon of a step that has ended goes on", () =>
  inPlace(async (place) => {
    const daemon = ["setsid -f bash -c 'echo $$ > daemon; exec sleep 1000'", "until [ -s daemon ]; do sleep 0.01; done"];
    await runAndKill(place, documentOf(daemon, [ONCE, "echo $$ > pid; sleep 1000"]), "pid");
    expect(await resume(place)).toMatchObject({ code: 0 });
    const [pid = ""] = await linesOf(place, "daemon");
    expect(await isRunning(pid)).toBe(true);
    process.kill(Number(pid));
  }));

test("the agent does not go on with a run whose agent lives", () =>
  inPlace(async (place) => {
    await writeFile(join(place.folder, "main.yaml"), documentOf(["touch started; until [ -e go ]; do sleep 0.01; done"]));
    const first = ibAgent(["run", "--documents", "main.yaml", "--execution-id", "killed", ...FLAGS], place);
    await waitFor(join(place.folder, "started"));
    const second = await resume(place);
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/the run "killed" is in progress in process \d+/);
    await writeFile(join(place.folder, "go"), "");
    expect((await first).code).toBe(0);
  }));

test("a script is in no folder, and another run ends it and removes all that is left", () =>
  inPlace(async (place) => {
    const marker = `marker-${process.pid}-${Date.now()}`;
    await runAndKill(place, documentOf([`echo ${marker} > /dev/null`, ONCE, "echo $$ > pid; sleep 1000"]), "pid");
    const [pid] = await linesOf(place, "pid");
    expect(await filesWith(marker, ["/dev/shm", place.environment["TMPDIR"] ?? ""])).toEqual([]);
    expect(await nextRun(place)).toMatchObject({ code: 0 });
    expect(await isRunning(pid)).toBe(false);
    expect(await readdir(join(place.folder, "tmp"))).toEqual([]);
    expect(await resume(place)).toMatchObject({ code: 0 });
    expect(await readdir(join(place.folder, "state"))).toEqual([]);
  }));

async function filesWith(text: string, folders: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const folder of folders)
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      const content = entry.isFile() ? await readFile(path, "utf8").catch(() => "") : "";
      if (content.includes(text)) found.push(path);
    }
  return found;
}
