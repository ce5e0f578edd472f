import { win32 } from "node:path";
import { inheritedEnvironment } from "../inherited-environment.js";
import { runProgramSync } from "../run-program-sync.js";

const KEY = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\CodePage";

let known: number | undefined;

/** The code page in which programs print on a new console, such as 437 or 850; 65001 is UTF-8. Undefined if Windows does not tell. */
export function consoleCodePage(): number | undefined {
  return (known ??= ask());
}

function ask(): number | undefined {
  const file = win32.join(process.env["SystemRoot"] ?? "C:\\Windows", "System32", "reg.exe");
  const parameters = ["query", KEY, "/v", "OEMCP"];
  const { stdout } = runProgramSync({ file, arguments: parameters, environment: inheritedEnvironment(), input: "" });
  const found = /REG_SZ\s+(\d+)/.exec(stdout)?.[1];
  return found === undefined ? undefined : Number(found);
}
