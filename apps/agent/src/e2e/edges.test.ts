// What surrounds a run: signals, outputs that cannot be written, folders that are gone or closed, and what the runtime does for downloads.
import { chmod, chown, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "@jest/globals";
import { identifyProcess } from "@imagewright/node-host";
import { isRoot, testUserProblem, withTemporaryFolder } from "@imagewright/test-kit";
import { EXECUTABLE, ibAgent } from "./agent.js";

const documentOf = (...commands: readonly string[]) =>
  `schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: S, action: ExecuteBash, inputs: { commands: ${JSON.stringify(commands)} } }] }]\n`;

const SIGNALS = [
  ["SIGTERM", 143],
  ["SIGINT", 130],
  ["SIGHUP", 129],
] as const;

describe.each(SIGNALS)("%s", (signal, code) => {
  test("ends a run with the processes of its step", () =>
    withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "slow.yaml"), documentOf("sleep 600 & echo $! > pid", "wait"));
      let kill: (signal: NodeJS.Signals) => void = () => undefined;
      const running = ibAgent(["run", "-d", "slow.yaml", "-l", "logs", "-s", "state"], { folder, onStart: (given) => (kill = given) });
      await untilWritten(join(folder, "pid"));
      kill(signal);
      const { code: ended, stderr } = await running;
      expect([ended, stderr]).toEqual([code, expect.stringContaining(`${signal}: ending the running step and its processes\n`)]);
      await untilEnded(Number(await readFile(join(folder, "pid"), "utf8")));
    }));

  test("ends the wait for a document that never comes", () =>
    withTemporaryFolder((folder) =>
      withSilentServer(async (url, connected) => {
        const environment = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b", AWS_REGION: "eu-west-1", AWS_ENDPOINT_URL: url };
        let kill: (signal: NodeJS.Signals) => void = () => undefined;
        const running = ibAgent(["run", "-d", "s3://bucket/key.yaml"], { folder, environment, onStart: (given) => (kill = given) });
        await connected;
        kill(signal);
        expect(await running).toEqual({ code, stdout: "", stderr: `${signal}: ending the running step and its processes\ncancelled\n` });
      }),
    ));
});

test("a second signal ends the agent and its processes at once", () =>
  withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "slow.yaml"), documentOf("trap '' TERM; echo $$ > pid; while :; do sleep 1; done"));
    let kill: (signal: NodeJS.Signals) => void = () => undefined;
    const onStderr = (text: string) => text.includes("SIGTERM") && kill("SIGTERM");
    const running = ibAgent(["run", "-d", "slow.yaml", "-l", "logs", "-s", "state"], {
      folder,
      onStart: (given) => (kill = given),
      onStderr,
    });
    await untilWritten(join(folder, "pid"));
    kill("SIGTERM");
    expect((await running).code).toBe(143);
    await untilEnded(Number(await readFile(join(folder, "pid"), "utf8")));
  }));

describe("a run goes on to its end, with whole logs, and", () => {
  test.each([
    ["its reader closes standard error", "2>&1 >/dev/null | head -c 1 > /dev/null", 0],
    ["its reader closes both", "2>&1 | head -c 1 > /dev/null", 0],
    ["standard error is full", ">/dev/null 2>/dev/full", 0],
    ["standard error is closed", ">/dev/null 2>&-", 0],
    ["standard output is closed", ">&- 2>/dev/null", 0],
    ["standard output is full", ">/dev/full", 1],
  ])("%s", (_, outputs, code) =>
    withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "a.yaml"), documentOf("for i in $(seq 3000); do echo line $i; done", "sleep 0.2; echo end; touch done"));
      const script = `{ "$AGENT" run -d a.yaml -l logs -s state -t; echo $? > code; } ${outputs}`;
      const { stderr } = spawnSync("/bin/sh", ["-c", script], { cwd: folder, env: { PATH: "/usr/bin:/bin", AGENT: EXECUTABLE } });
      expect(await readFile(join(folder, "code"), "utf8")).toBe(`${code}\n`);
      expect(await readdir(folder)).toContain("done");
      const [logs = ""] = await readdir(join(folder, "logs"));
      const log = await readFile(join(folder, "logs", logs, "console.log"), "utf8");
      expect([log.includes("line 3000\n"), log.includes("Stdout: end\n")]).toEqual([true, true]);
      const said = stderr.toString().split("\n").at(-2);
      if (code === 1) expect(said).toBe("error: standard output cannot be written: no space left on the device");
    }),
  );
});

test("a current folder that is gone is one error", () =>
  withTemporaryFolder(async (folder) => {
    await mkdir(join(folder, "x"));
    await writeFile(join(folder, "a.yaml"), documentOf("true"));
    const script = `rmdir ../x; "$AGENT" run -d ${folder}/a.yaml -l ${folder}/logs -s ${folder}/state`;
    const { status, stderr } = spawnSync("/bin/sh", ["-c", script], {
      ...{ cwd: join(folder, "x"), encoding: "utf8" },
      env: { PATH: "/usr/bin:/bin", AGENT: EXECUTABLE },
    });
    expect([status, stderr.trim().split("\n")]).toEqual([1, [expect.stringMatching(/current working directory was deleted/)]]);
  }));

const problem = isRoot ? await testUserProblem(EXECUTABLE) : undefined;
const asUser = isRoot ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : "";

describe("is not noticed, or one clear error:", () => {
  test.each([
    ["no HOME", "unset HOME"],
    ["a HOME that does not exist", "export HOME=$PWD/none"],
    ["a HOME that is a file", "export HOME=/dev/null"],
    ["a HOME that cannot be written", "export HOME=/proc"],
    ["a TMPDIR that does not exist", "export TMPDIR=$PWD/none"],
    ["a TMPDIR that is a file", "export TMPDIR=/dev/null"],
    ["a TMPDIR that cannot be written", "export TMPDIR=/proc"],
    ["a standard input that is a folder", "exec < /"],
    ["a standard input that is closed", "exec <&-"],
  ])("%s", (_, before) =>
    withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "a.yaml"), documentOf("touch done"));
      const { status, stderr } = spawnSync("/bin/sh", ["-c", `${before}; exec "$AGENT" run -d a.yaml -l logs -s state`], {
        ...{ cwd: folder, encoding: "utf8", env: { PATH: "/usr/bin:/bin", HOME: folder, AGENT: EXECUTABLE } },
      });
      expect([status, stderr]).toEqual([0, ""]);
      expect(await readdir(folder)).toContain("done");
    }),
  );

  (problem === undefined ? test : test.skip).each([
    [
      "a current folder that cannot be entered",
      "HOME=$TOP/own",
      "-l $TOP/own/logs",
      /the working directory \\?"\S+\/closed\\?" cannot be entered: permission denied/,
    ],
    [
      "a HOME that cannot be entered",
      "HOME=$TOP/closed",
      "",
      /^error: the configuration file "\S+\/closed\/.config\/imagewright\/conf\S*" cannot be read: permission denied \[[a-z/-]+\]\n$/,
    ],
    [
      "a HOME that cannot be written",
      "HOME=$TOP",
      "-l $TOP/own/logs",
      /^error: the state of the run cannot be written to "\S+": EACCES: permission denied, mkdir '\S+' \[[a-z/-]+\]\n {2}try: name another folder with --state-directory\n$/,
    ],
  ])(`%s${problem === undefined ? "" : ` (skipped: ${problem})`}`, (_, home, flags, said) =>
    withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "a.yaml"), documentOf("true"));
      for (const below of ["own", "closed"]) await mkdir(join(folder, below));
      await chmod(folder, isRoot ? 0o755 : 0o555);
      if (isRoot) await chown(join(folder, "own"), 65534, 65534);
      const script = `cd ../closed; chmod 0 ../closed; export ${home}; exec ${asUser} "$AGENT" run -d $TOP/a.yaml ${flags}`;
      const { status, stderr } = spawnSync("/bin/sh", ["-c", script], {
        ...{ cwd: join(folder, "own"), encoding: "utf8", env: { PATH: "/usr/bin:/bin", AGENT: EXECUTABLE, TOP: folder } },
      });
      for (const path of [folder, join(folder, "closed")]) await chmod(path, 0o755);
      expect([status, stderr]).toEqual([1, expect.stringMatching(said)]);
    }),
  );
});

test("the packed agent refuses private addresses, and says what is wrong with them", () =>
  withTemporaryFolder((folder) =>
    withSilentServer(async (url) => {
      const { port } = new URL(url);
      for (const [host, reason] of [
        ["localhost", 'the host "localhost" has the address'],
        ["2130706433", '"127.0.0.1" is not a public address, and this run forbids those'],
      ] as const) {
        const step = `{ name: S, action: WebDownload, inputs: [{ source: "http://${host}:${port}/a", destination: ${folder}/a }] }`;
        await writeFile(join(folder, "a.yaml"), `schemaVersion: 1.0\nphases: [{ name: build, steps: [${step}] }]\n`);
        const run = await ibAgent(["run", "-d", "a.yaml", "-l", "logs", "-s", "state", "--no-private-addresses"], { folder });
        expect([run.code, run.stderr.includes(reason)]).toEqual([1, true]);
      }
    }),
  ));

describe("a value that looks like a flag, and is known only when its step runs, never reaches a tool:", () => {
  const PACKAGE = "must be the name of a package, in which * matches any characters; found";
  test.each([
    ["a package", "UpdateOS", "{ include: [VALUE] }", "-oDpkg::Pre-Invoke::=touch done", `each item of "include" ${PACKAGE}`],
    ["a package to leave out", "UpdateOS", "{ exclude: [VALUE] }", "--setopt=reposdir=/tmp", `each item of "exclude" ${PACKAGE}`],
    ["a user", "SetFileOwner", "[{ path: a.yaml, owner: VALUE }]", "--help", 'no user named "--help" on this machine'],
    ["a group", "SetFileOwner", "[{ path: a.yaml, owner: root, group: VALUE }]", "-s files", 'no group named "-s files" on this machine'],
    ["the user of a new file", "CreateFile", "[{ path: b, content: a, owner: VALUE }]", "-u", 'no user named "-u" on this machine'],
    ["a program", "ExecuteBinary", "{ path: VALUE }", "-c", 'the program "-c" was not found on the PATH'],
  ])("%s", (_, action, inputs, value, reason) =>
    withTemporaryFolder(async (folder) => {
      const first = `{ name: S, action: ExecuteBash, inputs: { commands: [${JSON.stringify(`printf %s '${value}'`)}] } }`;
      const second = `{ name: T, action: ${action}, inputs: ${inputs.replace("VALUE", '"{{ build.S.outputs.stdout }}"')} }`;
      await writeFile(join(folder, "a.yaml"), `schemaVersion: 1.0\nphases: [{ name: build, steps: [${first}, ${second}] }]\n`);
      const { code, stderr } = await ibAgent(["run", "-d", "a.yaml", "-l", "logs", "-s", "state"], { folder });
      expect([code, stderr]).toEqual([1, expect.stringContaining(reason)]);
      expect((await readdir(folder)).sort()).toEqual(["a.yaml", "logs", "state"]);
    }),
  );
});

async function withSilentServer(body: (url: string, connected: Promise<unknown>) => Promise<void>): Promise<void> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket.on("error", () => undefined))).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    await body(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, once(server, "connection"));
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

/** Waits for a file with a line; jest's timeout ends this if it never comes. */
async function untilWritten(path: string): Promise<void> {
  while (!(await readFile(path, "utf8").catch(() => "")).endsWith("\n")) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function untilEnded(pid: number): Promise<void> {
  while ((await identifyProcess(pid)) !== undefined) await new Promise((resolve) => setTimeout(resolve, 20));
}
