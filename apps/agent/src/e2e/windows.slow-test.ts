// The shipped executable for Windows on a Windows of Wine's.
import { chmodSync, chownSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { makeMsi } from "@imagewright/test-kit/windows";
import { describe, expect, test } from "@jest/globals";
import { APPEND, CREATE, describeOnWindows, WAIT } from "../testing/describe-on-windows.js";
import { SIGNATURES } from "../testing/windows-programs.js";

describeOnWindows("ib-agent.exe", ({ agent, atC, stateFolder, states, write }) => {
  test("runs a document, and writes its log folder", async () => {
    write(
      "{ name: Make, action: CreateFile, inputs: { path: 'sub\\a.txt', content: hello } }",
      "{ name: Registry, action: SetRegistry, inputs: { path: 'HKLM:\\SOFTWARE\\Agent', name: Version, value: 3, type: DWORD } }",
      "{ name: Run, action: ExecuteBinary, inputs: { path: cmd.exe, arguments: [/c, 'echo from %OS%& type sub\\a.txt'] } }",
      "{ name: Check, action: Assert, inputs: { stringEquals: \"from Windows_NT\\r\\nhello\", value: '{{ build.Run.outputs.stdout }}' } }",
    );
    const { code, stdout, stderr } = await agent().run("run", "-d", "doc.yml", "--log-directory", "C:\\work\\logs");
    expect([code, stderr]).toEqual([0, ""]);
    const result = JSON.parse(stdout) as { readonly logUrl: string };
    expect(result).toMatchObject({ status: "success", executedStepCount: 4, logUrl: expect.stringMatching(/^C:\\work\\logs\\TOE_/) });
    expect(await agent().prefix.run("reg.exe", ["query", "HKLM\\SOFTWARE\\Agent", "/v", "Version"])).toContain("0x3");
    const logs = atC("work", "logs", result.logUrl.split("\\").at(-1) ?? "");
    expect(readdirSync(logs).sort()).toEqual(["application.log", "chaining.json", "console.log", "detailedoutput.json", "document.yaml"]);
    expect(readFileSync(join(logs, "console.log"), "utf8")).toMatch(/Info Stdout: from Windows_NT\r?\n/);
    expect(states()).toEqual([]);
  });

  test("without --log-directory the logs are beside the state, in a folder that others cannot change", async () => {
    write(CREATE);
    const logs = atC("ProgramData", "imagewright", "logs");
    const run = () => agent().run("run", "-d", "doc.yml");
    const { code, stdout } = await run();
    const { logUrl } = JSON.parse(stdout) as { readonly logUrl: string };
    expect([code, logUrl]).toEqual([0, expect.stringMatching(/^C:\\ProgramData\\imagewright\\logs\\TOE_/)]);
    expect([logs, join(logs, logUrl.split("\\").at(-1) ?? "")].map((folder) => statSync(folder).mode & 0o007)).toEqual([0, 0]);
    chmodSync(logs, 0o777);
    const refused = await run();
    rmSync(logs, { recursive: true });
    expect([refused.code, refused.stderr.split("\n")[0]]).toEqual([
      ...[1, expect.stringMatching(/^error: the log folder "C:.*logs" is not used: .*\[component-runner\/log-folder-refused\]$/)],
    ]);
  });

  test("validates documents, with Windows' rules for names", async () => {
    write(
      "{ name: Make, action: CreateFile, inputs: { path: 'C:\\work\\nul' } }",
      "{ name: Bash, action: ExecuteBash, inputs: { commands: [ls] } }",
      "{ name: Own, action: CreateFile, inputs: { path: a.txt, owner: me, group: us, permissions: '0644' } }",
      "{ name: OwnFolder, action: CreateFolder, inputs: { path: a, owner: me, group: us, permissions: '0755' } }",
    );
    const { code, stderr } = await agent().run("validate", "-d", "doc.yml");
    expect([code, stderr]).toEqual([1, expect.stringContaining('cannot contain the name "nul", which is a device of Windows')]);
    expect(stderr).toContain("ExecuteBash does not run on Windows; it runs on Linux and macOS");
    for (const input of ["owner", "group", "permissions"])
      expect(stderr.match(new RegExp(`"${input}".*Windows`, "g"))).toEqual([expect.any(String), expect.any(String)]);
  });

  test("exit codes of commands have more than eight bits", async () => {
    const exit = (name: string, code: number) =>
      `{ name: ${name}, action: ExecuteBinary, onFailure: Continue, inputs: { path: cmd.exe, arguments: [/c, 'exit ${code}'] } }`;
    write(exit("A256", 256), exit("Restart", 3010));
    const { code, stderr } = await agent().run("run", "-d", "doc.yml", "--execution-id", "codes", "--log-directory", "C:\\work\\logs");
    expect([code, stderr]).toEqual([3010, expect.stringMatching(/^step Restart asks for a restart/)]);
    const [logs = ""] = readdirSync(atC("work", "logs"));
    expect(readFileSync(atC("work", "logs", logs, "console.log"), "utf8")).toContain("the command exited with code 256");
    rmSync(join(stateFolder(), "codes"), { recursive: true });
  });

  test("a text is not a program", async () => {
    writeFileSync(atC("work", "text.exe"), "echo");
    write("{ name: Text, action: ExecuteBinary, inputs: { path: text.exe } }");
    const { code, stdout, stderr } = await agent().run("run", "-d", "doc.yml", "--log-directory", "C:\\work\\logs");
    expect([code, stdout + stderr]).toEqual([1, expect.stringMatching(/text\.exe\\*" is not a program that Windows can run/)]);
  });

  test("an MSI file is installed with its properties and removed, and the exit codes of msiexec arrive whole", async () => {
    await withTemporaryFolder(async (folder) => agent().prefix.copyIn(makeMsi(folder, { restart: true }), "tool.msi"));
    const msi = "path: 'C:\\tool.msi', ignoreAuthenticodeSignatureErrors: true, allowUnsignedInstaller: true";
    write(
      `{ name: Install, action: InstallMSI, inputs: { ${msi}, reboot: Skip, properties: { COMPANYNAME: 'Amazon Web & Services' } } }`,
      "{ name: Check, action: Assert, inputs: { stringEquals: '3010', value: '{{ build.Install.outputs.msiExitCode }}' } }",
      `{ name: Remove, action: UninstallMSI, inputs: { ${msi} } }`,
    );
    const run = () => agent().run("run", "-d", "doc.yml", "--log-directory", "logs");
    const { code, stderr } = await run();
    expect([code, stderr]).toEqual([3010, expect.stringMatching(/^step Remove asks for a restart/)]);
    expect((await run()).code).toBe(0);
  });

  // there is no PowerShell
  test("an MSI file is installed if its signature is valid, and one without a signature if that is allowed", async () => {
    await agent().replace(SIGNATURES, "WindowsPowerShell/v1.0/powershell.exe");
    agent().withEnvironment({ PSModulePath: "C:\\PowerShell\\7\\Modules" });
    await withTemporaryFolder(async (folder) => {
      const path = makeMsi(folder);
      for (const name of ["signed.msi", "unsigned.msi"]) await agent().prefix.copyIn(path, name);
    });
    const run = async (action: string, path: string, more = "") => {
      write(`{ name: Package, action: ${action}, inputs: { path: '${path}'${more} } }`);
      const { code, stderr } = await agent().run("run", "-d", "doc.yml", "--log-directory", "logs");
      return [code, existsSync(atC("Program Files (x86)", "ExampleTool")), stderr.includes("is not signed")];
    };
    expect(await run("InstallMSI", "C:\\unsigned.msi")).toEqual([1, false, true]);
    expect(await run("InstallMSI", "C:\\unsigned.msi", ", ignoreAuthenticodeSignatureErrors: true")).toEqual([1, false, true]);
    expect(await run("InstallMSI", "C:\\signed.msi")).toEqual([0, true, false]);
    expect(await run("UninstallMSI", "C:\\unsigned.msi", ", allowUnsignedInstaller: true")).toEqual([0, false, false]);
  });

  // there is no PowerShell; the command line and the script are what it is given
  test("a script of PowerShell is a file in UTF-8 with a mark, which is removed", async () => {
    await agent().record("WindowsPowerShell/v1.0/powershell.exe");
    rmSync(atC("tools.txt"), { force: true });
    write("{ name: Script, action: ExecutePowerShell, inputs: { commands: ['Write-Host \"żółw\"', 'exit 0'] } }");
    expect((await agent().run("run", "-d", "doc.yml", "--log-directory", "logs")).code).toBe(0);
    const [, options, script = ""] = /powershell\.exe"? (.*) "?([^" ]*\.ps1)"?\r?\n$/i.exec(readFileSync(atC("tools.txt"), "utf8")) ?? [];
    expect(options).toBe("-NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -File");
    expect(readFileSync(atC("script.ps1"), "utf8")).toBe('\ufeffWrite-Host "żółw"\nexit 0\n');
    expect(existsSync(atC(...script.split("\\").slice(1)))).toBe(false);
  });

  test("folders for the state that are hostile to a program", async () => {
    write(CREATE);
    const start = async (folder: string) => {
      const { code, stderr } = await agent().run("run", "-d", "doc.yml", "--log-directory", "logs", "--state-directory", folder);
      return [code, stderr.split("\n")[0]];
    };
    expect(await start("Q:\\x\\y")).toEqual([1, expect.stringMatching(/^error: the state of the run cannot be written to "Q:.*: ENOENT/)]);
    expect(await start("C:\\work\\a?b")).toEqual([
      1,
      expect.stringMatching(/^error: the state of the run cannot be written to .*: EINVAL/),
    ]);
    expect(await start("C:\\work\\doc.yml")).toEqual([1, expect.stringMatching(/: it is no folder \[component-runner\/state-refused\]$/)]);
    // Windows gives no such name: nothing else could open that folder
    expect([(await start("C:\\work\\state."))[0], existsSync(atC("work", "state."))]).toEqual([1, false]);
    expect(await start(`C:\\work\\${"long".repeat(50)}\\${"long".repeat(20)}`)).toEqual([0, ""]);
  });

  describe("other users of the machine", () => {
    const others = (path: string) => statSync(path).mode & 0o007;
    const start = (...flags: readonly string[]) => agent().run("run", "-d", "doc.yml", "--log-directory", "C:\\work\\logs", ...flags);

    test("can neither enter the folders of state and logs, nor those of jobs, whose access lists are made with them", async () => {
      rmSync(join(stateFolder(), ".."), { recursive: true, force: true });
      write("{ name: Restart, action: Reboot }");
      expect((await start("--execution-id", "private")).code).toBe(3010);
      const [logs = ""] = readdirSync(atC("work", "logs"));
      // what is inside inherits the list on Windows, and not with Wine
      const paths = [join(stateFolder(), ".."), stateFolder(), atC("work", "logs", logs)];
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
      ["can write to the state folder", () => chmodSync(stateFolder(), 0o777), "C:\\ProgramData\\imagewright"],
      ["have made the state folder", () => chownSync(stateFolder(), 65534, 65534), "C:\\ProgramData\\imagewright"],
      ["have made the folder above it", () => chownSync(join(stateFolder(), ".."), 65534, 65534), "C:\\ProgramData"],
      ["can replace that", () => chmodSync(atC("ProgramData"), 0o777), "C:\\"],
    ])("%s: nothing runs, and nothing is resumed", async (_, attack, above) => {
      write(CREATE, "{ name: Restart, action: Reboot }", APPEND);
      expect((await start("--execution-id", "attacked")).code).toBe(3010);
      rmSync(atC("work/a.txt"));
      try {
        attack();
        const refused = [await start(), await agent().run("run", "--resume", "attacked")];
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
        rmSync(join(stateFolder(), ".."), { recursive: true, force: true });
      }
    });
  });

  test("Ctrl-C on its console ends the step with its processes", async () => {
    write(CREATE, WAIT);
    const { code, output } = await agent().runUntilCtrlC("C:\\work\\waiting", "run", "-d", "doc.yml", "--log-directory", "logs");
    expect([code, output.split("\n")[0], output.trimEnd().split("\n").at(-1)]).toEqual([
      ...[130, "SIGINT: ending the running step and its processes", "cancelled"],
    ]);
    expect(output).toContain('"failureMessage": "the run was cancelled"');
    expect(agent().processesWith("wait.bat")).toEqual([]);
  });

  test("a step that takes too long is ended", async () => {
    write("{ name: Wait, action: ExecuteBinary, timeoutSeconds: 1, inputs: { path: cmd.exe, arguments: [/c, wait.bat] } }");
    const { code, stdout } = await agent().run("run", "-d", "doc.yml", "--log-directory", "logs");
    expect([code, JSON.parse(stdout)]).toEqual([1, expect.objectContaining({ status: "failed", failedStepCount: 1 })]);
    expect([existsSync(atC("work/waiting")), agent().processesWith("wait.bat")]).toEqual([true, []]);
  });

  test("help names the exit code of Windows", async () => {
    expect((await agent().run("--help")).stdout).toContain("3010 the machine has to restart before the run continues");
  });
});
