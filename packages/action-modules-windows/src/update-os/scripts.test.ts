import { describe, expect, test } from "@jest/globals";
import { isReadToItsEnd } from "../testing/is-read-to-its-end.js";
import { installScript, SEARCH_SCRIPT } from "./scripts.js";

const IDS = ["11111111-0000-0000-0000-000000000000.200", "22222222-0000-0000-0000-000000000000.1"];
const INSTALL_SCRIPT = installScript(IDS);

/** The lines of a script that use an object of Windows Update, in their order, without their indentation. */
const callsOf = (script: string) =>
  script
    .slice(script.indexOf("try {"), script.indexOf("} catch {"))
    .split("\n")
    .map((line) => line.trim())
    .filter((line) =>
      /-ComObject|\$(session|found|collection|downloader|downloaded|installer|installed|ready)\b|\$update\.\w+\(/.test(line),
    );

// there is no Windows Update here: the lines are those of Microsoft's own example of a search, a download and an installation
describe("the calls of Windows Update", () => {
  const SEARCH = [
    "$session = New-Object -ComObject Microsoft.Update.Session",
    "$session.ClientApplicationID = 'Imagewright'",
    "$found = $session.CreateUpdateSearcher().Search('IsInstalled=0 and IsHidden=0')",
  ];

  test("to search", () => {
    expect(callsOf(SEARCH_SCRIPT)).toEqual([
      ...SEARCH,
      "$updates = @(foreach ($update in $found.Updates) {",
      "$restart = (New-Object -ComObject Microsoft.Update.SystemInfo).RebootRequired",
    ]);
  });

  test("to download and install: only what is chosen, licences first, and only what has arrived", () => {
    expect(callsOf(INSTALL_SCRIPT)).toEqual([
      ...SEARCH,
      "$collection = New-Object -ComObject Microsoft.Update.UpdateColl",
      "foreach ($update in $found.Updates) {",
      "if (-not $update.EulaAccepted) { $update.AcceptEula() }",
      "[void]$collection.Add($update)",
      "if ($collection.Count -eq 0) {",
      "$downloader = $session.CreateUpdateDownloader()",
      "$downloader.Updates = $collection",
      "$downloaded = $downloader.Download()",
      "$installer = $session.CreateUpdateInstaller()",
      "$installer.ForceQuiet = $true",
      "$installer.AllowSourcePrompts = $false",
      "$ready = New-Object -ComObject Microsoft.Update.UpdateColl",
      "$updates = @(for ($index = 0; $index -lt $collection.Count; $index++) {",
      "$update = $collection.Item($index)",
      "[void]$ready.Add($update)",
      "$code = '0x{0:X8}' -f $downloaded.GetUpdateResult($index).HResult",
      "if ($ready.Count -gt 0) {",
      "$installer.Updates = $ready",
      "$installed = $installer.Install()",
      "$restart = $installed.RebootRequired",
      "$updates += @(for ($index = 0; $index -lt $ready.Count; $index++) {",
      "$result = $installed.GetUpdateResult($index)",
      "@{ id = IdentityOf $ready.Item($index); step = 'install'; done = $done; code = '0x{0:X8}' -f $result.HResult }",
    ]);
    const lines = INSTALL_SCRIPT.split("\n").map((line) => line.trim());
    expect(lines).toContain(`$chosen = @('${IDS[0]}', '${IDS[1]}')`);
    // what is added stands below the condition
    expect(lines[lines.indexOf("foreach ($update in $found.Updates) {") + 1]).toBe("if ($chosen -contains (IdentityOf $update)) {");
    expect(lines[lines.indexOf("[void]$ready.Add($update)") - 1]).toBe("if ($update.IsDownloaded) {");
    expect(lines).toContain("$done = $result.ResultCode -eq 2 -or $result.ResultCode -eq 3");
  });
});

describe.each([
  ["to search", SEARCH_SCRIPT, 1],
  ["to install", INSTALL_SCRIPT, 2],
])("the script %s", (_, script, answers) => {
  test("can be read by PowerShell, in any code page", () => {
    expect([isReadToItsEnd(script), /^[\x20-\x7e\n]*$/.test(script), script.endsWith("}\n")]).toEqual([true, true, true]);
  });

  test("stops at the first error, and shows no progress", () => {
    expect(script.split("\n").slice(0, 2)).toEqual(["$ErrorActionPreference = 'Stop'", "$ProgressPreference = 'SilentlyContinue'"]);
    expect(script.match(/\$\w+Preference\b/g)).toHaveLength(2);
    expect(script).not.toMatch(/-ErrorAction|SilentlyContinue(?!'\n)/);
  });

  test("prints one answer, the last that it does, as ASCII on standard output", () => {
    expect(script.match(/^ *Print @\{ updates = .*; restart = .* \}$/gm)).toHaveLength(answers);
    expect(script).toMatch(/\n {2}Print @\{ updates = \$updates; restart = \$restart \}\n\} catch \{\n/);
    expect(script.match(/\[Console\]::\w+/g)).toEqual(["[Console]::Out"]);
    expect(script).not.toMatch(/Write-(Host|Output|Error|Warning|Verbose)|Console\]::Error/);
    // what is not to be printed by a call that returns something
    expect(script.match(/^ *\$\w+\.Add\(/gm)).toBeNull();
  });

  test("ends with 1 after any error, of which it prints the message and the code", () => {
    expect(script.slice(script.indexOf("} catch {"))).toBe(
      [
        "} catch {",
        "  $problem = $_.Exception.GetBaseException()",
        "  Print @{ problem = $problem.Message; code = '0x{0:X8}' -f $problem.HResult }",
        "  exit 1",
        "}",
        "",
      ].join("\n"),
    );
    expect(script.match(/^ *exit \d+$/gm)?.map((line) => line.trim())).toEqual(answers === 1 ? ["exit 1"] : ["exit 0", "exit 1"]);
    expect([script.match(/^try \{$/gm), script.match(/\bcatch\b/g)]).toEqual([["try {"], ["catch"]]);
  });
});
