import { quote, unknownName } from "@imagewright/diagnostics";
import { isAllowedBy } from "./allowed-pattern.js";
import type { CommandAction, CommandDocument, CommandParameter } from "./command-document.js";
import { fillLines, fillText, type CommandValue } from "./placeholders.js";

/** A script of a command document, ready to run. Plain data. */
export interface BoundScript {
  readonly name: string;
  readonly action: CommandAction;
  readonly lines: readonly string[];
  /** Undefined for the image's own. */
  readonly workingDirectory: string | undefined;
  /** The longest that it may take, in seconds. */
  readonly timeoutSeconds: number;
}

/** The most seconds that Systems Manager gives a script, and those that it gives without a setting. */
const TIMEOUT = { most: 172_800, usual: 3600 };
const PLATFORM = "Linux";

/** The scripts of a document with the values of its parameters, each a list of texts as the step has it; or all faults of the values. */
export function bindCommand(
  document: CommandDocument,
  given: Readonly<Record<string, readonly string[]>>,
): { readonly scripts: readonly BoundScript[]; readonly faults: readonly string[] } {
  const defined = document.parameters ?? {};
  const faults: string[] = Object.keys(given)
    .filter((name) => !Object.hasOwn(defined, name))
    .map((name) => unknownName("parameter", name, Object.keys(defined).sort()));
  const values = new Map<string, CommandValue>();
  for (const [name, parameter] of Object.entries(defined)) {
    const value = valueOf(name, parameter, Object.hasOwn(given, name) ? given[name] : undefined);
    if ("fault" in value) faults.push(value.fault);
    else values.set(name, value.value);
  }
  if (faults.length > 0) return { scripts: [], faults };
  const scripts = document.mainSteps
    .filter(({ precondition }) => runsHere(precondition?.StringEquals))
    .map(({ name, action, inputs: { runCommand, workingDirectory = "", timeoutSeconds = TIMEOUT.usual } }) => {
      const seconds = fillText(String(timeoutSeconds), values);
      if (!/^[1-9]\d{0,5}$/.test(seconds) || Number(seconds) > TIMEOUT.most)
        faults.push(`a script may take 1 to ${TIMEOUT.most} seconds; found ${quote(seconds)}`);
      const folder = fillText(workingDirectory, values);
      const lines = fillLines(runCommand, values);
      return { name, action, lines, workingDirectory: folder === "" ? undefined : folder, timeoutSeconds: Number(seconds) };
    });
  return faults.length > 0 ? { scripts: [], faults } : { scripts, faults };
}

function runsHere(equal: readonly [string, string] | undefined): boolean {
  return equal === undefined || (equal.includes("platformType") && equal.includes(PLATFORM));
}

type Bound = { readonly value: CommandValue } | { readonly fault: string };

function valueOf(name: string, parameter: CommandParameter, given: readonly string[] | undefined): Bound {
  const { type, default: usual } = parameter;
  if (given === undefined) {
    if (usual === undefined) return { fault: `the parameter ${quote(name)} is required` };
    return { value: Array.isArray(usual) ? (usual as readonly string[]) : String(usual) };
  }
  const wrong = given.find((text) => !isAllowed(text, parameter));
  if (wrong !== undefined) return { fault: `the parameter ${quote(name)} must be ${allowed(parameter)}; found ${quote(wrong)}` };
  if (type === "StringList") return { value: given };
  const [value] = given;
  if (value === undefined || given.length > 1)
    return { fault: `the parameter ${quote(name)} takes a list with one text; found ${given.length}` };
  return { value };
}

function isAllowed(text: string, { type, allowedValues, allowedPattern }: CommandParameter): boolean {
  if (type === "Integer" && !/^-?\d+$/.test(text)) return false;
  if (type === "Boolean" && !/^(true|false)$/i.test(text)) return false;
  if (allowedValues !== undefined && !allowedValues.map(String).includes(text)) return false;
  return allowedPattern === undefined || isAllowedBy(allowedPattern, text);
}

function allowed({ type, allowedValues, allowedPattern }: CommandParameter): string {
  if (allowedValues !== undefined) return `one of ${allowedValues.map((value) => quote(String(value))).join(", ")}`;
  if (allowedPattern !== undefined) return `a text that matches ${allowedPattern}`;
  return type === "Integer" ? "a whole number" : "true or false";
}
