// The components for Windows that come with the service, run by the shipped executable on a Windows of Wine's, which has no PowerShell.
import { readFileSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { describeOnWindows } from "../testing/describe-on-windows.js";
import { POWER_SHELL, PRINTER } from "../testing/windows-programs.js";

const COMPONENTS = join(import.meta.dirname, "../../../../packages/catalogue/src/components");
const POWERSHELL_EXE = "WindowsPowerShell/v1.0/powershell.exe";

describeOnWindows("MGD-002: components for Windows that come with the service", ({ agent, atC }) => {
  /** Runs all phases of one until no restart is left; returns the exit codes, and what the steps have printed. */
  async function run(name: string): Promise<{ readonly codes: readonly number[]; readonly printed: string }> {
    writeFileSync(atC("work", "doc.yml"), readFileSync(join(COMPONENTS, `${name}.yaml`)));
    const command = [
      "run",
      "-d",
      "doc.yml",
      "--phases",
      "build,validate,test",
      "--log-directory",
      "C:\\work\\logs",
      "--execution-id",
      name,
    ];
    const codes: number[] = [];
    do codes.push((await agent().run(...command)).code);
    while (codes.at(-1) === 3010 && codes.length < 5);
    const [logs = ""] = await readdir(atC("work", "logs"));
    return { codes, printed: readFileSync(atC("work", "logs", logs, "console.log"), "utf8") };
  }

  test("hello-world-windows greets in each phase", async () => {
    await agent().replace(PRINTER, POWERSHELL_EXE);
    const { codes, printed } = await run("hello-world-windows");
    expect([codes, printed.match(/Hello, this is the phase \w+/g)]).toEqual([
      [0],
      ["build", "validate", "test"].map((phase) => `Hello, this is the phase ${phase}`),
    ]);
  });

  test("reboot-windows asks for a restart once, and goes on after it", async () => {
    expect((await run("reboot-windows")).codes).toEqual([3010, 0]);
  });

  test("update-windows installs what there is, restarts, and finds nothing else", async () => {
    await agent().replace(POWER_SHELL, POWERSHELL_EXE);
    const { codes, printed } = await run("update-windows");
    expect([codes, printed.match(/installed Update \(KB1\)/g)]).toEqual([[3010, 0], ["installed Update (KB1)"]]);
  });
});
