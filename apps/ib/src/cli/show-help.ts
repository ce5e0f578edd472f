import type { Config } from "@oclif/core/config";
import { Help } from "@oclif/core/help";
import { terminal } from "./terminal.js";

/** Prints the help of a command, of a topic with its commands, or of the program. */
export async function showHelp(config: Config, words: readonly string[]): Promise<void> {
  // the libraries for colours that oclif uses would decide by itself; a help page starts no other program
  if (terminal.outColor) delete process.env["NO_COLOR"];
  await new Help(config, { stripAnsi: !terminal.outColor }).showHelp([...words]);
}
