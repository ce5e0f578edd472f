import type { InputFault } from "@imagewright/action-contract";
import { quotePath } from "@imagewright/action-modules-core";
import { scriptFault } from "../power-shell/syntax/script-fault.js";

interface Script {
  readonly commands?: readonly string[] | undefined;
  readonly file?: string | undefined;
}

/** Faults of the inputs unless they have either lines or a file that PowerShell can run. */
export function scriptFaults({ commands, file }: Script): InputFault[] {
  if (commands === undefined && file === undefined) return [{ path: [], message: 'the inputs must have "commands" or "file"' }];
  if (file === undefined) return commandFaults(commands ?? []);
  const both: InputFault[] =
    commands === undefined ? [] : [{ path: ["file"], isKey: true, message: 'the inputs must have "commands" or "file"; found both' }];
  return [...both, ...fileFaults(file)];
}

/** The script that the commands are, line by line, has to be one that PowerShell can read. */
function commandFaults(commands: readonly string[]): InputFault[] {
  const fault = scriptFault(commands.join("\n"));
  if (fault === undefined) return [];
  const { offset, message, help } = fault;
  let [index, start] = [0, 0];
  while (index < commands.length - 1 && offset > start + (commands[index]?.length ?? 0)) start += (commands[index++]?.length ?? 0) + 1;
  return [{ path: ["commands", index], offset: offset - start, isCertain: true, message, ...(help !== undefined && { help }) }];
}

function fileFaults(file: string): InputFault[] {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(file)) {
    const message = `"file" must be the path of a .ps1 file on the machine; found ${quotePath(file)}`;
    return [{ path: ["file"], message, help: "download it in a step before, with S3Download or WebDownload" }];
  }
  return /\.ps1$/i.test(file) ? [] : [{ path: ["file"], message: `"file" must be the path of a .ps1 file; found ${quotePath(file)}` }];
}
