import { describe, expect, test } from "@jest/globals";
import { faultsOf } from "../testing/faults-of.js";

const check = (inputs: string) => faultsOf("SetRegistry", inputs);
const at = (path: string) => check(`- path: ${path}\n  name: Some\n  value: a\n  type: SZ`);
const of = (type: string, value: string) => check(`- { path: 'HKLM:\\SOFTWARE\\Some', name: Some, type: ${type}, value: ${value} }`);

const ROOTS =
  '"HKCC:", "HKCR:", "HKCU:", "HKEY_CLASSES_ROOT", "HKEY_CURRENT_CONFIG", "HKEY_CURRENT_USER", "HKEY_LOCAL_MACHINE", "HKEY_USERS", "HKLM:" or "HKU:"';
const notBelow = (path: string, meant?: string) =>
  `${path} | SetRegistry: "path" must begin with ${ROOTS} and a backslash; found ${JSON.stringify(path)}${meant === undefined ? "" : ` - did you mean ${JSON.stringify(meant)}?`}`;

describe("chapter 19: the path of SetRegistry", () => {
  test.each(["HKCR:", "HKU:", "HKLM:", "HKCC:", "HKCU:"])("%s is a root, in short", (root) => {
    expect([at(`${root}\\Some`), at(`${root.toLowerCase()}\\Some\\Where else`)]).toEqual([[], []]);
  });

  test.each(["HKEY_CLASSES_ROOT", "HKEY_USERS", "HKEY_LOCAL_MACHINE", "HKEY_CURRENT_CONFIG", "HKEY_CURRENT_USER"])(
    "%s is one at length",
    (root) => {
      expect([at(`${root}\\Some`), at(`${root.toLowerCase()}\\Some\\Where else`)]).toEqual([[], []]);
    },
  );

  test.each([
    ["the path does not begin with a root", "Some\\Key", undefined],
    ["a key of the machine without its root", "SOFTWARE\\Some", "HKLM:\\SOFTWARE\\Some"],
    ["a short root without its colon", "HKLM\\SOFTWARE\\Some", "HKLM:\\SOFTWARE\\Some"],
    ["a long root with a colon", "HKEY_LOCAL_MACHINE:\\SOFTWARE\\Some", "HKEY_LOCAL_MACHINE\\SOFTWARE\\Some"],
    ["a misspelt root", "HKML:\\SOFTWARE", "HKLM:\\SOFTWARE"],
    ["a misspelt long root", "HKEY_LOCALMACHINE\\SOFTWARE", "HKEY_LOCAL_MACHINE\\SOFTWARE"],
    ["slashes", "HKLM:/SOFTWARE/Some", "HKLM:\\SOFTWARE\\Some"],
    ["as the registry editor has it", "Computer\\HKEY_CURRENT_USER\\Some", "HKEY_CURRENT_USER\\Some"],
    ["as providers of PowerShell have it", "Registry::HKEY_CURRENT_USER\\Some", "HKEY_CURRENT_USER\\Some"],
    ["a root that the guide does not have", "HKEY_PERFORMANCE_DATA\\Some", undefined],
  ])("%s", (_title, path, meant) => {
    expect(at(path)).toEqual([notBelow(path, meant)]);
  });

  test.each(["'HKLM:'", "HKEY_CURRENT_USER", "HKLM:\\"])("the path names no key below its root: %s", (path) => {
    const text = path.replaceAll("'", "");
    expect(at(path)).toEqual([
      `${path} | SetRegistry: "path" must name a key below "${text.replace("\\", "")}"; found ${JSON.stringify(text)}`,
    ]);
  });

  test("the path is a list", () => {
    expect(at("['HKLM:\\Some']")).toEqual(["['HKLM:\\Some'] | \"path\" must be a string; found a list"]);
  });

  test("a path by a reference is not judged, nor is one that begins with one", () => {
    expect([at("'{{ Anything }}'"), at("'{{ Anything }}\\Some'"), at("HKLM:\\{{ Anything }}")]).toEqual([[], [], []]);
  });
});

const notOf = (type: string, expected: string, place: string, found = JSON.stringify(place)) => [
  `${place} | SetRegistry: "value" of the type ${type} must be ${expected}; found ${found}`,
];
const DWORD = "a number from 0 to 4294967295";
const QWORD = "a number from 0 to 18446744073709551615";
const BYTES = "two hexadecimal digits for each byte";

describe("chapter 19: the value and the type of SetRegistry", () => {
  test.each([
    ["SZ", "text"],
    ["SZ", "1"],
    ["SZ", "''"],
    ["EXPAND_SZ", "'%SystemRoot%\\temp'"],
    ["MULTI_SZ", "[one, two]"],
    ["MULTI_SZ", "one"],
    ["MULTI_SZ", "[]"],
    ["MULTI_SZ", "[1, 2.5]"],
    ["DWORD", "0"],
    ["DWORD", "4294967295"],
    ["DWORD", "'1'"],
    ["DWORD", "0xFFFFFFFF"],
    ["DWORD", "1.1"],
    ["QWORD", "18446744073709551615"],
    ["QWORD", "0xffffffffffffffff"],
    ["BINARY", "0a1bff"],
    ["BINARY", "'0A,1B ff'"],
    ["BINARY", "[0, 255, 0x1f]"],
    ["DWORD", "'{{ Anything }}'"],
    ["DWORD", "'0x{{ build.Before.outputs.stdout }}'"],
    ["'{{ Anything }}'", "[one]"],
    ["'{{ Anything }}'", "one"],
    ["BINARY", "[1, '{{ Anything }}']"],
    ["MULTI_SZ", "'{{ aws:ssm:/list }}'"],
  ])("%s of %s: no fault", (type, value) => {
    expect(of(type, value)).toEqual([]);
  });

  const unfit: [string, string, string[]][] = [
    ["DWORD", "enabled", notOf("DWORD", DWORD, "enabled")],
    ["DWORD", "-1", notOf("DWORD", DWORD, "-1")],
    ["DWORD", "4294967296", notOf("DWORD", DWORD, "4294967296")],
    ["DWORD", "0x", notOf("DWORD", DWORD, "0x")],
    ["DWORD", "0x1.5", notOf("DWORD", DWORD, "0x1.5")],
    ["DWORD", "[1]", notOf("DWORD", DWORD, "[1]", "a list")],
    ["QWORD", "18446744073709551616", notOf("QWORD", QWORD, "18446744073709551616")],
    ["QWORD", "1e3", notOf("QWORD", QWORD, "1e3")],
    ["BINARY", "abc", notOf("BINARY", BYTES, "abc")],
    ["BINARY", "xy", notOf("BINARY", BYTES, "xy")],
    ["BINARY", "[1, 256]", ['256 | SetRegistry: each item of "value" of the type BINARY must be a byte from 0 to 255; found "256"']],
    ["SZ", "[one]", [`${notOf("SZ", "one text", "[one]", "a list")[0]} - the type for a list of texts is MULTI_SZ`]],
    ["EXPAND_SZ", "[one]", [`${notOf("EXPAND_SZ", "one text", "[one]", "a list")[0]} - the type for a list of texts is MULTI_SZ`]],
    ["SZ", "{ a: b }", ['{ a: b } | "value" must be a string or a list; found a mapping']],
    ["MULTI_SZ", "[a, '']", [`'' | SetRegistry: "value" of the type MULTI_SZ cannot contain an empty text`]],
    ["MULTI_SZ", "[[a]]", ['[a] | each item of "value" must be a string; found a list']],
    ["SZ", "", ['value | the inputs of SetRegistry must have "value"']],
  ];

  test.each(unfit.map(([type, value, expected]) => [`${value} is no ${type}`, type, value, expected] as const))(
    "the value does not fit its type: %s",
    (_title, type, value, expected) => {
      expect(of(type, value)).toEqual(expected);
    },
  );

  const TYPES = '"type" must be "BINARY", "DWORD", "EXPAND_SZ", "MULTI_SZ", "QWORD" or "SZ"';

  test.each([
    ["REG_DWORD", "DWORD"],
    ["REG_SZ", "SZ"],
    ["REG_EXPAND_SZ", "EXPAND_SZ"],
    ["REG_MULTI_SZ", "MULTI_SZ"],
    ["dword", "DWORD"],
    ["WORD", "DWORD"],
    ["reg_dword", "DWORD"],
    ["Reg_Multi_Sz", "MULTI_SZ"],
    ["REG_QWORD", "QWORD"],
    ["REG_BINARY", "BINARY"],
    ["REG_DWORD_LITTLE_ENDIAN", "DWORD"],
    // of PowerShell, and of tools that follow it
    ["String", "SZ"],
    ["ExpandString", "EXPAND_SZ"],
    ["MultiString", "MULTI_SZ"],
    ["multi_string", "MULTI_SZ"],
    ["Binary", "BINARY"],
    ["DWord", "DWORD"],
    ["QWord", "QWORD"],
    // of the registry editor
    ["String Value", "SZ"],
    ["DWORD (32-bit) Value", "DWORD"],
    ["REG_NONE", undefined],
    ["REG_DWORD_BIG_ENDIAN", undefined],
  ])("the type is none of the six: %s", (type, meant) => {
    expect(of(type, "1")).toEqual([`${type} | ${TYPES}; found "${type}"${meant === undefined ? "" : `; did you mean "${meant}"?`}`]);
  });

  test("keys are missing, unknown or empty", () => {
    expect(check("- path: HKLM:\\Some\n  nam: Some\n  type: SZ")).toEqual([
      'path | the inputs of SetRegistry must have "value"',
      'nam | the inputs of SetRegistry: unknown key "nam"; allowed: "name", "path", "type" or "value"; did you mean "name"?',
    ]);
    expect(check("- { path: 'HKLM:\\Some', name: '', value: the default one, type: SZ }")).toEqual([]);
  });
});
