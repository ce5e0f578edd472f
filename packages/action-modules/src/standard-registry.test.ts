import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { isRunnable, PLATFORMS, type Platform } from "@imagewright/action-contract";
import { renderText, SourceFile } from "@imagewright/diagnostics";
import { checkDocument } from "@imagewright/document-engine";
import { standardRegistry as registry } from "./index.js";

function check(name: string, text: string, platforms?: readonly Platform[]): string {
  return renderText(checkDocument(new SourceFile(name, text), { registry, platforms }).diagnostics);
}

const fieldCase = (name: string) => readFileSync(join(import.meta.dirname, "field-cases", name), "utf8");

describe("the modules of the guide's chapters 15 to 19", () => {
  const on = (platform: Platform) => registry.names.filter((name) => registry.get(name, platform) !== undefined);

  test("each platform has its own", () => {
    expect(on("linux").filter((name) => !on("windows").includes(name))).toEqual([
      ...["CreateSymlink", "ExecuteBash", "SetFileOwner", "SetFilePermissions", "SetFolderOwner", "SetFolderPermissions"],
    ]);
    expect(on("windows").filter((name) => !on("linux").includes(name))).toEqual([
      ...["ExecutePowerShell", "InstallMSI", "SetRegistry", "UninstallMSI"],
    ]);
    expect(on("linux").filter((name) => !on("darwin").includes(name))).toEqual(["Reboot", "UpdateOS"]);
  });

  test("all of them can be run", () => {
    const checkedOnly = PLATFORMS.flatMap((platform) =>
      on(platform).flatMap((name) => {
        const action = registry.get(name, platform);
        return action === undefined || isRunnable(action) ? [] : `${name} on ${platform}`;
      }),
    );
    expect(checkedOnly).toEqual([]);
  });
});

describe("field case windows-inputs", () => {
  test.each(["windows-values.yaml", "windows-keys.yaml"])("%s: every mistake is an error, with what is meant", (name) => {
    const found = check(name, fieldCase(name), ["windows"]);
    expect(`\n${found}`).toMatchSnapshot();
    // nobody has to say for which platform it is
    expect(check(name, fieldCase(name))).toBe(found);
  });

  test("the same without the slips has none", () => {
    const values = fieldCase("windows-values.yaml")
      .replace("path: SOFTWARE", "path: HKLM:\\SOFTWARE")
      .replace("REG_DWORD", "DWORD")
      .replace("Never", "Skip")
      .replace("REBOOT: ReallySuppress", "TARGETDIR: C:\\tools")
      .replace("ignoreAuthenticode:", "ignoreAuthenticodeSignatureErrors:")
      .replace("command:", "commands:")
      .replace("commands: Write-Host hi", "commands: [Write-Host hi]");
    const keys = fieldCase("windows-keys.yaml").replace("comands", "commands").replace("- pth", "path").replace("WORD", "DWORD");
    expect([check("values.yaml", values, ["windows"]), check("keys.yaml", keys.replace("value: b", "value: 1"), ["windows"])]).toEqual([
      "",
      "",
    ]);
  });
});

describe("both platforms at once", () => {
  const update = (inputs: string) =>
    `schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - { name: Update, action: UpdateOS, inputs: { ${inputs} } }\n      - { name: Restart, action: Reboot, inputs: { delaySeconds: -1 } }\n`;

  test("a fault of one names it, and one of both is reported once", () => {
    expect(`\n${check("a.yaml", update("include: [openssl, 'Security Update*']"), ["linux", "windows"])}`).toMatchInlineSnapshot(`
     "
     a.yaml:5:63: on Windows: each item of "include" must be the number of a KB article, such as KB1234567 or 1234567, or a name of updates in which * stands for any characters, such as *Security*; found "openssl" [value-not-allowed]
           - { name: Update, action: UpdateOS, inputs: { include: [openssl, 'Security Update*'] } }
                                                                   ^~~~~~~
     a.yaml:5:72: on Linux: each item of "include" must be the name of a package, in which * matches any characters; found "Security Update*" [value-not-allowed]
       ame: Update, action: UpdateOS, inputs: { include: [openssl, 'Security Update*'] } }
                                                                   ^~~~~~~~~~~~~~~~~~
     a.yaml:6:66: "delaySeconds" must be at least 0; found "-1" [value-not-allowed]
        - { name: Restart, action: Reboot, inputs: { delaySeconds: -1 } }
                                                                   ^~
     3 errors
     "
    `);
  });

  test("what both take is no fault", () => {
    expect(check("a.yaml", update("include: ['*ssl*']").replace("-1", "1"), ["linux", "windows"])).toBe("");
  });

  test("what macOS has not is said of macOS", () => {
    expect(check("a.yaml", update("include: ['*ssl*']").replace("-1", "1"), ["linux", "darwin"])).toContain(
      "UpdateOS does not run on macOS; it runs on Linux and Windows",
    );
  });
});

describe("field case webdownload-two-destinations", () => {
  const TWO = fieldCase("two-downloads.yaml");

  test("the output of both downloads is one text, also as the list of a loop", () => {
    for (const platform of ["linux", "darwin"] as const) expect(check("two.yaml", TWO, [platform])).toBe("");
  });

  test.each([
    ["an item that is not there", "outputs[2].destination", 'step "GetTools" has 2 items; there is no outputs[2]'],
    ["an input of both", "inputs.destination", 'step "GetTools" has 2 items; say which one: "inputs[0]" or "inputs[1]"'],
    [
      "another name",
      "outputs.destinations",
      'WebDownload: unknown output "destinations"; allowed: "destination"; did you mean "destination"?',
    ],
  ])("%s is an error", (_title, reference, message) => {
    expect(check("two.yaml", TWO.replace("outputs.destination }}\n", `${reference} }}\n`), ["linux"])).toContain(message);
  });

  test("of modules whose chapter does not say so, the item has to be named", () => {
    const text = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - { name: Read, action: ReadFile, inputs: [{ path: a }, { path: b }] }
      - { name: Show, action: ExecuteBash, inputs: { commands: ['echo {{ build.Read.outputs.content }}'] } }
`;
    expect(check("read.yaml", text, ["linux"])).toContain('step "Read" has 2 items; say which one: "outputs[0]" or "outputs[1]"');
  });
});
