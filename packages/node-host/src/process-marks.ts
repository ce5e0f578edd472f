import type { ProcessRow } from "./process-table.js";

// every process that a command starts inherits this variable
const VARIABLE = "IMAGEWRIGHT_FAMILY";

type Environment = Readonly<Record<string, string>>;

/** The environment for a command, with one more mark: a word without slashes that no other command has. Earlier marks stay. */
export function withMark(environment: Environment, mark: string): Environment {
  const before = environment[VARIABLE];
  return { ...environment, [VARIABLE]: before === undefined || before === "" ? mark : `${before}/${mark}` };
}

/** The marks of a process, the outermost first. None if it has cleared its environment, or belongs to another user. */
export function marksOf({ environment }: ProcessRow): readonly string[] {
  const entry = environment.find((variable) => variable.startsWith(`${VARIABLE}=`));
  return entry === undefined ? [] : entry.slice(VARIABLE.length + 1).split("/");
}
