import { describe, expect, test } from "@jest/globals";
import type { HostPorts, Platform } from "@imagewright/action-contract";
import { createNodeHost } from "@imagewright/node-host";
import { endsWithSeparator, resolvePath, splitPath, withoutSeparatorAtEnd } from "./resolve-path.js";
import { quotePath } from "./show-path.js";

const hostOn = (platform: Platform): HostPorts => ({ ...createNodeHost(), platform });

describe("paths", () => {
  const rows: [Platform, string, string, string][] = [
    ["linux", "/here", "a", "/here/a"],
    ["linux", "/here/", ".//./a/", "/here/a/"],
    ["linux", "/", "a", "/a"],
    ["linux", "/here", "/a/../b", "/a/../b"],
    ["linux", "/here", "link/../b", "/here/link/../b"],
    ["darwin", "/here", "..", "/here/.."],
    ["darwin", "/here", "C:\\a", "/here/C:\\a"],
    ["windows", "C:\\work", "a/b\\c", "C:\\work\\a\\b\\c"],
    ["windows", "C:\\work", "D:\\a", "D:\\a"],
    ["windows", "C:\\work", ".\\a", "C:\\work\\a"],
  ];
  test.each(rows)("on %s in %s, %s is %s", (platform, workingDirectory, path, expected) => {
    expect(resolvePath(path, { host: hostOn(platform), workingDirectory })).toBe(expected);
  });

  test("the separators are the platform's", () => {
    expect(endsWithSeparator("a\\", "windows")).toBe(true);
    expect(endsWithSeparator("a/", "windows")).toBe(true);
    expect(endsWithSeparator("a\\", "linux")).toBe(false);
    expect(endsWithSeparator("", "linux")).toBe(false);
    expect(splitPath("C:\\a/b*", "windows")).toEqual({ folder: "C:\\a/", name: "b*" });
    expect(splitPath("a\\b", "linux")).toEqual({ folder: "", name: "a\\b" });
  });

  test("a root keeps its separator", () => {
    expect(withoutSeparatorAtEnd("/", "linux")).toBe("/");
    expect(withoutSeparatorAtEnd("/a//", "linux")).toBe("/a");
    expect(withoutSeparatorAtEnd("C:\\", "windows")).toBe("C:\\");
  });
});

describe("a path in a message", () => {
  test("is quoted on one line, without control characters", () => {
    expect(quotePath('/a "b"\n\u001b[31m\u0085')).toBe('"/a \\"b\\"\\n\\u001b[31m\\u0085"');
  });

  test("keeps both ends of a long path", () => {
    const shown = quotePath(`/start/${"x".repeat(500)}/end.txt`);
    expect(shown).toHaveLength(203);
    expect(shown).toMatch(/^"\/start\/x+…x+\/end\.txt"$/);
  });

  test("shows bytes that are not UTF-8", () => {
    expect(quotePath(Buffer.from([0x2f, 0x61, 0xff, 0x0a]))).toBe('"/a\\xff\\x0a"');
    expect(quotePath(Buffer.from("/ż"))).toBe('"/ż"');
  });
});
