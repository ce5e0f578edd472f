import { inheritedEnvironment } from "@imagewright/node-host";

/** The environment of this process for the tools that it starts, with messages in English: engines find their configuration through it. */
export function toolEnvironment(): Readonly<Record<string, string>> {
  return { ...inheritedEnvironment(), LC_ALL: "C.UTF-8" };
}
