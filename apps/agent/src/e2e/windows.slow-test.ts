// The shipped executable for Windows on a Windows of Wine's.
import { chmodSync, chownSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { WindowsAgent, windowsProblem } from "../testing/windows-agent.js";

const problem = windowsProblem();
const describeOnWindows = problem === undefined ? describe : describe.skip;
const needs = problem === undefined ? "" : ` (${problem})`;

let agent: WindowsAgent;

if (problem === undefined) {
  beforeAll(async () => {
    agent = await WindowsAgent.make();
    // Wine starts its service of tasks when it is first asked, which takes long on a busy machine
    await agent.prefix.run("schtasks.exe", ["/Delete", "/TN", "none", "/F"]).catch(() => undefined);
  });
  beforeEach(async () => {
    rmSync(atC("work"), { recursive: true, force: true });
    await agent.prefix.makeFolder("work");
    writeFileSync(atC("work", "wait.bat"), WAIT);
  });
  afterAll(() => agent.prefix.remove());
}

const atC = (...parts: readonly string[]) => agent.prefix.path(...parts);

/** The folders in which runs keep their state. */
const states = () => readdirSync(STATE()).filter((name) => !name.startsWith("."));
const STATE = () => atC("ProgramData", "imagewright", "state");

/** Writes a document with these steps of the phase build. */
function write(...steps: readonly string[]): void {
  writeFileSync(
    atC("work", "doc.yml"),
    `schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n${steps.map((step) => `      - ${step}\n`).join("")}`,
  );
}

// Windows has no command that waits without a console
const WAIT = "@echo.>waiting\r\n:again\r\n@if not exist go goto again\r\n";
const APPEND = "{ name: Append, action: AppendFile, inputs: { path: 'C:\\work\\a.txt', content: x } }";
const CREATE = "{ name: Create, action: CreateFile, inputs: { path: 'C:\\work\\a.txt' } }";

describeOnWindows(`ib-agent.exe${needs}`, () => {
  test("runs a document, and writes its log folder", async () => {
    write(
      "{ name: Make, action: CreateFile, inputs: { path: 'sub\\a.txt', content: hello } }",
      "{ name: Registry, action: SetRegistry, inputs: { path: 'HKLM:\\SOFTWARE\\Agent', name: Version, value: 3, type: DWORD } }",
      "{ name: Run, action: ExecuteBinary, inputs: { path: cmd.exe, arguments: [/c, 'echo from %OS%& type sub\\a.txt'] } }",
      "{ name: Check, action: Assert, inputs: { stringEquals: \"from Windows_NT\\r\\nhello\", value: '{{ build.Run.outputs.stdout }}' } }",
    );
    const { code, stdout, stderr } = await agent.run("run", "-d", "doc.yml", "--log-directory", "C:\\work\\logs");
    expect([code, stderr]).toEqual([0, ""]);
    const result = JSON.parse(stdout) as { readonly logUrl: string };
    expect(result).toMatchObject({ status: "success", executedStepCount: 4, logUrl: expect.stringMatching(/^C:\\work\\logs\\TOE_/) });
    expect(await agent.prefix.run("reg.exe", ["query", "HKLM\\SOFTWARE\\Agent", "/v", "Version"])).toContain("0x3");
    const logs = atC("work", "logs", result.logUrl.split("\\").at(-1) ?? "");
    expect(readdirSync(logs).sort()).toEqual(["application.log", "chaining.json", "console.log", "detailedoutput.json", "document.yaml"]);
    expect(readFileSync(join(logs, "console.log"), "utf8")).toMatch(/Info Stdout: from Windows_NT\r?\n/);
    expect(states()).toEqual([]);
  });

  test("validates documents, with Windows' rules for names", async () => {
    write(
      "{ name: Make, action: CreateFile, inputs: { path: 'C:\\work\\nul' } }",
      "{ name: Bash, action: ExecuteBash, inputs: { commands: [ls] } }",
    );
    const { code, stderr } = await agent.run("validate", "-d", "doc.yml");
    expect([code, stderr]).toEqual([1, expect.stringContaining('cannot contain the name "nul", which is a device of Windows')]);
    expect(stderr).toContain("ExecuteBash does not run on Windows; it runs on Linux and macOS");
  });

  test("Reboot ends it with 3010, and the same command continues with the next step", async () => {
    write(CREATE, APPEND, "{ name: Restart, action: Reboot }", APPEND.replace("Append", "Again"));
    const command = ["run", "-d", "doc.yml", "--log-directory", "C:\\work\\logs"];
    const first = await agent.run(...command);
    expect([first.code, first.stderr]).toEqual([
      3010,
      expect.stringMatching(
        /^step Restart asks for a restart, which is left to the caller \(the agent restarts Windows with --restart system\)/,
      ),
    ]);
    expect([states().length, readFileSync(atC("work/a.txt"), "utf8")]).toEqual([1, "x"]);
    const second = await agent.run(...command);
    expect([second.code, JSON.parse(second.stdout)]).toEqual([0, expect.objectContaining({ status: "success" })]);
    expect([states(), readFileSync(atC("work/a.txt"), "utf8")]).toEqual([[], "xx"]);
  });

  const RESTARTED = ["run", "-d", "doc.yml", "--execution-id", "restarted", "--restart", "system", "--log-directory", "C:\\work\\logs"];
  const TASK = ["windows", "system32", "tasks", "Imagewright restarted"];

  test("--restart system sets a task of Windows, which the run that continues removes", async () => {
    write(CREATE, APPEND, "{ name: Restart, action: Reboot }", APPEND.replace("Append", "Again"));
    // Wine's shutdown.exe does nothing
    const first = await agent.run(...RESTARTED);
    expect([first.code, first.stderr, existsSync(atC(...TASK))]).toEqual([
      ...[3010, "step Restart asks for a restart; the machine restarts, and the run continues automatically\n", true],
    ]);
    const second = await agent.run("run", "--resume", "restarted");
    expect([second.code, readFileSync(atC("work/a.txt"), "utf8"), existsSync(atC(...TASK))]).toEqual([0, "xx", false]);
  });

  // Wine's schtasks.exe keeps neither what a task starts nor when
  test("what the task is, and that its command continues the run", async () => {
    await agent.record("schtasks.exe", "shutdown.exe");
    write(CREATE, APPEND, "{ name: Restart, action: Reboot }", APPEND.replace("Append", "Again"));
    expect((await agent.run(...RESTARTED)).code).toBe(3010);
    const state = states()[0] ?? "";
    const [created, restarted] = readFileSync(atC("tools.txt"), "utf8").split(/\r?\n/);
    expect(created).toMatch(/System32\\schtasks\.exe"? \/Create \/TN "Imagewright restarted" \/XML \S+\\restarted\\task\.xml \/F$/i);
    expect(restarted).toMatch(/System32\\shutdown\.exe"? \/r \/t 0 \/f$/i);
    const task = readFileSync(atC("task.xml"), "utf16le");
    const [program, line] = ["Command", "Arguments"].map((name) => new RegExp(`<${name}>(.*)</${name}>`).exec(task)?.[1] ?? "");
    expect([program, line]).toEqual([
      "C:\\ib-agent.exe",
      expect.stringMatching(/^run --resume restarted --state-directory C:\\ProgramData\\imagewright\\state --restart system$/),
    ]);
    expect(state).toBe("restarted");
    expect((await agent.run(...(line ?? "").split(" "))).code).toBe(0);
    expect([readFileSync(atC("work/a.txt"), "utf8"), states()]).toEqual(["xx", []]);
    expect(readFileSync(atC("tools.txt"), "utf8")).toMatch(/schtasks\.exe"? \/Delete \/TN "Imagewright restarted" \/F\r?\n$/i);
  });

  test("exit codes of commands have more than eight bits", async () => {
    const exit = (name: string, code: number) =>
      `{ name: ${name}, action: ExecuteBinary, onFailure: Continue, inputs: { path: cmd.exe, arguments: [/c, 'exit ${code}'] } }`;
    write(exit("A256", 256), exit("Restart", 3010));
    const { code, stderr } = await agent.run("run", "-d", "doc.yml", "--execution-id", "codes", "--log-directory", "C:\\work\\logs");
    expect([code, stderr]).toEqual([3010, expect.stringMatching(/^step Restart asks for a restart/)]);
    const [logs = ""] = readdirSync(atC("work", "logs"));
    expect(readFileSync(atC("work", "logs", logs, "console.log"), "utf8")).toContain("the command exited with code 256");
    rmSync(join(STATE(), "codes"), { recursive: true });
  });

  describe("other users of the machine", () => {
    const others = (path: string) => statSync(path).mode & 0o007;
    const start = (...flags: readonly string[]) => agent.run("run", "-d", "doc.yml", "--log-directory", "C:\\work\\logs", ...flags);

    test("can neither enter the folders of state and logs, nor those of jobs, whose access lists are made with them", async () => {
      rmSync(join(STATE(), ".."), { recursive: true, force: true });
      write("{ name: Restart, action: Reboot }");
      expect((await start("--execution-id", "private")).code).toBe(3010);
      const [logs = ""] = readdirSync(atC("work", "logs"));
      // what is inside inherits the list on Windows, and not with Wine
      const paths = [join(STATE(), ".."), STATE(), atC("work", "logs", logs)];
      expect(paths.map(others)).toEqual([0, 0, 0]);
      expect((await start("--execution-id", "private", "--log-readers", "all")).code).toBe(0);
      write(CREATE);
      expect((await start("--log-readers", "all", "--job", "C:\\work\\job")).code).toBe(0);
      expect(others(atC("work", "job"))).toBe(0);
      expect(
        readdirSync(atC("work", "logs"))
          .map((name) => others(atC("work", "logs", name)))
          .sort(),
      ).toEqual([0, 5]);
    });

    // Wine makes access lists of the owner and mode that files have on Linux
    test.each([
      ["can write to the state folder", () => chmodSync(STATE(), 0o777), "C:\\ProgramData\\imagewright"],
      ["have made the state folder", () => chownSync(STATE(), 65534, 65534), "C:\\ProgramData\\imagewright"],
      ["have made the folder above it", () => chownSync(join(STATE(), ".."), 65534, 65534), "C:\\ProgramData"],
      ["can replace that", () => chmodSync(atC("ProgramData"), 0o777), "C:\\"],
    ])("%s: nothing runs, and nothing is resumed", async (_, attack, above) => {
      write(CREATE, "{ name: Restart, action: Reboot }", APPEND);
      expect((await start("--execution-id", "attacked")).code).toBe(3010);
      rmSync(atC("work/a.txt"));
      try {
        attack();
        const refused = [await start(), await agent.run("run", "--resume", "attacked")];
        const state = "C:\\ProgramData\\imagewright\\state";
        const reason = `${JSON.stringify(above)} is above it, and others than its owner can replace what is in it`;
        const message = `error: the state of the run is not taken from ${JSON.stringify(state)}: ${reason} [component-runner/state-refused]`;
        expect(refused.map(({ code, stderr }) => [code, stderr.split("\n")[0]])).toEqual([
          [1, message],
          [1, message],
        ]);
        expect(existsSync(atC("work/a.txt"))).toBe(false);
      } finally {
        chmodSync(atC("ProgramData"), 0o755);
        rmSync(join(STATE(), ".."), { recursive: true, force: true });
      }
    });
  });

  test("a run whose agent was killed continues with the step that was interrupted", async () => {
    write(CREATE, APPEND, "{ name: Wait, action: ExecuteBinary, inputs: { path: cmd.exe, arguments: [/c, wait.bat] } }");
    const killed = agent.start("C:\\ib-agent.exe", "run", "-d", "doc.yml", "--execution-id", "killed", "--log-directory", "logs");
    while (!existsSync(atC("work/waiting"))) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(agent.processesWith("wait.bat")).not.toEqual([]);
    killed.kill("SIGKILL");
    await new Promise((resolve) => killed.once("exit", resolve));
    writeFileSync(atC("work/go"), "");
    const { code, stdout } = await agent.run("run", "--resume", "killed");
    expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ executionId: "killed", status: "success" })]);
    expect([states(), readFileSync(atC("work/a.txt"), "utf8")]).toEqual([[], "x"]);
  });

  test("Ctrl-C on its console ends the step with its processes", async () => {
    write(CREATE, "{ name: Wait, action: ExecuteBinary, inputs: { path: cmd.exe, arguments: [/c, wait.bat] } }");
    const { code, output } = await agent.runUntilCtrlC("C:\\work\\waiting", "run", "-d", "doc.yml", "--log-directory", "logs");
    expect([code, output.split("\n")[0], output.trimEnd().split("\n").at(-1)]).toEqual([
      ...[130, "SIGINT: ending the running step and its processes", "cancelled"],
    ]);
    expect(output).toContain('"failureMessage": "the run was cancelled"');
    expect(agent.processesWith("wait.bat")).toEqual([]);
  });

  test("a step that takes too long is ended", async () => {
    write("{ name: Wait, action: ExecuteBinary, timeoutSeconds: 1, inputs: { path: cmd.exe, arguments: [/c, wait.bat] } }");
    const { code, stdout } = await agent.run("run", "-d", "doc.yml", "--log-directory", "logs");
    expect([code, JSON.parse(stdout)]).toEqual([1, expect.objectContaining({ status: "failed", failedStepCount: 1 })]);
    expect([existsSync(atC("work/waiting")), agent.processesWith("wait.bat")]).toEqual([true, []]);
  });

  test("help names the exit code of Windows", async () => {
    expect((await agent.run("--help")).stdout).toContain("3010 the machine has to restart before the run continues");
  });
});
