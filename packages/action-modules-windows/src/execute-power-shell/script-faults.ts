import type { InputFault } from "@imagewright/action-contract";
import { quotePath } from "@imagewright/action-modules-core";

interface Script {
  readonly commands?: readonly string[] | undefined;
  readonly file?: string | undefined;
}

/** Faults of the inputs unless they have either lines or a file that PowerShell can run. */
export function scriptFaults({ commands, file }: Script): InputFault[] {
  if (commands === undefined && file === undefined) return [{ path: [], message: 'the inputs must have "commands" or "file"' }];
  if (file === undefined) return [];
  const both: InputFault[] =
    commands === undefined ? [] : [{ path: ["file"], isKey: true, message: 'the inputs must have "commands" or "file"; found both' }];
  return [...both, ...fileFaults(file)];
}

function fileFaults(file: string): InputFault[] {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(file)) {
    const message = `"file" must be the path of a .ps1 file on the machine; found ${quotePath(file)}`;
    return [{ path: ["file"], message, help: "download it in a step before, with S3Download or WebDownload" }];
  }
  return /\.ps1$/i.test(file) ? [] : [{ path: ["file"], message: `"file" must be the path of a .ps1 file; found ${quotePath(file)}` }];
}
