import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { followJob } from "../port/follow-job.js";
import { jobFolder } from "../port/job-folder.js";
import { START } from "../port/job.js";
import { newToken, readWhole } from "./finished-job.js";
import type { TestBench } from "./test-bench.js";

export function describeRunningJobs(bench: TestBench): void {
  describe("running jobs", () => {
    test("a job returns its exit code, both streams and its events", () =>
      bench.withMachine(async (machine) => {
        const job = await bench.startSh(machine, `echo out; echo problem >&2; echo '{"n":1}' >> $1/events.jsonl; exit 3`);
        expect(await readWhole(bench.host, job)).toEqual({
          ...{ state: { kind: "exited", exitCode: 3 }, stdout: "out\n", stderr: "problem\n", eventLines: ['{"n":1}'] },
        });
      }));

    test.each([
      [["no-such-program"], 127],
      [["/etc"], 126],
      [["sh", "-c", "kill -KILL $$"], 137],
    ])("%j ends with %d", (command, exitCode) =>
      bench.withMachine(async (machine) => expect((await bench.run(machine, { command })).state).toEqual({ kind: "exited", exitCode })),
    );

    test("a job has the variables of its launch and its own, no others but the image's, and words and values as they are", () =>
      bench.withMachine(
        async (machine) => {
          const { stdout } = await bench.run(machine, { command: ["env"], environment: { TEXT: "x  y'z\"$HOME\\", LATER: "job" } });
          const variables = stdout
            .trimEnd()
            .split("\n")
            .filter((line) => !line.startsWith("PATH="));
          expect(variables.sort()).toEqual(["EARLY=launch", "LATER=job", "TEXT=x  y'z\"$HOME\\"]);
          expect((await bench.run(machine, { command: ["printf", "%s|", "", "a  b", "$X'\"\\", "-n"] })).stdout).toBe("|a  b|$X'\"\\|-n|");
        },
        { environment: { EARLY: "launch", LATER: "launch" } },
      ));

    test("a missing working directory is made", () =>
      bench.withMachine(async (machine) => {
        const { stdout } = await bench.run(machine, { command: ["pwd"], workingDirectory: "/new/folder with blanks" });
        expect(stdout).toBe("/new/folder with blanks\n");
      }));

    test("standard input is empty", () =>
      bench.withMachine(async (machine) => expect((await bench.run(machine, { command: ["cat"] })).stdout).toBe("")));

    test("files arrive in the job's folder, which is root's alone", () =>
      bench.withMachine(async (machine) => {
        const local = join(bench.folder, "local");
        await writeFile(local, "local\n");
        await chmod(local, 0o644);
        const files = { "in/a b": { text: "text\n" }, "in/local": { localPath: local } };
        const { stdout } = await bench.sh(machine, `cd "$1"; cat "in/a b" in/local; stat -c '%n %a %u %g' . in in/*`, { files });
        expect(stdout).toBe("text\nlocal\n. 700 0 0\nin 700 0 0\nin/a b 600 0 0\nin/local 600 0 0\n");
      }));

    test("a file that would leave the job's folder, or is missing here, is refused, and nothing is started", () =>
      bench.withMachine(async (machine) => {
        const token = newToken();
        const missing = join(bench.folder, "nowhere");
        const start = (path: string) =>
          bench.host.startJob(machine, { command: ["true"], files: { [path]: { localPath: missing } } }, token);
        for (const path of ["../x", "/x", "."])
          await expect(start(path)).rejects.toThrow(`the job file "${path}" is outside of the job's folder`);
        await expect(start("x")).rejects.toMatchObject({ code: "build-hosts/path-not-found", data: { path: missing, where: "here" } });
        const { stdout } = await bench.sh(machine, `ls "$(dirname "$1")" | wc -l`);
        expect(stdout.trim()).toBe("1");
      }));

    test("stand-ins are found where the image has no such program, and give way to one that is installed", () =>
      bench.withMachine(
        async (machine) => {
          const where = 'command -v lacking; lacking a "b c"; command -v ls | grep -c stand-ins; cat "$1/stand-ins"';
          const { stdout } = await bench.sh(machine, `${where}; chmod 755 "$(command -v lacking)" 2> /dev/null || echo kept`);
          expect(stdout).toBe(`${machine.toolsFolder}/stand-ins/lacking\nstand-in a b c\n0\nlacking\nkept\n`);
          const install =
            "mkdir -p /usr/bin; printf '#!/bin/sh\\necho installed\\n' > /usr/bin/lacking; chmod 755 /usr/bin/lacking; lacking";
          expect((await bench.sh(machine, install)).stdout).toBe("installed\n");
          expect((await bench.sh(machine, 'lacking; echo "$PATH" | grep -c stand-ins; ls "$1"')).stdout).not.toContain("stand-ins");
        },
        { standIns: { lacking: "#!/bin/sh\necho stand-in $*\n", ls: "#!/bin/sh\necho wrong\n" } },
      ));

    test("tools can be executed, and not changed", async () => {
      const tool = join(bench.folder, "tool");
      await writeFile(tool, "#!/bin/sh\necho tool $*\n");
      await chmod(tool, 0o755);
      await bench.withMachine(
        async (machine) => {
          const { stdout } = await bench.sh(
            machine,
            `${machine.toolsFolder}/my-tool x; echo no > ${machine.toolsFolder}/my-tool || echo kept`,
          );
          expect(stdout).toBe("tool x\nkept\n");
        },
        { tools: { "my-tool": tool } },
      );
    });

    test("a job is started once with a token; another token starts another", () =>
      bench.withMachine(async (machine) => {
        const token = newToken();
        const job = { command: ["sh", "-c", "echo start >> /starts; cat /starts"] };
        const [one, two] = await Promise.all([bench.host.startJob(machine, job, token), bench.host.startJob(machine, job, token)]);
        expect(two).toEqual(one);
        expect((await readWhole(bench.host, one)).stdout).toBe("start\n");
        expect(await bench.host.startJob(machine, job, token)).toEqual(one);
        expect((await readWhole(bench.host, one)).stdout).toBe("start\n");
        expect((await bench.run(machine, job)).stdout).toBe("start\nstart\n");
        expect((await bench.sh(machine, `dirname "$1"`)).stdout).toBe(`${machine.jobsFolder}\n`);
        expect(jobFolder(machine, token)).toBe(`${machine.jobsFolder}/${one.id}`);
      }));

    test("events reach the reader while the job runs, and a second reader goes on at the cursor of the first", () =>
      bench.withMachine(async (machine) => {
        const job = await bench.startSh(machine, `for n in 1 2 3 4 5 6; do echo $n >> $1/events.jsonl; echo out $n; sleep 0.2; done`);
        const enough = new AbortController();
        const early: string[] = [];
        let cursor = START;
        const following = followJob(bench.host, job, {
          signal: enough.signal,
          onReading: (reading) => {
            early.push(...reading.eventLines);
            cursor = reading.cursor;
            if (early.length >= 2) enough.abort(new Error("enough"));
          },
        });
        await expect(following).rejects.toThrow("enough");
        expect((await bench.host.readJob(job, cursor)).state).toEqual({ kind: "running" });
        const rest = await readWhole(bench.host, job, cursor);
        expect([...early, ...rest.eventLines]).toEqual(["1", "2", "3", "4", "5", "6"]);
        expect(rest.state).toEqual({ kind: "exited", exitCode: 0 });
        expect(early.length).toBeLessThan(6);
      }));

    test("jobs side by side in one machine see each other's files", () =>
      bench.withMachine(async (machine) => {
        await bench.sh(machine, "echo 0 > /ball; mkdir /shared");
        const waitFor = (text: string) => `while [ "$(cat /ball)" != ${text} ]; do sleep 0.02; done`;
        const [one, other] = await Promise.all([
          bench.startSh(
            machine,
            `echo 1 > /ball; ${waitFor("2")}; cat /shared/of-other; rm /shared/of-other; mv /shared/moved /; echo 3 > /ball`,
          ),
          bench.startSh(
            machine,
            `${waitFor("1")}; echo text > /shared/of-other; : > /shared/moved; echo 2 > /ball; ${waitFor("3")}; ls /shared`,
          ),
        ]);
        expect(await readWhole(bench.host, one)).toMatchObject({ state: { kind: "exited", exitCode: 0 }, stdout: "text\n" });
        expect(await readWhole(bench.host, other)).toMatchObject({ state: { kind: "exited", exitCode: 0 }, stdout: "" });
        expect((await bench.sh(machine, "cat /ball; ls -d /moved")).stdout).toBe("3\n/moved\n");
      }));

    test("machines do not see each other's changes", () =>
      bench.withMachine((one) =>
        bench.withMachine(async (other) => {
          await Promise.all([bench.sh(one, "touch /one"), bench.sh(other, "touch /other")]);
          expect((await bench.sh(one, "ls /one /other 2> /dev/null || :")).stdout).toBe("/one\n");
          expect((await bench.sh(other, "ls /one /other 2> /dev/null || :")).stdout).toBe("/other\n");
        }),
      ));
  });
}
