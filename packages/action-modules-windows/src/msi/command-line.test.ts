import { expect, test } from "@jest/globals";
import { msiexecArguments } from "./command-line.js";

const INSTALLATION = { verb: "/i", path: "C:\\a b\\tool.msi", logFile: undefined, logOptions: "*VX", properties: {} } as const;

test("the command line of msiexec", () => {
  expect(msiexecArguments(INSTALLATION).join(" ")).toBe('/i "C:\\a b\\tool.msi" /qn /norestart REBOOT=ReallySuppress');
  expect(msiexecArguments({ ...INSTALLATION, verb: "/x", logFile: "C:\\logs\\x.log", logOptions: "i!" }).join(" ")).toBe(
    '/x "C:\\a b\\tool.msi" /qn /norestart /Li! "C:\\logs\\x.log" REBOOT=ReallySuppress',
  );
});

test.each([
  ["plain", '"plain"'],
  ["Amazon Web Services", '"Amazon Web Services"'],
  ["", '""'],
  ["C:\\target\\", '"C:\\target\\"'],
  ['say "hi"', '"say ""hi"""'],
  ['"in quotes"', '"in quotes"'],
  ['"Acme "Widgets" and "Gizmos.""', '"Acme ""Widgets"" and ""Gizmos."""'],
  ['"Acme \\"Widgets\\" and \\"Gizmos.\\""', '"Acme ""Widgets"" and ""Gizmos."""'],
  ['"Acme ""Widgets"""', '"Acme ""Widgets"""'],
  [`"Acme "'Widgets'" and "'Gizmos.'"`, `"Acme ""'Widgets'"" and ""'Gizmos.'"`],
  ['""quoted""', '"""quoted"""'],
])("chapter 18, complex inputs: the property %j", (value, expected) => {
  expect(msiexecArguments({ ...INSTALLATION, properties: { COMPANYNAME: value } }).at(-1)).toBe(`COMPANYNAME=${expected}`);
});
