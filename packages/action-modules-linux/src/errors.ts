import { errorRow, errorTable, listOf, quote } from "@imagewright/diagnostics";

interface FailedCommand {
  /** The first words of the command: `apt-get update`. */
  readonly command: string;
  readonly exitCode: number;
  /** The last line of its standard error, if any. */
  readonly lastLine: string | undefined;
}

/** The failures of this package's actions. */
export const linuxActionError = errorTable("action-modules-linux", {
  "not-root": errorRow("forbidden", ({ userId }: { readonly userId: string }) => ({
    message: `updating the system needs root; this process runs as user id ${userId}`,
    hints: ["run the agent with sudo"],
  })),
  "no-package-manager": errorRow("unavailable", ({ known }: { readonly known: readonly string[] }) => ({
    message: `no supported package manager was found on this system; supported: ${listOf(known)}`,
  })),
  "not-on-platform": errorRow("invalid", ({ platform }: { readonly platform: string }) => ({
    message: `UpdateOS cannot update ${platform} here`,
  })),
  "command-failed": errorRow("failed", ({ command, exitCode, lastLine }: FailedCommand) => ({
    message: `${quote(command)} exited with code ${exitCode}${lastLine === undefined ? "" : `: ${lastLine}`}`,
  })),
  "command-not-run": errorRow("failed", ({ command, reason }: { readonly command: string; readonly reason: string }) => ({
    message: `${quote(command)} did not run to its end: ${reason}`,
  })),
});
