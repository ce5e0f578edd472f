import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createRegistry } from "@imagewright/action-contract";
import { coreActions } from "@imagewright/action-modules-core";
import { linuxActions } from "@imagewright/action-modules-linux";
import { SourceFile } from "@imagewright/diagnostics";
import { checkDocument, type ParameterSource, type RunResult } from "@imagewright/document-engine";
import { createNodeHost, runProgram } from "@imagewright/node-host";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import {
  awaitsRestart,
  findAwaitingRestart,
  isInProgress,
  noteInterruption,
  resumeComponents,
  runComponents,
  savedRuns,
  type ComponentRun,
} from "../index.js";
import { acquireLease, releaseLease } from "./leases.js";
import { writeRecord } from "./state-files.js";

const registry = createRegistry(coreActions, linuxActions);
const SECRET = 'Tr0ub4dor&3 "quoted"';
const store: ParameterSource = {
  get: async (names) => new Map(names.map((name) => [name, { value: SECRET, secure: true, type: "SecureString" }])),
};

const RESTARTING = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Secret
        action: ExecuteBash
        inputs:
          commands: ["cat > secret <<'END'", "{{ aws:ssm:/app/password }}", END, cat secret]
      - name: Restart
        action: ExecuteBash
        inputs:
          commands: ["test -e restarted && exit 0", touch restarted, exit 194]
      - name: After
        action: CreateFile
        inputs:
          - path: after
            content: "{{ build.Secret.outputs.stdout }}"
`;

interface Place {
  readonly folder: string;
  readonly stateDirectory: string;
}

function context({ folder }: Place) {
  return {
    registry,
    host: createNodeHost(),
    environment: { PATH: process.env["PATH"] ?? "" },
    signal: new AbortController().signal,
    parameterStore: store,
    workingDirectory: folder,
  };
}

async function start(place: Place, text: string, executionId = "run-1"): Promise<ComponentRun> {
  const { document, diagnostics } = checkDocument(new SourceFile("main.yaml", text), { registry, platforms: ["linux"] });
  if (document === undefined) throw new Error(JSON.stringify(diagnostics));
  const documents = [{ document, variables: new Map<string, string>() }];
  const state = { directory: place.stateDirectory, environment: {}, settings: { own: true } };
  return runComponents({ ...context(place), executionId, documents, phases: undefined, logDirectory: join(place.folder, "logs"), state });
}

const inPlace = (body: (place: Place) => Promise<void>) =>
  withTemporaryFolder((folder) => body({ folder, stateDirectory: join(folder, "state") }));

async function allText(folder: string): Promise<string> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  return (await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), "utf8")))).join("\n");
}

function finished({ outcome }: ComponentRun): RunResult {
  if (outcome.status === "restart") throw new Error("the run waits for a restart");
  return outcome;
}

test("a run continues after a restart with its outputs, secrets included, and no secret is in the state or the logs", () =>
  inPlace(async (place) => {
    const first = await start(place, RESTARTING);
    expect(first.outcome).toMatchObject({ status: "restart", place: { step: "Restart" } });
    expect(await savedRuns(place.stateDirectory)).toEqual(["run-1"]);
    const kept = await allText(place.stateDirectory);
    expect(kept).toContain("build/Secret");
    for (const form of [SECRET, JSON.stringify(SECRET).slice(1, -1)]) expect(kept).not.toContain(form);

    const second = await resumeComponents({ ...context(place), stateDirectory: place.stateDirectory, executionId: "run-1" });
    expect(second.logFolder).toBe(first.logFolder);
    expect(finished(second)).toMatchObject({ status: "success", executedStepCount: 3, executionId: "run-1" });
    expect(await readFile(join(place.folder, "after"), "utf8")).toBe(SECRET);
    expect(await allText(second.logFolder)).not.toContain(SECRET.split(" ")[0]); // without the quotes, which JSON escapes
    expect(await savedRuns(place.stateDirectory)).toEqual([]);
  }));

test("the console log continues as in a recorded run of awstoe", () =>
  inPlace(async (place) => {
    const { logFolder } = await start(place, RESTARTING);
    await resumeComponents({ ...context(place), stateDirectory: place.stateDirectory, executionId: "run-1" });
    const lines = (await readFile(join(logFolder, "console.log"), "utf8")).replace(/^.{23} Info /gm, "").split("\n");
    expect(lines.slice(lines.indexOf("Step Restart"))).toEqual([
      ...["Step Restart", "Getting reboot signal", "ExitCode 194", "Rebooting the system now"],
      ...[
        "Recovery completed for detailed output.",
        "Document main.yaml",
        "Phase build",
        "Executor: System has rebooted successfully",
        "Step Restart",
      ],
      ...["Command execution completed successfully", "ExitCode 0", "Step After"],
      ...[`created "${place.folder}/after"`, "TOE has completed execution successfully", ""].filter((line) => lines.includes(line)),
    ]);
  }));

test("the same request finds the run that waits for a restart, a different one does not", () =>
  inPlace(async (place) => {
    await start(place, RESTARTING);
    const asked = {
      documents: [{ location: "main.yaml", text: RESTARTING, variables: {} }],
      phases: undefined,
      workingDirectory: place.folder,
      executionId: undefined,
    };
    expect(await findAwaitingRestart(place.stateDirectory, asked)).toBe("run-1");
    expect(await findAwaitingRestart(place.stateDirectory, { ...asked, executionId: "run-1" })).toBe("run-1");
    expect(await findAwaitingRestart(place.stateDirectory, { ...asked, executionId: "run-2" })).toBeUndefined();
    expect(await findAwaitingRestart(place.stateDirectory, { ...asked, workingDirectory: "/" })).toBeUndefined();
    expect(await findAwaitingRestart(place.stateDirectory, { ...asked, phases: ["build"] })).toBeUndefined();
    expect(await findAwaitingRestart(join(place.folder, "nowhere"), asked)).toBeUndefined();
    // the folder is also that of other settings
    await writeFile(join(place.stateDirectory, "a-file"), "");
    expect(await findAwaitingRestart(place.stateDirectory, asked)).toBe("run-1");
  }));

test("a waiting run that is damaged is an error for its own request, however it is asked for, and for no other", () =>
  inPlace(async (place) => {
    await start(place, RESTARTING);
    const documents = [{ location: "main.yaml", text: RESTARTING, variables: {} }];
    const asked = { documents, phases: undefined, workingDirectory: place.folder, executionId: undefined };
    const folder = join(place.stateDirectory, "run-1");
    await writeFile(join(folder, "request.json"), "{");
    const damaged = {
      code: "component-runner/state-not-readable",
      message: `the state of the run cannot be read from "${folder}/request.json": it is damaged: it does not have a checksum`,
      hints: ["no step has run; the log folder of the run says what it had done", `remove "${folder}" to begin the run again`],
    };
    for (const executionId of [undefined, "run-1"])
      await expect(findAwaitingRestart(place.stateDirectory, { ...asked, executionId })).rejects.toMatchObject(damaged);
    expect(await findAwaitingRestart(place.stateDirectory, { ...asked, workingDirectory: "/" })).toBeUndefined();
    await expect(start(place, RESTARTING)).rejects.toMatchObject(damaged);
    await writeFile(join(folder, "restart.json"), "{");
    await expect(findAwaitingRestart(place.stateDirectory, { ...asked, workingDirectory: "/" })).rejects.toMatchObject({
      message: `the state of the run cannot be read from "${folder}/restart.json": it is damaged: it does not have a checksum`,
    });
  }));

test("an unusable state directory and a damaged state are reported as errors", () =>
  inPlace(async (place) => {
    const file = join(place.folder, "file");
    await writeFile(file, "");
    await expect(start({ ...place, stateDirectory: file }, RESTARTING)).rejects.toMatchObject({
      code: "component-runner/state-refused",
      message: `the state of the run is not taken from "${file}": it is no folder`,
    });
    const resume = () => resumeComponents({ ...context(place), stateDirectory: place.stateDirectory, executionId: "run-1" });
    await start(place, RESTARTING);
    for (const damaged of ['{"executionId"', "null", "{}"]) {
      await writeFile(join(place.stateDirectory, "run-1", "request.json"), damaged);
      await expect(resume()).rejects.toMatchObject({
        code: "component-runner/state-not-readable",
        message: expect.stringMatching(/run-1\/request.json": it is damaged: it does not have a checksum$/),
      });
    }
  }));

test("an owner that cannot be read is an error: its process may be running", () =>
  inPlace(async (place) => {
    await start(place, RESTARTING);
    const path = join(place.stateDirectory, "run-1", "owner-1", "owner.json");
    await writeFile(path, "", { mode: 0o600 });
    await expect(resumeComponents({ ...context(place), stateDirectory: place.stateDirectory, executionId: "run-1" })).rejects.toThrow(
      `the state of the run cannot be read from "${path}": it is damaged: it does not have a checksum`,
    );
  }));

test("an incomplete state after a crash is not a run, and its id can be used", () =>
  inPlace(async (place) => {
    await mkdir(join(place.stateDirectory, "run-1~draft"), { recursive: true });
    await writeFile(join(place.stateDirectory, "run-1~draft", "request.json"), "{}");
    await mkdir(join(place.stateDirectory, "run-1"));
    expect(await savedRuns(place.stateDirectory)).toEqual([]);
    await start(place, RESTARTING);
    expect(await savedRuns(place.stateDirectory)).toEqual(["run-1"]);
    await expect(start(place, RESTARTING)).rejects.toMatchObject({ code: "component-runner/state-exists" });
    expect((await readdir(place.stateDirectory)).sort()).toEqual(["run-1", "run-1~draft"]);
  }));

test("the script folders of killed processes are removed; a folder of another name is not", () =>
  inPlace(async (place) => {
    await start(place, RESTARTING);
    const [left, earlier, other] = ["imagewright-run-killed", "imagewright-run-killed-before", "other"].map((name) =>
      join(place.folder, name),
    ) as [string, string, string];
    for (const [folders, executionId] of [
      [[earlier, left], "run-1"],
      [[other], "run-2"],
    ] as const) {
      if (executionId === "run-2") await start(place, RESTARTING.replaceAll("restarted", "restarted-2"), executionId);
      for (const [index, folder] of folders.entries()) {
        const lease = join(place.stateDirectory, executionId, `owner-${index + 1}`);
        for (const each of [folder, lease]) await mkdir(each, { recursive: true });
        writeRecord(join(lease, "owner.json"), { pid: process.pid, startTime: "1", holder: "killed", temporaryDirectory: folder });
      }
      await resumeComponents({ ...context(place), stateDirectory: place.stateDirectory, executionId });
    }
    expect((await readdir(place.folder)).filter((name) => name === "other" || name.startsWith("imagewright"))).toEqual(["other"]);
  }));

test("interruptions are counted only for a run in progress", () =>
  inPlace(async (place) => {
    const note = () => noteInterruption(place.stateDirectory, "run-1");
    expect(note()).toBeUndefined();
    await start(place, RESTARTING);
    expect([note(), note(), note()]).toEqual([1, 2, 3]);
    const is = () => [isInProgress(place.stateDirectory, "run-1"), awaitsRestart(place.stateDirectory, "run-1")];
    expect(is()).toEqual([true, true]);
    await resumeComponents({ ...context(place), stateDirectory: place.stateDirectory, executionId: "run-1" });
    expect(note()).toBeUndefined();
    expect(is()).toEqual([false, false]);
  }));

test("a missing run, one in progress elsewhere, and one started twice are errors", () =>
  inPlace(async (place) => {
    await expect(
      resumeComponents({ ...context(place), stateDirectory: place.stateDirectory, executionId: "nobody" }),
    ).rejects.toMatchObject({
      code: "component-runner/state-not-found",
      hints: ["no run can be resumed here; name another folder with --state-directory"],
    });
    await start(place, RESTARTING);
    await expect(start(place, RESTARTING)).rejects.toMatchObject({ code: "component-runner/state-exists" });
    const owner = await readFile(`/proc/${process.ppid}/stat`, "utf8");
    const startTime = owner.slice(owner.lastIndexOf(")") + 2).split(" ")[19];
    const other = { pid: process.ppid, startTime, holder: "other", temporaryDirectory: "" };
    writeRecord(join(place.stateDirectory, "run-1", "owner-1", "owner.json"), other);
    await expect(resumeComponents({ ...context(place), stateDirectory: place.stateDirectory, executionId: "run-1" })).rejects.toMatchObject(
      { code: "component-runner/state-in-use" },
    );
  }));

/** Its last step notes that it runs, and does not end before there is a file "go". */
const HELD = RESTARTING.replace(
  "test -e restarted && exit 0",
  "if test -e restarted; then echo once >> ran; until test -e go; do sleep 0.02; done; exit 0; fi",
);

/** Resumes the run in a process of its own, with the built package; the result is the status of the run or its error. */
async function resumeElsewhere({ folder, stateDirectory }: Place): Promise<object> {
  const program = `
    import { standardRegistry as registry } from "@imagewright/action-modules";
    import { createNodeHost, runProgram } from "@imagewright/node-host";
    const { resumeComponents } = await import(${JSON.stringify(new URL("../../dist/index.js", import.meta.url).href)});
    const parameterStore = { get: async (names) => new Map(names.map((name) => [name, { value: ${JSON.stringify(SECRET)}, secure: true, type: "SecureString" }])) };
    const context = { registry, host: createNodeHost(), environment: { PATH: process.env.PATH }, signal: new AbortController().signal };
    const result = await resumeComponents({ ...context, parameterStore, ...${JSON.stringify({ stateDirectory, workingDirectory: folder, executionId: "run-1" })} })
      .then(({ outcome }) => ({ status: outcome.status, pid: process.pid }), ({ code, message }) => ({ code, message }));
    console.log(JSON.stringify(result));`;
  const environment = { PATH: process.env["PATH"] ?? "" };
  const ran = await runProgram({ file: process.execPath, arguments: ["--input-type=module", "-e", program], environment });
  expect(ran).toMatchObject({ kind: "exited", code: 0, stderr: "" });
  return JSON.parse(ran.stdout) as object;
}

test("if several processes resume a run at the same time, one continues, and no step runs twice", () =>
  inPlace(async (place) => {
    await start(place, HELD);
    const results: object[] = [];
    const processes = [1, 2, 3, 4].map(async () => {
      results.push(await resumeElsewhere(place));
      // the others have been refused, however late they came
      if (results.length === 3) await writeFile(join(place.folder, "go"), "");
    });
    await Promise.all(processes);
    const [winner] = results.slice(3) as { status: string; pid: number }[];
    expect(winner?.status).toBe("success");
    const refusal = { code: "component-runner/state-in-use", message: `the run "run-1" is in progress in process ${winner?.pid}` };
    expect(results.slice(0, 3)).toEqual([refusal, refusal, refusal]);
    expect(await readFile(join(place.folder, "ran"), "utf8")).toBe("once\n");
    expect(await savedRuns(place.stateDirectory)).toEqual([]);
  }));

test("nor does a second call in the process that runs it, early or late", () =>
  inPlace(async (place) => {
    await start(place, HELD);
    const resume = () => resumeComponents({ ...context(place), stateDirectory: place.stateDirectory, executionId: "run-1" });
    const inUse = { code: "component-runner/state-in-use", message: `the run "run-1" is in progress in process ${process.pid}` };
    const calls = [resume(), resume(), resume()].map(async (call) => call.then(finished, (thrown: unknown) => thrown));
    const ran = () => readFile(join(place.folder, "ran"), "utf8").catch(() => "");
    while ((await ran()) === "") await sleep(20);
    await expect(resume()).rejects.toMatchObject(inUse);
    await writeFile(join(place.folder, "go"), "");
    const results = await Promise.all(calls);
    expect(results.filter((result) => result instanceof Error)).toEqual([expect.objectContaining(inUse), expect.objectContaining(inUse)]);
    expect(await ran()).toBe("once\n");
    expect(await savedRuns(place.stateDirectory)).toEqual([]);
  }));

test("a lease that was released cannot be taken by a caller that was slow", () =>
  inPlace(async ({ folder }) => {
    const { lease } = await acquireLease(folder, "run-1", "");
    await releaseLease(folder, lease);
    await mkdir(join(folder, "slow"));
    await expect(rename(join(folder, "slow"), join(folder, "owner-1"))).rejects.toThrow("ENOTEMPTY");
    expect((await acquireLease(folder, "run-1", "")).lease.number).toBe(2);
  }));

test("an incomplete last record is dropped; damage before it is an error", () =>
  inPlace(async (place) => {
    await start(place, RESTARTING);
    const path = join(place.stateDirectory, "run-1", "journal.jsonl");
    const before = await readFile(path, "utf8");
    await writeFile(path, `${before}{"k":"0/build/Aft`);
    expect(finished(await resumeComponents({ ...context(place), stateDirectory: place.stateDirectory, executionId: "run-1" })).status).toBe(
      "success",
    );
    await start(place, RESTARTING.replace("restarted", "restarted-2").replace("restarted,", "restarted-2,"), "run-2");
    const second = join(place.stateDirectory, "run-2", "journal.jsonl");
    await writeFile(second, `damaged\n${await readFile(second, "utf8")}`);
    await expect(resumeComponents({ ...context(place), stateDirectory: place.stateDirectory, executionId: "run-2" })).rejects.toThrow(
      /cannot be read from ".*journal.jsonl": line 1 is damaged/,
    );
    // a call that failed does not hold the run
    await writeFile(second, (await readFile(second, "utf8")).replace("damaged\n", ""));
    const repaired = await resumeComponents({ ...context(place), stateDirectory: place.stateDirectory, executionId: "run-2" });
    expect(finished(repaired).status).toBe("success");
  }));
