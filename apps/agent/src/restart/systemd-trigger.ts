import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "@imagewright/node-host";
import { attemptTrigger, type ResumedRun, type Trigger } from "./trigger.js";

const UNITS = "/etc/systemd/system";

/** A systemd unit that starts at the end of the boot, once the network is up. */
export const systemdTrigger: Trigger = systemdTriggerIn(UNITS);

/** The same with units in another folder. */
export function systemdTriggerIn(units: string): Trigger {
  const wants = join(units, "multi-user.target.wants");
  return {
    set(run) {
      const path = join(units, unitName(run.executionId));
      attemptTrigger(path, () => {
        mkdirSync(wants, { recursive: true });
        writeAtomically(path, unitOf(run), { mode: 0o644, sync: false });
        // what "systemctl enable" does; systemd itself does not answer during a shutdown
        rmSync(join(wants, unitName(run.executionId)), { force: true });
        symlinkSync(path, join(wants, unitName(run.executionId)));
      });
    },
    clear(executionId) {
      rmSync(join(wants, unitName(executionId)), { force: true });
      rmSync(join(units, unitName(executionId)), { force: true });
    },
  };
}

// systemd rejects a program with quotes or backslashes in its path, so a shell starts it
const STARTER = ["/bin/sh", "-c", 'exec "$0" "$@"'];

/**
 * The folder and the environment of the run are in its state, so the unit contains only the command. 194 is another restart, not a failure.
 */
function unitOf({ executionId, command }: ResumedRun): string {
  return [
    "[Unit]",
    `Description=Imagewright run ${executionId} after a restart`,
    "Wants=network-online.target",
    "After=network-online.target multi-user.target",
    "",
    "[Service]",
    `ExecStart=${[...STARTER, ...command].map(quote).join(" ")}`,
    "SuccessExitStatus=194",
    "",
    "[Install]",
    "WantedBy=multi-user.target",
    "",
  ].join("\n");
}

function unitName(executionId: string): string {
  return `imagewright-${executionId}.service`;
}

/** Quotes a word; per cent signs would begin specifiers, and dollar signs variables. */
function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&").replaceAll("%", "%%").replaceAll("$", "$$$$").replaceAll("\n", "\\n")}"`;
}
