import { spawnSync } from "node:child_process";
import { describe, expect, test } from "@jest/globals";
import type { TestBench } from "./test-bench.js";

export function describeOpeningShells(bench: TestBench): void {
  describe("opening a shell", () => {
    test("the command opens one as root in the machine, at a terminal, with what jobs have left there", () =>
      bench.withMachine(async (machine) => {
        await bench.sh(machine, "echo left by a job > /srv-note");
        const { environment, words } = await bench.host.shellCommand(machine);
        const line = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
        // the terminal shows what is typed as well; arithmetic tells the answer from it
        const { stdout } = spawnSync("script", ["-qec", line, "/dev/null"], {
          ...{ input: 'cat /srv-note; echo "user $(($(id -u) + 7000))"; echo seen > /srv-seen; exit\n', encoding: "utf8", timeout: 60_000 },
          env: { ...process.env, ...environment, TERM: "dumb" },
        });
        expect(stdout.replaceAll("\r", "")).toMatch(/^left by a job\nuser 7000\n/m);
        expect((await bench.sh(machine, "cat /srv-seen")).stdout).toBe("seen\n");
      }));

    test("there is none for a machine that is gone", async () => {
      const machine = await bench.host.launch(bench.given.spec, bench.request());
      await bench.host.terminate(machine);
      await expect(bench.host.shellCommand(machine)).rejects.toMatchObject({ code: "build-hosts/machine-not-found" });
    });
  });
}
