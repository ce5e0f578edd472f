import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { ShellCommand } from "../port/shell-command.js";
import { ALL_ATTACKS, ATTACK_NAMES, READING_ATTACKS } from "./attacks.js";
import type { LeftOutChapters } from "./build-host-under-test.js";
import type { TestBench } from "./test-bench.js";

export function describeOpeningShells(bench: TestBench, leftOut: LeftOutChapters = {}): void {
  const attacks = leftOut.isolation === undefined ? ALL_ATTACKS : READING_ATTACKS;
  describe("opening a shell", () => {
    test("the command opens one as root in the machine, at a terminal, with what jobs have left there", () =>
      bench.withMachine(async (machine) => {
        await bench.sh(machine, "echo left by a job > /srv-note");
        // the terminal shows what is typed as well; arithmetic tells the answer from it
        const typed = 'cat /srv-note; echo "user $(($(id -u) + 7000))"; echo seen > /srv-seen; exit\n';
        expect(atTerminal(await bench.host.shellCommand(machine), typed)).toMatch(/^left by a job\nuser 7000\n/m);
        expect((await bench.sh(machine, "cat /srv-seen")).stdout).toBe("seen\n");
      }));

    test("root of that shell cannot reach this computer either: a job may have replaced any program that it starts", () =>
      bench.withMachine(async (machine) => {
        const secret = randomUUID();
        const file = join(bench.folder, "secret-of-shell");
        await writeFile(file, `${secret}\n`);
        const files = { secret: { text: `${secret}\n` }, attacks: { text: attacks } };
        await bench.sh(machine, 'cp "$1/secret" /secret-text; cp "$1/attacks" /attacks', { files });
        const process = spawn("/bin/sh", ["-c", "sleep 1000", secret], { stdio: "ignore" });
        try {
          const typed = `sh /attacks "${file}" /secret-text; echo "ended $((7000 + 1))"; exit\n`;
          const lines = atTerminal(await bench.host.shellCommand(machine), typed).split("\n");
          expect([lines.filter((line) => ATTACK_NAMES.includes(line)), lines.includes("ended 7001")]).toEqual([[], true]);
        } finally {
          process.kill("SIGKILL");
        }
      }));

    test("there is none for a machine that is gone", async () => {
      const machine = await bench.host.launch(bench.given.spec, bench.request());
      await bench.host.terminate(machine);
      await expect(bench.host.shellCommand(machine)).rejects.toMatchObject({ code: "build-hosts/machine-not-found" });
    });
  });
}

/** What a terminal shows in which somebody starts the command, and types. */
function atTerminal({ environment, words }: ShellCommand, input: string): string {
  const line = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
  const { stdout } = spawnSync("script", ["-qec", line, "/dev/null"], {
    ...{ input, encoding: "utf8", timeout: 60_000 },
    env: { ...process.env, ...environment, TERM: "dumb" },
  });
  return stdout.replaceAll("\r", "");
}
