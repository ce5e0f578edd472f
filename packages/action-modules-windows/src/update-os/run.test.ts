import { runAction } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { FOR_POWER_SHELL, ON_WINDOWS, WindowsStandIn, type Answer } from "../testing/windows-stand-in.js";
import { updateOsOnWindows } from "./index.js";
import { installScript, SEARCH_SCRIPT } from "./scripts.js";

const POWER_SHELL = "D:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe";

/** An update whose id is made of one digit. */
function update(digit: number, title: string, { asks = false, articles = [] as readonly string[] } = {}) {
  return { id: `${`${digit}`.repeat(8)}-0000-0000-0000-000000000000.200`, title, articles, asks };
}

const found = (updates: readonly unknown[], restart = false): Answer => ({ stdout: `${JSON.stringify({ updates, restart })}\r\n` });
interface Installed {
  readonly restart?: boolean;
  /** The codes of those that fail, by their titles. */
  readonly failed?: Readonly<Record<string, string>>;
}
const installed = (updates: readonly ReturnType<typeof update>[], { restart = false, failed = {} }: Installed = {}): Answer =>
  found(
    updates.map(({ id, title }) => ({ id, step: "install", done: failed[title] === undefined, code: failed[title] ?? "0x00000000" })),
    restart,
  );

/** How UpdateOS ends if PowerShell answers its scripts in turn, and the scripts: `search`, or `install` with the ids' first digits. */
function run(lists: Parameters<typeof updateOsOnWindows.run>[0], ...answers: readonly Answer[]) {
  return runIn({}, lists, ...answers);
}

/** The same after a restart that the step has asked for. */
function runAgain(lists: Parameters<typeof updateOsOnWindows.run>[0], ...answers: readonly Answer[]) {
  return runIn({ isAfterRestart: true }, lists, ...answers);
}

async function runIn(
  context: { readonly isAfterRestart?: boolean },
  lists: Parameters<typeof updateOsOnWindows.run>[0],
  ...answers: readonly Answer[]
) {
  const scripts: string[] = [];
  const windows = new WindowsStandIn((_, script) => answers[scripts.push(script) - 1] ?? { exit: 9 });
  const ran = await runAction(updateOsOnWindows, lists, { ...ON_WINDOWS, ...context, host: windows.host });
  const asked = scripts.map((script) => {
    const chosen = /^ {2}\$chosen = (.*)$/m.exec(script.replace("\ufeff", ""))?.[1];
    return chosen === undefined ? "search" : `install ${[...chosen.matchAll(/'(\d)/g)].map(([, digit]) => digit).join(" ")}`;
  });
  return { ...ran, asked, scripts, windows };
}

const CUMULATIVE = update(1, "2026-11 Cumulative Update for Windows Server (KB5034123)", { articles: ["5034123"] });
const SECURITY = update(2, "Security Update for Example (KB7654321)");
const DRIVER = update(3, "Example - Net - 1.2.3");

// there is no PowerShell here: what it is given is checked, and what it answers is the test's
describe("chapter 19: UpdateOS on Windows", () => {
  test("the scripts, how they are run, and that they are removed", async () => {
    const { windows, scripts } = await run({}, found([CUMULATIVE, DRIVER]), installed([CUMULATIVE, DRIVER]), found([]));
    for (const command of windows.commands) {
      const script = command.arguments.at(-1) ?? "";
      expect(script).toMatch(/^C:\\temp\\script-\d+\.ps1$/);
      expect(command).toEqual({
        file: POWER_SHELL,
        arguments: ["-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File", script],
        workingDirectory: "C:\\work",
        environment: FOR_POWER_SHELL,
      });
    }
    expect(scripts).toEqual([SEARCH_SCRIPT, installScript([CUMULATIVE.id, DRIVER.id]), SEARCH_SCRIPT].map((text) => `\ufeff${text}`));
    expect([...windows.files]).toEqual([]);
  });

  test("installs all updates, also those that are available only then", async () => {
    const { result, log, asked } = await run(
      {},
      found([CUMULATIVE]),
      installed([CUMULATIVE]),
      found([DRIVER]),
      installed([DRIVER]),
      found([]),
    );
    expect([result, asked]).toEqual([{ status: "succeeded", changed: true }, ["search", "install 1", "search", "install 3", "search"]]);
    expect(log).toEqual([
      ...[`installing ${CUMULATIVE.title}`, `installed ${CUMULATIVE.title}`],
      ...[`installing ${DRIVER.title}`, `installed ${DRIVER.title}`],
    ]);
  });

  test.each([
    [{ include: [], exclude: [] }, "install 1 2 3"],
    [{ include: ["KB5034123"] }, "install 1"],
    [{ include: ["5034123", "kb7654321"] }, "install 1 2"],
    [{ include: ["security*"] }, "install 2"],
    [{ include: ["*Update*"], exclude: ["*Cumulative*"] }, "install 2"],
    [{ include: ["KB50*"] }, "install 1"],
    [{ exclude: ["* (KB*)"] }, "install 3"],
    [{ exclude: ["KB503412"] }, "install 1 2 3"],
  ])("%j", async (lists, expected) => {
    expect((await run(lists, found([CUMULATIVE, SECURITY, DRIVER]))).asked).toEqual(["search", expected]);
  });

  test("only the last line of standard output is the answer, and nothing of it is shown", async () => {
    const noisy = { stdout: 'WARNING: {"updates":1}\r\n\r\n{"updates":[],"restart":false}\r\n\r\n', stderr: "some warning\r\n" };
    const { result, stdout, stderr } = await run({}, noisy);
    expect([result, stdout, stderr]).toEqual([{ status: "succeeded", changed: false }, "", ""]);
  });

  test("nothing to install", async () => {
    const { result, log } = await run({ include: ["KB1"], exclude: ["*"] }, found([CUMULATIVE]));
    expect([result, log]).toEqual([{ status: "succeeded", changed: false }, ['no available update matches "KB1"', "nothing was updated"]]);
  });

  test("what is installed or replaced by another is not tried again", async () => {
    const { result, asked } = await run({}, found([CUMULATIVE, DRIVER]), installed([CUMULATIVE]), found([DRIVER]));
    expect([result.status, asked]).toEqual(["succeeded", ["search", "install 1 3", "search"]]);
  });

  test("an update that asks questions is left out", async () => {
    const { log, asked } = await run({}, found([CUMULATIVE, update(4, "Asking", { asks: true })]), installed([CUMULATIVE]), found([]));
    expect([asked[1], log[0]]).toEqual(["install 1", "left out, since its installation asks questions: Asking"]);
  });

  const RESTART = { status: "reboot", resume: "same-step", delaySeconds: 0 };

  test("a restart, after which the same step installs the rest", async () => {
    const before = await run(
      {},
      found([CUMULATIVE, DRIVER]),
      installed([CUMULATIVE, DRIVER], { restart: true, failed: { [DRIVER.title]: "0x80240016" } }),
    );
    expect([before.result, before.asked]).toEqual([RESTART, ["search", "install 1 3"]]);
    expect(before.log.at(-1)).toBe(`failed to install ${DRIVER.title}: 0x80240016`);
    const after = await runAgain({}, found([DRIVER]), installed([DRIVER]), found([]));
    expect(after.result).toEqual({ status: "succeeded", changed: true });
  });

  test("a restart after which nothing is left: the step has changed the machine", async () => {
    const { result, log } = await runAgain({ include: ["KB5034123"] }, found([DRIVER]));
    expect([result, log]).toEqual([{ status: "succeeded", changed: true }, ["no update is left"]]);
  });

  test("a restart that is due comes first", async () => {
    const { result, asked, log } = await run({}, found([CUMULATIVE], true));
    expect([result, asked, log]).toEqual([RESTART, ["search"], ["the machine restarts before more updates are installed"]]);
  });

  test("a restart that is due at the end, and only one where Windows asks for it again at once", async () => {
    const due = ["the machine restarts, as Windows asks for it"];
    const before = await run({}, found([], true));
    expect([before.result, before.log]).toEqual([RESTART, due]);
    const again = await runAgain({}, found([], true));
    expect([again.result, again.log]).toEqual([{ status: "succeeded", changed: true }, ["no update is left"]]);
    const more = await runAgain({}, found([DRIVER]), installed([DRIVER]), found([], true));
    expect([more.result, more.log.at(-1)]).toEqual([RESTART, due[0]]);
  });

  test("an update cannot be installed", async () => {
    const failed = { [CUMULATIVE.title]: "0x80070070", [DRIVER.title]: "0x80070643" };
    const { result } = await run({}, found([CUMULATIVE, SECURITY, DRIVER]), installed([CUMULATIVE, SECURITY, DRIVER], { failed }));
    expect(result).toEqual({
      status: "failed",
      reason: `Windows failed to install "${CUMULATIVE.title}" (0x80070070), and 1 more`,
      hints: ["the machine has too little disk space"],
    });
  });

  test("an update cannot be downloaded", async () => {
    const answer = found([{ id: DRIVER.id, step: "download", done: false, code: "0x80240438" }]);
    const { result, log } = await run({}, found([DRIVER]), answer);
    expect(result).toEqual({
      status: "failed",
      reason: `Windows failed to download "${DRIVER.title}" (0x80240438)`,
      hints: ["the update source cannot be reached; look at the machine's network and proxy"],
    });
    expect(log).toEqual([`installing ${DRIVER.title}`, `failed to download ${DRIVER.title}: 0x80240438`]);
  });

  test.each([
    [
      { exit: 1, stdout: '{"problem":"Zugriff verweigert","code":"0x80070005"}\r\n' },
      "Windows failed to install updates: Zugriff verweigert (0x80070005)",
    ],
    [{ exit: 1, stderr: "no such cmdlet\r\n" }, 'cannot install updates: PowerShell printed "no such cmdlet"'],
    [{ exit: 5 }, "cannot install updates: PowerShell exited with code 5"],
    [{}, "cannot install updates: PowerShell printed nothing"],
    [
      { exit: { kind: "not-started", reason: "not found" } as const },
      `"${POWER_SHELL.replaceAll("\\", "\\\\")}" did not run to its end: not found`,
    ],
  ])("the script that installs answers %j: the step fails, and no script is left", async (answer, reason) => {
    const { result, asked, windows } = await run({}, found([CUMULATIVE]), answer);
    expect([result, asked, [...windows.files]]).toEqual([{ status: "failed", reason }, ["search", "install 1"], []]);
  });

  describe("Windows Update cannot be asked", () => {
    test.each([
      [
        { exit: 1, stdout: '{"problem":"Der Dienst kann nicht gestartet werden. \\u00fc","code":"0x80070422"}\r\n' },
        "Windows failed to search for updates: Der Dienst kann nicht gestartet werden. ü (0x80070422)",
        ["the service Windows Update (wuauserv) is disabled; start it in a step before"],
      ],
      [{ exit: 1, stderr: "At line 1\r\nno such cmdlet\r\n" }, 'cannot search for updates: PowerShell printed "no such cmdlet"', []],
      [{ exit: 5 }, "cannot search for updates: PowerShell exited with code 5", []],
      [{}, "cannot search for updates: PowerShell printed nothing", []],
      [{ stdout: "{}" }, 'cannot search for updates: PowerShell printed "{}"', []],
      [{ exit: 3010, ...found([]) }, `cannot search for updates: PowerShell printed "{\\"updates\\":[],\\"restart\\":false}"`, []],
      [{ exit: 0, stdout: '{"problem":"no","code":"0x80240FFF"}' }, "Windows failed to search for updates: no (0x80240FFF)", []],
      [
        { exit: 0, stderr: '{"updates":[],"restart":false}' },
        `cannot search for updates: PowerShell printed "{\\"updates\\":[],\\"restart\\":false}"`,
        [],
      ],
      [
        { stdout: '{"updates":[{"id":"x\'; rm","title":"a","articles":[],"asks":false}],"restart":false}' },
        'cannot search for updates: PowerShell printed "x\'; rm"',
        [],
      ],
      [
        { exit: { kind: "not-started", reason: "not found" } as const },
        `"D:\\\\Windows\\\\System32\\\\WindowsPowerShell\\\\v1.0\\\\powershell.exe" did not run to its end: not found`,
        [],
      ],
    ])("PowerShell answers %j", async (answer, reason, hints) => {
      const ended = await run({}, answer);
      expect([ended.result, ended.hints]).toEqual([{ status: "failed", reason }, hints]);
    });
  });
});
