import { describe, expect, test } from "@jest/globals";
import { coreActions } from "../core-actions.js";
import { windowsNameFaults } from "./windows-names.js";

describe("names that Windows does not give to files", () => {
  test.each([
    ["C:\\a?b", 'cannot contain "?" on Windows'],
    ['"C:\\Program Files\\x.txt"', 'cannot contain "\\"" on Windows'],
    ["C:\\logs\\nul", 'cannot contain the name "nul", which is a device of Windows'],
    ["C:\\Aux.txt\\x", 'cannot contain the name "Aux.txt", which is a device of Windows'],
    ["C:\\work\\CONIN$", 'cannot contain the name "CONIN$", which is a device of Windows'],
    ["conout$", 'cannot contain the name "conout$", which is a device of Windows'],
    ["com¹ .log", 'cannot contain the name "com¹ .log", which is a device of Windows'],
    ["C:\\a.\\b", 'cannot contain the name "a.": Windows drops dots and blanks at the end of a name'],
    ["C:\\a ", 'cannot contain the name "a ": Windows drops dots and blanks at the end of a name'],
    ["C:/.../x", 'cannot contain the name "...": Windows drops dots and blanks at the end of a name'],
  ])("%j", (path, reason) => {
    expect(windowsNameFaults("path", path, "windows")).toEqual([
      { path: ["path"], message: `"path" ${reason}; found ${JSON.stringify(path)}` },
    ]);
    expect(windowsNameFaults("path", path, "linux")).toEqual([]);
  });

  test.each([
    "C:\\a\\..\\.\\b",
    "C:\\console\\com\\nulls.txt",
    "\\\\?\\C:\\a",
    "\\\\server\\share\\a b.c d",
    "C:x",
    ".profile",
    "C:\\*.log",
  ])("%j is allowed", (path) => {
    expect(windowsNameFaults("path", path, "windows")).toEqual([]);
  });

  test("an escape of double quotes in YAML", () => {
    expect(windowsNameFaults("path", "C:\\a\tb", "windows")).toEqual([
      {
        ...{ path: ["path"], message: `"path" cannot contain "\\t" on Windows; found ${JSON.stringify("C:\\a\tb")}` },
        help: "in single quotes a backslash is a backslash",
      },
    ]);
  });

  test("every action that takes a path refuses them, once for each path", () => {
    const PATH = "C:\\work\\nul";
    const keys = ["path", "source", "destination"];
    const refused = coreActions.flatMap(({ name, platforms, input, check }) => {
      if (!platforms.includes("windows") || !keys.some((key) => key in input.schema.properties)) return [];
      const inputs = Object.fromEntries(keys.map((key) => [key, PATH]));
      const faults = check?.(inputs as never, "windows").filter(({ message }) => message.includes("device of Windows")) ?? [];
      return [`${name}: ${faults.map(({ path }) => path.join(".")).join(" ")}`];
    });
    expect(refused).toEqual([
      "AppendFile: path",
      "CopyFile: source destination",
      "CopyFolder: source destination",
      "CreateFile: path",
      "CreateFolder: path",
      "DeleteFile: path",
      "DeleteFolder: path",
      "ExecuteBinary: ",
      "ListFiles: path",
      "MoveFile: source destination",
      "MoveFolder: source destination",
      "ReadFile: path",
      "S3Download: destination",
      "S3Upload: source",
      "SetFileEncoding: path",
      "WebDownload: destination",
    ]);
  });
});
