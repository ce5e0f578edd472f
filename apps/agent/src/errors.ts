import { errorRow, errorTable, quote } from "@imagewright/diagnostics";

/** The failures of the agent itself. After a failed restart the state of the run is kept, so that it can be resumed. */
export const agentError = errorTable("agent", {
  "configuration-invalid": errorRow("invalid", ({ file }: { file: string }) => ({
    message: `the configuration file ${quote(file)} has faults`,
    hints: ["mend it, or name another with IMAGEWRIGHT_CONFIG"],
  })),
  "settings-not-readable": errorRow("failed", ({ executionId, cause }: { executionId: string; cause: string }) => ({
    message: `the settings in the state of the run ${quote(executionId)} are not the agent's: ${cause}`,
    hints: ["resume the run with the program that began it"],
  })),
  "restart-needs-root": errorRow("forbidden", ({ executionId }: { executionId: string }) => ({
    message: "a step asks for a restart of the machine, which only root may do",
    hints: ["run the agent as root, or with --restart caller", `restart the machine, then run: ib-agent run --resume ${executionId}`],
  })),
  "trigger-not-set": errorRow("failed", ({ what, cause }: { what: string; cause: string }) => ({
    message: `the run cannot be continued after a restart: ${quote(what)} failed: ${cause}`,
    hints: ["run with --restart caller, and start the agent again after the restart"],
  })),
  "restart-failed": errorRow("failed", ({ cause, executionId }: { cause: string; executionId: string }) => ({
    message: `the machine cannot be restarted: ${cause}`,
    hints: [`restart it by hand; the run continues automatically, or with ib-agent run --resume ${executionId}`],
  })),
  "folder-gone": errorRow("not-found", ({ folder, executionId, cause }: { folder: string; executionId: string; cause: string }) => ({
    message: `the run cannot continue in its folder ${quote(folder)}: ${cause}`,
    hints: [
      "start runs that restart the machine in a folder that survives it; many systems empty /tmp",
      `make the folder, then ib-agent run --resume ${executionId}`,
    ],
  })),
});
