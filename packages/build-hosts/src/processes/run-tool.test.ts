import { expect, test } from "@jest/globals";
import { identifyProcess } from "@imagewright/node-host";
import { runTool } from "./run-tool.js";

const shell = (script: string) => ({ file: "sh", arguments: ["-c", script] });

test.each([
  ["echo out; echo problem >&2; exit 3", { exitCode: 3, stdout: "out\n", stderr: "problem\n" }],
  ["kill -TERM $$", { exitCode: 143, stdout: "", stderr: "" }],
  ["cat", { exitCode: 0, stdout: "", stderr: "" }],
])("%s", async (script, expected) => expect(await runTool(shell(script))).toEqual(expected));

test("a program that is not installed is reported by name", async () => {
  await expect(runTool({ file: "no-such-program", arguments: [] })).rejects.toMatchObject({
    ...{ code: "build-hosts/command-missing", message: '"no-such-program" is not installed', hints: ["apt-get install no-such-program"] },
  });
});

test("the beginning of standard output and the end of standard error are kept", async () => {
  const ran = await runTool(shell("echo first; head -c 5000000 /dev/zero; head -c 100000 /dev/zero >&2; echo last >&2"));
  expect([ran.stdout.length, ran.stdout.slice(0, 6), ran.stderr.length, ran.stderr.slice(-5)]).toEqual([
    4 << 20,
    "first\n",
    64 << 10,
    "last\n",
  ]);
});

test("an abort ends the program and its children", async () => {
  const controller = new AbortController();
  let printed = "";
  const running = runTool({
    ...{ ...shell("sleep 600 & echo $!; wait"), signal: controller.signal },
    onOutput: (_, chunk) => {
      printed += Buffer.from(chunk).toString();
      controller.abort(new Error("enough"));
    },
  });
  await expect(running).rejects.toThrow("enough");
  await waitForEnd(Number(printed));
  await expect(runTool({ ...shell("true"), signal: controller.signal })).rejects.toThrow("enough");
});

async function waitForEnd(pid: number): Promise<void> {
  // jest's timeout ends this if the process never does
  while ((await identifyProcess(pid)) !== undefined) await new Promise((resolve) => setTimeout(resolve, 20));
}
