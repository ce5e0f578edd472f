import type { ShellCommand } from "@imagewright/build-hosts";
import { shellWord } from "@imagewright/diagnostics";

/** A command as it is typed, under sudo if it works on what is root's. */
export function commandLine({ environment, words }: ShellCommand, sudo: boolean): string {
  const variables = Object.entries(environment).map(([key, value]) => `${key}=${shellWord(value)}`);
  return [...(sudo ? ["sudo"] : []), ...variables, ...words.map(shellWord)].join(" ");
}
