// Runs of the shipped executable that a restart, a kill or a loss of power interrupts, on a Windows of Wine's.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { makeMsi } from "@imagewright/test-kit/windows";
import { expect, test } from "@jest/globals";
import { FAILING_ALWAYS, FAILING_ONCE, POWER_SHELL, REFUSING, SHUTDOWN_PENDING } from "../testing/windows-programs.js";
import { APPEND, CREATE, describeOnWindows, WAIT } from "../testing/describe-on-windows.js";

describeOnWindows("ib-agent.exe: runs that are interrupted", ({ agent, atC, stateFolder, states, write }) => {
  test("Reboot ends it with 3010, and the same command continues with the next step", async () => {
    write(CREATE, APPEND, "{ name: Restart, action: Reboot }", APPEND.replace("Append", "Again"));
    const command = ["run", "-d", "doc.yml", "--log-directory", "C:\\work\\logs"];
    const first = await agent().run(...command);
    expect([first.code, first.stderr]).toEqual([
      3010,
      expect.stringMatching(
        /^step Restart asks for a restart, which is left to the caller \(the agent restarts Windows with --restart system\)/,
      ),
    ]);
    expect([states().length, readFileSync(atC("work/a.txt"), "utf8")]).toEqual([1, "x"]);
    const second = await agent().run(...command);
    expect([second.code, JSON.parse(second.stdout)]).toEqual([0, expect.objectContaining({ status: "success" })]);
    expect([states(), readFileSync(atC("work/a.txt"), "utf8")]).toEqual([[], "xx"]);
  });

  const RESTARTED = ["run", "-d", "doc.yml", "--execution-id", "restarted", "--restart", "system", "--log-directory", "C:\\work\\logs"];
  const TASK = ["windows", "system32", "tasks", "Imagewright restarted"];

  test("--restart system sets a task of Windows, which the run that continues removes", async () => {
    write(CREATE, APPEND, "{ name: Restart, action: Reboot }", APPEND.replace("Append", "Again"));
    // Wine's shutdown.exe does nothing
    const first = await agent().run(...RESTARTED);
    expect([first.code, first.stderr, existsSync(atC(...TASK))]).toEqual([
      ...[3010, "step Restart asks for a restart; the machine restarts, and the run continues automatically\n", true],
    ]);
    const second = await agent().run("run", "--resume", "restarted");
    expect([second.code, readFileSync(atC("work/a.txt"), "utf8"), existsSync(atC(...TASK))]).toEqual([0, "xx", false]);
  });

  // Wine's schtasks.exe keeps neither what a task starts nor when
  test("what the task is, and that its command continues the run", async () => {
    await agent().record("schtasks.exe", "shutdown.exe");
    write(CREATE, APPEND, "{ name: Restart, action: Reboot }", APPEND.replace("Append", "Again"));
    expect((await agent().run(...RESTARTED)).code).toBe(3010);
    const state = states()[0] ?? "";
    // when the run begins, and when it asks for the restart
    const [created, again, restarted] = readFileSync(atC("tools.txt"), "utf8").split(/\r?\n/);
    expect(again).toBe(created);
    expect(created).toMatch(/System32\\schtasks\.exe"? \/Create \/TN "Imagewright restarted" \/XML \S+\\restarted\\task\.xml \/F$/i);
    expect(restarted).toMatch(/System32\\shutdown\.exe"? \/r \/t 0 \/f$/i);
    const task = readFileSync(atC("task.xml"), "utf16le");
    const [program, line] = ["Command", "Arguments"].map((name) => new RegExp(`<${name}>(.*)</${name}>`).exec(task)?.[1] ?? "");
    expect([program, line]).toEqual([
      "C:\\ib-agent.exe",
      expect.stringMatching(/^run --resume restarted --state-directory C:\\ProgramData\\imagewright\\state --restart system$/),
    ]);
    // the account of users under Wine
    expect([state, /<UserId>(.*)<\/UserId>\s*<LogonType>(.*)<\/LogonType>/.exec(task)?.slice(1)]).toEqual([
      ...["restarted", ["S-1-5-21-0-0-0-1000", "S4U"]],
    ]);
    expect((await agent().run(...(line ?? "").split(" "))).code).toBe(0);
    expect([readFileSync(atC("work/a.txt"), "utf8"), states()]).toEqual(["xx", []]);
    expect(readFileSync(atC("tools.txt"), "utf8")).toMatch(/schtasks\.exe"? \/Delete \/TN "Imagewright restarted" \/F\r?\n$/i);
  });

  // Wine takes the name of the account from the environment; its SID is always the same
  test("the task of a managed service account has the password that the domain keeps", async () => {
    rmSync(atC("tools.txt"), { force: true });
    write(CREATE);
    agent().withEnvironment({ USER: "builds$" });
    const { code } = await agent().run(...RESTARTED);
    agent().withEnvironment({ USER: "root" });
    expect([code, readFileSync(atC("tools.txt"), "utf8").split(/\r?\n/)[0]]).toEqual([
      ...[0, expect.stringMatching(/\\task\.xml \/RU "?[^\\ ]+\\builds\$"? \/RP "" \/F$/)],
    ]);
    expect(/<UserId>(.*)<\/UserId>\s*<LogonType>(.*)<\/LogonType>/.exec(readFileSync(atC("task.xml"), "utf16le"))?.slice(1)).toEqual([
      ...["S-1-5-21-0-0-0-1000", "Password"],
    ]);
  });

  test("where Windows makes no task, nothing runs: the run could not continue", async () => {
    await agent().replace(REFUSING, "schtasks.exe");
    write(CREATE);
    const { code, stderr } = await agent().run(...RESTARTED);
    await agent().record("schtasks.exe");
    rmSync(join(stateFolder(), "restarted"), { recursive: true });
    expect([code, existsSync(atC("work/a.txt")), stderr.split("\n")[0]]).toEqual([
      ...[1, false],
      'error: the run cannot be continued after a restart: "schtasks /Create" failed: "schtasks.exe" ended with code 1: FEHLER: Das ist für Sie nicht erlaubt. [agent/trigger-not-set]',
    ]);
  });

  test("the task is removed although Windows fails to do so at first", async () => {
    await agent().replace(FAILING_ONCE, "schtasks.exe");
    write(CREATE);
    expect((await agent().run(...RESTARTED)).code).toBe(0);
    expect(existsSync(atC("failed.txt"))).toBe(true);
    expect(readFileSync(atC("tools.txt"), "utf8")).toMatch(/schtasks\.exe"? \/Delete \/TN "Imagewright restarted" \/F\r?\n$/i);
  });

  test("a task that Windows does not remove is named, with the command that does", async () => {
    await agent().replace(FAILING_ALWAYS, "schtasks.exe");
    rmSync(atC("tools.txt"), { force: true });
    write(CREATE);
    expect(await agent().run(...RESTARTED)).toMatchObject({
      code: 0,
      stderr:
        'Windows did not remove the task that would continue the run, which has ended; remove it with schtasks /Delete /TN "Imagewright restarted" /F\n',
    });
    const tries = ["/Delete", "/Query", "/Delete", "/Query", "/Delete", "/Query"];
    expect(readFileSync(atC("tools.txt"), "utf8").match(/\/(Create|Delete|Query)/g)).toEqual(["/Create", ...tries]);
  });

  test("a restart that a step has asked for itself, before it ended with 3010, counts as the agent's", async () => {
    await agent().replace(SHUTDOWN_PENDING, "shutdown.exe");
    write(
      "{ name: Restart, action: ExecuteBinary, inputs: { path: cmd.exe, arguments: [/c, 'if not exist once (echo.>once& exit 3010)'] } }",
    );
    const flags = ["--execution-id", "asked", "--restart", "system", "--log-directory", "logs"];
    const { code, stderr } = await agent().run("run", "-d", "doc.yml", ...flags);
    expect([code, stderr]).toEqual([3010, "step Restart asks for a restart; the machine restarts, and the run continues automatically\n"]);
    expect((await agent().run("run", "--resume", "asked")).code).toBe(0);
  });

  const ENDED = "{ name: Ended, action: ExecuteBinary, inputs: { path: 'C:\\ended.exe' } }";

  test("a command that Windows ends because it shuts down has not failed: the run continues with its step", async () => {
    writeFileSync(atC("work", "down"), "");
    write(CREATE, APPEND, ENDED, APPEND.replace("Append", "Again"));
    const begin = (id: string, ...flags: readonly string[]) =>
      agent().run("run", "-d", "doc.yml", "--log-directory", "logs", "--execution-id", id, ...flags);
    expect(await begin("ended")).toEqual({
      ...{ code: 3010, stdout: "", stderr: "Windows shuts down; continue the run with ib-agent run --resume ended\n" },
    });
    expect((await begin("system", "--restart", "system")).stderr).toBe(
      "Windows shuts down; the run continues automatically after a restart\n",
    );
    rmSync(atC("work", "down"));
    const { code, stdout } = await agent().run("run", "--resume", "ended");
    expect([code, JSON.parse(stdout), readFileSync(atC("work/a.txt"), "utf8")]).toEqual([
      ...[0, expect.objectContaining({ executedStepCount: 4 }), "xx"],
    ]);
    expect((await agent().run("run", "--resume", "system", "--restart", "system")).code).toBe(0);
    expect(states()).toEqual([]);
  });

  test("what is said before it ends comes out of a pipe that is full of other output", async () => {
    writeFileSync(atC("work", "down"), "");
    writeFileSync(atC("work", "much.txt"), "some line of a long text\r\n".repeat(20_000));
    write("{ name: Much, action: ExecuteBinary, inputs: { path: cmd.exe, arguments: [/c, type much.txt] } }", ENDED);
    const flags = ["--log-directory", "logs", "--execution-id", "piped", "--show-output"];
    const { code, output } = await agent().runOnPipe("run", "-d", "doc.yml", ...flags);
    expect([code, output.trimEnd().split("\n").at(-1)]).toEqual([
      ...[3010, "Windows shuts down; continue the run with ib-agent run --resume piped"],
    ]);
    rmSync(join(stateFolder(), "piped"), { recursive: true });
  });

  test("--restart system keeps its task set as long as the run lasts: it continues after the power has failed", async () => {
    const tools = () =>
      readFileSync(atC("tools.txt"), "utf8")
        .split(/\r?\n/)
        .map((line) => /\/(Create|Delete)/.exec(line)?.[1] ?? "");
    await agent().record("schtasks.exe", "shutdown.exe");
    rmSync(atC("tools.txt"), { force: true });
    write(CREATE, APPEND, WAIT);
    const flags = ["--execution-id", "off", "--restart", "system", "--log-directory", "logs"];
    const running = agent().start("C:\\ib-agent.exe", "run", "-d", "doc.yml", ...flags);
    while (!existsSync(atC("work/waiting"))) await new Promise((resolve) => setTimeout(resolve, 50));
    const over = new Promise((resolve) => running.once("exit", resolve));
    agent().prefix.powerOff();
    await over;
    expect([states(), tools()]).toEqual([["off"], ["Create", ""]]);
    writeFileSync(atC("work/go"), "");
    const line = /<Arguments>(.*)<\/Arguments>/.exec(readFileSync(atC("task.xml"), "utf16le"))?.[1] ?? "";
    const { code, stderr } = await agent().run(...line.split(" "));
    expect([code, stderr, readFileSync(atC("work/a.txt"), "utf8"), states()]).toEqual([0, "", "x", []]);
    // the task that has started it, and its own
    expect(tools()).toEqual(["Create", "Delete", "Create", "Delete", ""]);
    // the task of a run whose agent was killed when the state was gone
    expect((await agent().run(...line.split(" "))).code).toBe(1);
    expect(tools()).toEqual(["Create", "Delete", "Create", "Delete", "Delete", ""]);
  });

  test("a run in progress keeps its task when another process is refused to continue it", async () => {
    await agent().record("schtasks.exe", "shutdown.exe");
    rmSync(atC("tools.txt"), { force: true });
    write(CREATE, APPEND, WAIT);
    const flags = ["--execution-id", "kept", "--restart", "system", "--log-directory", "logs"];
    const running = agent().start("C:\\ib-agent.exe", "run", "-d", "doc.yml", ...flags);
    const over = new Promise((resolve) => running.once("exit", resolve));
    while (!existsSync(atC("work/waiting"))) await new Promise((resolve) => setTimeout(resolve, 50));
    const refused = await agent().run("run", "--resume", "kept", "--restart", "system");
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("[component-runner/state-in-use]")]);
    expect(readFileSync(atC("tools.txt"), "utf8").match(/\/Create|\/Delete/g)).toEqual(["/Create"]);
    expect([existsSync(join(stateFolder(), "kept", "task.xml")), existsSync(join(stateFolder(), "kept", "interruptions"))]).toEqual([
      ...[true, false],
    ]);
    writeFileSync(atC("work/go"), "");
    await over;
    expect([states(), readFileSync(atC("work/a.txt"), "utf8")]).toEqual([[], "x"]);
  });

  test("a step that takes the machine down each time ends to be started again", async () => {
    await agent().record("schtasks.exe", "shutdown.exe");
    rmSync(atC("tools.txt"), { force: true });
    writeFileSync(atC("work", "down"), "");
    write(ENDED);
    const flags = ["--execution-id", "always", "--restart", "system", "--log-directory", "logs"];
    await agent().run("run", "-d", "doc.yml", ...flags);
    writeFileSync(join(stateFolder(), "always", "interruptions"), "-".repeat(15));
    const { stderr } = await agent().run("run", "--resume", "always", "--restart", "system");
    expect(stderr.split("\n")[0]).toBe(
      "the run has been interrupted 15 times already; after a further restart continue it with ib-agent run --resume always",
    );
    expect(readFileSync(atC("tools.txt"), "utf8").match(/\/Create|\/Delete/g)).toEqual(["/Create", "/Delete"]);
    rmSync(join(stateFolder(), "always"), { recursive: true });
  });

  test.each(["Allow", "Force"])("InstallMSI with reboot %s: the next step runs after the restart, whoever restarts", async (reboot) => {
    await withTemporaryFolder(async (folder) => agent().prefix.copyIn(makeMsi(folder, { restart: reboot === "Allow" }), "tool.msi"));
    await agent().record("shutdown.exe");
    const msi = "path: 'C:\\tool.msi', ignoreAuthenticodeSignatureErrors: true, allowUnsignedInstaller: true";
    const install = (name: string, verb = "InstallMSI") => `{ name: ${name}, action: ${verb}, inputs: { ${msi}, reboot: ${reboot} } }`;
    write(CREATE, install("Install"), APPEND, install("Remove", "UninstallMSI"), APPEND.replace("Append", "Again"));
    const first = await agent().run("run", "-d", "doc.yml", "--log-directory", "logs", "--execution-id", "msi", "--restart", "system");
    expect([
      first.code,
      existsSync(atC("Program Files (x86)", "ExampleTool", "tool.txt")),
      readFileSync(atC("work/a.txt"), "utf8"),
    ]).toEqual([...[3010, true, ""]]);
    const second = await agent().run("run", "--resume", "msi");
    expect([second.code, existsSync(atC("Program Files (x86)", "ExampleTool")), readFileSync(atC("work/a.txt"), "utf8")]).toEqual([
      ...[3010, false, "x"],
    ]);
    expect([(await agent().run("run", "--resume", "msi")).code, readFileSync(atC("work/a.txt"), "utf8")]).toEqual([0, "xx"]);
  });

  test("Reboot with delaySeconds: Windows is restarted after that time, and the next step runs then", async () => {
    await agent().record("shutdown.exe");
    rmSync(atC("tools.txt"), { force: true });
    write(CREATE, "{ name: Restart, action: Reboot, inputs: { delaySeconds: 3 } }", APPEND);
    const { code, stderr } = await agent().run(...RESTARTED);
    expect([code, stderr]).toEqual([
      ...[3010, "step Restart asks for a restart; the machine restarts in 3 s, and the run continues automatically\n"],
    ]);
    const [logs = ""] = readdirSync(atC("work", "logs"));
    const [, asked = ""] = /^(\S+ \S+) Info Step Restart/m.exec(readFileSync(atC("work", "logs", logs, "console.log"), "utf8")) ?? [];
    expect(readFileSync(atC("tools.txt"), "utf8")).toMatch(/shutdown\.exe"? \/r \/t 0 \/f\r?\n$/i);
    expect(statSync(atC("tools.txt")).mtimeMs - Date.parse(`${asked.replace(" ", "T")}Z`)).toBeGreaterThanOrEqual(3_000);
    expect([(await agent().run("run", "--resume", "restarted")).code, readFileSync(atC("work/a.txt"), "utf8")]).toEqual([0, "x"]);
  });

  // there is no PowerShell
  test("ExecutePowerShell that ends with 3010, and UpdateOS whose update needs a restart, run again after it", async () => {
    await agent().replace(POWER_SHELL, "WindowsPowerShell/v1.0/powershell.exe");
    write(
      CREATE,
      "{ name: Script, action: ExecutePowerShell, inputs: { commands: ['# restart once'] } }",
      APPEND,
      "{ name: Update, action: UpdateOS }",
      APPEND.replace("Append", "Again"),
    );
    const command = ["run", "-d", "doc.yml", "--log-directory", "C:\\work\\logs", "--execution-id", "power"];
    const ends: unknown[] = [];
    for (let run = 0; run < 3; run++) ends.push([(await agent().run(...command)).code, readFileSync(atC("work/a.txt"), "utf8")]);
    expect(ends).toEqual([
      [3010, ""],
      [3010, "x"],
      [0, "xx"],
    ]);
    const [logs = ""] = readdirSync(atC("work", "logs"));
    expect(readFileSync(atC("work", "logs", logs, "console.log"), "utf8")).toMatch(/installed Update \(KB1\)/);
  });
});
