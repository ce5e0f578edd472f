import { quote } from "@imagewright/diagnostics";
import type { ConditionContext, Test, Verdict } from "../comparison.js";
import { locate } from "./locate.js";
import { SHELL_WORDS } from "./shell-words.js";

// the default of shells if PATH is not set
const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const DEFAULT_EXTENSIONS = ".COM;.EXE;.BAT;.CMD";
// X_OK of access(2), the same on every platform
const MAY_EXECUTE = 1;

/** On Linux and macOS what bash's `type name` finds; on Windows what `where.exe name` finds. Does not start a shell. */
export const isOnPath: Test = (name, context) => (context.host.platform === "windows" ? where(name, context) : type(name, context));

async function type(name: string, context: ConditionContext): Promise<Verdict> {
  if (SHELL_WORDS.has(name)) return { value: true, explanation: `${quote(name)} is part of the shell` };
  const path = context.environment["PATH"] ?? DEFAULT_PATH;
  if (name.includes("/") || path === "") return describeProgram(name, name !== "" && (await isProgram(locate(name, context), context)));
  const folders = path.split(":");
  // as in bash, a file on the PATH counts even if nobody may execute it; an empty entry is the current folder
  return firstFile(name, name === "" ? [] : folders.map((folder) => `${folder || context.workingDirectory}/${name}`), context);
}

async function where(name: string, context: ConditionContext): Promise<Verdict> {
  const folders = [context.workingDirectory, ...variable(context, "PATH", "").split(";")];
  const extensions = ["", ...variable(context, "PATHEXT", DEFAULT_EXTENSIONS).split(";")];
  const isBareName = name !== "" && !/[\\/:]/.test(name);
  const candidates = folders
    .filter((folder) => folder !== "")
    .flatMap((folder) => extensions.map((extension) => `${folder}\\${name}${extension}`));
  return firstFile(name, isBareName ? candidates : [], context);
}

async function firstFile(name: string, candidates: readonly string[], context: ConditionContext): Promise<Verdict> {
  for (const path of candidates.map((candidate) => locate(candidate, context))) {
    const isFolder = await context.host.files.stat(path).then(
      (stats) => stats.isDirectory(),
      () => undefined,
    );
    if (isFolder === false) return { value: true, explanation: `${quote(name)} is ${quote(path)}` };
  }
  return { value: false, explanation: `${quote(name)} is not on the PATH` };
}

async function isProgram(path: string, { host }: ConditionContext): Promise<boolean> {
  try {
    await host.files.access(path, MAY_EXECUTE);
    return !(await host.files.stat(path)).isDirectory();
  } catch {
    return false; // missing, or not executable
  }
}

function describeProgram(name: string, value: boolean): Verdict {
  return { value, explanation: `${quote(name)} is ${value ? "" : "not "}a program` };
}

/** Names of variables are case-insensitive on Windows, where `Path` is usual. */
function variable({ environment }: ConditionContext, name: string, fallback: string): string {
  return Object.entries(environment).find(([key]) => key.toUpperCase() === name)?.[1] ?? fallback;
}
