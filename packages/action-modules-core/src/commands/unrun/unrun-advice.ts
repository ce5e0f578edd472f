import type { HostPorts } from "@imagewright/action-contract";
import { quote } from "@imagewright/diagnostics";
import { installCommand } from "./install-command.js";
import type { UnrunCommand } from "./unrun-commands.js";

type Machine = Pick<HostPorts, "platform" | "files">;

/** What to do about a command that did nothing, as hints. */
export async function unrunAdvice({ kind, text }: Pick<UnrunCommand, "kind" | "text">, host: Machine): Promise<string[]> {
  if (kind === "package") return ["the lists of packages may be missing: run apt-get update before; otherwise check the name"];
  return kind === "missing" ? missingAdvice(text, host) : [];
}

/** What to do about a command that is missing on this machine, as hints. */
export async function missingAdvice(command: string, host: Machine): Promise<string[]> {
  if (command === "$'\\r'" || command.endsWith("\r")) return ["the script has Windows line ends: save the document with LF"];
  const install = await installCommand(command, host);
  const inEarlierStep = `install ${quote(command)} in an earlier step${install === undefined ? ", or give its full path" : `: ${install}`}`;
  return command === "sudo" ? [`root needs no sudo: leave it out, or ${inEarlierStep}`] : [inEarlierStep];
}
