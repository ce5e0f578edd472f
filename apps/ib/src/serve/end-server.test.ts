import { spawn } from "node:child_process";
import { once } from "node:events";
import { identifyProcess } from "@imagewright/node-host";
import { expect, test } from "@jest/globals";
import { endServer } from "./end-server.js";

async function startShell(script: string): Promise<{ readonly pid: number; readonly startTime: string }> {
  const child = spawn("/bin/sh", ["-c", `${script}; echo ready; while :; do sleep 0.05; done`], { stdio: ["ignore", "pipe", "ignore"] });
  await once(child.stdout, "data");
  const self = await identifyProcess(child.pid ?? 0);
  if (self === undefined) throw new Error("it has ended");
  return self;
}

test("a server that does not end is not waited for without an end", async () => {
  const server = await startShell("trap '' TERM");
  try {
    await expect(endServer(server, { seconds: 0.3 })).rejects.toMatchObject({
      code: "ib/server-not-stopped",
      message: `process ${server.pid}, which serves this data folder, cannot be stopped: it has not ended within 0.3 s; end it with kill -9 ${server.pid}`,
    });
  } finally {
    process.kill(server.pid, "SIGKILL");
  }
});

test("one that ends is", async () => {
  await endServer(await startShell(":"));
});
