import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createNodeHost } from "@imagewright/node-host";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, jest, test } from "@jest/globals";
import { EarlyEnd } from "../early-end.js";
import type { Terminal } from "../terminal.js";
import { outliveShutdown } from "./outlive-shutdown.js";

/** Aborts a run's signal, on a machine that restarts or not; returns what comes of it. `endRun` ends the run before the process ends. */
function abort({ goesDown, endRun = false }: { readonly goesDown: boolean; readonly endRun?: boolean }) {
  return withTemporaryFolder(async (folder) => {
    const state = join(folder, "state", "mine");
    mkdirSync(state, { recursive: true, mode: 0o700 });
    writeFileSync(join(state, "request.json"), "{}");
    for (const [name, says] of Object.entries({ runlevel: "N 6", systemctl: "1 reboot.target start running" })) {
      writeFileSync(join(folder, name), goesDown ? `#!/bin/sh\necho ${says}\n` : "#!/bin/sh\n");
      chmodSync(join(folder, name), 0o755);
    }
    const said: string[] = [];
    let flushed = (): void => undefined;
    const terminal = {
      err: (text: unknown) => void said.push(String(text)),
      flush: (done: () => void) => (flushed = done),
    } as unknown as Terminal;
    const path = process.env["PATH"];
    const exit = jest.spyOn(process, "exit").mockImplementation((() => undefined) as never);
    process.env["PATH"] = `${folder}:${path}`;
    try {
      const agent = new AbortController();
      const context = { host: createNodeHost(), signal: agent.signal, terminal, earlyEnd: new EarlyEnd(terminal) };
      const run = { executionId: "mine", mode: "caller", stateDirectory: join(folder, "state") } as const;
      const { signal } = outliveShutdown(run, context);
      agent.abort(new Error("cancelled"));
      const before = exit.mock.calls.length;
      const interruptions = goesDown ? readFileSync(join(state, "interruptions"), "utf8") : "";
      if (endRun) rmSync(state, { recursive: true });
      flushed();
      return { cancelled: signal.aborted, said, interruptions, before, exits: exit.mock.calls.map(([code]) => code) };
    } finally {
      process.env["PATH"] = path;
      exit.mockRestore();
    }
  });
}

const SAID = ["the machine shuts down; continue the run with ib-agent run --resume mine\n"];

test("a signal cancels a run, but for one of a machine that shuts down: it ends when it has said so", async () => {
  expect(await abort({ goesDown: false })).toEqual({ cancelled: true, said: [], interruptions: "", before: 0, exits: [] });
  expect(await abort({ goesDown: true })).toEqual({ cancelled: false, said: SAID, interruptions: "-", before: 0, exits: [194] });
});

test("a run that has ended before that ends as any other", async () => {
  expect(await abort({ goesDown: true, endRun: true })).toMatchObject({ cancelled: false, said: SAID, exits: [] });
});
