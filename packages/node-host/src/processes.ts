import { spawn } from "node:child_process";
import type { Processes } from "@imagewright/action-contract";

export const processes: Processes = {
  run: ({ file, arguments: parameters, workingDirectory, environment }, { onOutput, signal }) =>
    new Promise((resolve) => {
      const child = spawn(file, parameters, { cwd: workingDirectory, env: environment, stdio: ["ignore", "pipe", "pipe"], detached: true });
      const kill = () => child.pid !== undefined && process.kill(-child.pid, "SIGKILL");
      signal.addEventListener("abort", kill, { once: true });
      child.stdout.on("data", (chunk: Uint8Array) => onOutput("stdout", chunk));
      child.stderr.on("data", (chunk: Uint8Array) => onOutput("stderr", chunk));
      child.once("error", (error) => resolve({ kind: "not-started", reason: error.message }));
      child.once("close", (code, killedBy) => {
        signal.removeEventListener("abort", kill);
        if (signal.aborted) resolve({ kind: "aborted" });
        else if (code === null) resolve({ kind: "killed", signal: killedBy ?? "unknown" });
        else resolve({ kind: "exited", code });
      });
    }),
};
