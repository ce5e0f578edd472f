import { findCommand } from "../processes/find-command.js";

/** What a person who is not root types to run a command as root here. */
export async function asRoot(command: string): Promise<string> {
  return (await findCommand("sudo")) === undefined ? `as root: ${command}` : `sudo ${command}`;
}
