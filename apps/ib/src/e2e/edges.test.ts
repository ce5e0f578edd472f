// What surrounds a command: signals while it waits, outputs that cannot be written, folders that are gone or closed, engines that hang.
import { spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, chown, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { isRoot, testUserProblem, withTemporaryFolder } from "@imagewright/test-kit";
import { IB, ib } from "./ib.js";

const DOCUMENT = `schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: S, action: ExecuteBash, inputs: { commands: ["true"] } }] }]\n`;

test.each([
  ["SIGTERM", 143],
  ["SIGINT", 130],
  ["SIGHUP", 129],
] as const)("%s ends the wait for a document that never comes", (signal, code) =>
  withTemporaryFolder(async (folder) => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket.on("error", () => undefined))).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const environment = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b", AWS_REGION: "eu-west-1", AWS_ENDPOINT_URL: url };
    // a recipe is read from files only, its components are not
    const recipe = {
      name: "web",
      semanticVersion: "1.0.0",
      parentImage: "localhost/a:1",
      components: [{ document: "s3://bucket/key.yaml" }],
    };
    await writeFile(join(folder, "recipe.json"), JSON.stringify(recipe));
    const commands = [
      ["component", "run", "s3://bucket/key.yaml"],
      ["component", "validate", "s3://bucket/key.yaml"],
      ["build", "recipe.json"],
    ];
    for (const command of commands) {
      let child: ChildProcess | undefined;
      const running = ib(command, { folder, environment, onStart: (given) => (child = given) });
      // one that has ended has not waited
      await Promise.race([once(server, "connection"), running]);
      child?.kill(signal);
      const { code: ended, stderr } = await running;
      expect([command, ended, stderr.split("\n").at(-2) ?? ""]).toEqual([command, code, expect.not.stringMatching(/^ +at /)]);
    }
    for (const socket of sockets) socket.destroy();
    server.close();
  }),
);

test("a signal ends the wait for a configuration file that is a pipe, and for standard input", () =>
  withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "a.yaml"), DOCUMENT);
    spawnSync("mkfifo", [join(folder, "config")]);
    spawnSync("mkfifo", [join(folder, "input")]);
    await writeFile(join(folder, "policy.json"), "{}");
    // that one of them waits is not to be seen from outside; the pipe has a writer, who writes nothing
    const script = `
      sleep 600 > input & writer=$!
      IMAGEWRIGHT_CONFIG=config "$NODE" "$IB" component run a.yaml > /dev/null 2>&1 & first=$!
      "$NODE" "$IB" lifecycle preview - policy.json < input > /dev/null 2>&1 & second=$!
      sleep 5
      for waiting in $first $second; do kill -0 $waiting && echo waits; kill -TERM $waiting; wait $waiting; echo $?; done
      kill $writer`;
    const { stdout } = spawnSync("/bin/bash", ["-c", script], {
      ...{ cwd: folder, encoding: "utf8", env: { PATH: process.env["PATH"], HOME: folder, NODE: process.execPath, IB } },
    });
    expect(stdout).toBe("waits\n143\nwaits\n143\n");
  }));

describe("outputs", () => {
  test.each([
    [
      "a full standard output",
      "component validate a.yaml --json > /dev/full",
      1,
      "1 document valid\nerror: standard output cannot be written: no space left on the device\n",
    ],
    [
      "a full standard output of the help",
      "--help > /dev/full",
      1,
      "error: standard output cannot be written: no space left on the device\n",
    ],
    ["a full standard error", "component validate a.yaml --json 2> /dev/full > /dev/null", 0, ""],
    ["closed outputs", "component validate a.yaml >&- 2>&-", 0, ""],
  ])("%s", (_, line, code, said) =>
    withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "a.yaml"), DOCUMENT);
      const { status, stderr } = inShell(line, folder);
      expect([status, stderr]).toEqual([code, said]);
    }),
  );

  test("a reader that closes the pipe is no failure", () =>
    withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "a.yaml"), DOCUMENT);
      const { stderr } = inShell("component validate a.yaml --json 3> code; echo $? > code; } | { exec <&-; sleep 1", folder);
      expect([stderr.replace(/^1 document valid\n/, ""), await readFile(join(folder, "code"), "utf8")]).toEqual(["", "0\n"]);
    }));
});

test("a current folder that is gone is noticed only where a path is relative", () =>
  withTemporaryFolder(async (folder) => {
    await mkdir(join(folder, "x"));
    await writeFile(join(folder, "a.yaml"), DOCUMENT);
    const inGone = (line: string) => inShell(line, join(folder, "x"), `rmdir ${folder}/x 2> /dev/null; `);
    expect(inGone(`component validate ${folder}/a.yaml`).status).toBe(0);
    await mkdir(join(folder, "x"));
    for (const command of ["component validate a.yaml", "component run a.yaml", "build a.yaml", "workflow validate a.yaml"]) {
      const { status, stderr } = inGone(command);
      const error = expect.stringMatching(/^error: [^\n]*"a.yaml" cannot be read: the current folder has been removed\n/);
      expect([command, status, stderr]).toEqual([command, 1, error]);
      await mkdir(join(folder, "x"));
    }
    for (const command of ["component run", "component run --plan", "component run --json"]) {
      const { status, stderr, stdout } = inGone(`${command} ${folder}/a.yaml`);
      const said = command.endsWith("json") ? stdout : stderr;
      expect([command, status, said.includes("the current folder has been removed"), said.includes(" at ")]).toEqual([
        command,
        1,
        true,
        false,
      ]);
      await mkdir(join(folder, "x"));
    }
    expect(inGone("doctor --engine podman").stderr).toMatch(/ podman /);
  }));

test.each([
  ["build", "pipe", 'the recipe "pipe" cannot be read: it is not a file'],
  ["build", "/dev/zero", 'the recipe "/dev/zero" cannot be read: it is not a file'],
  ["build", "latin1", 'the recipe "latin1" is not UTF-8 text: line 1 has bytes of another encoding'],
  ["component validate", "pipe", 'the component document "pipe" cannot be read: it is not a file'],
  ["workflow validate", "/dev/zero", 'the workflow document "/dev/zero" has 10551296 bytes; at most 10485760 are allowed'],
  ["workflow simulate", "latin1", 'the workflow document "latin1" is not UTF-8 text: line 1 has bytes of another encoding'],
  ["schedule explain", "latin1", '"latin1" cannot be read: it is not UTF-8 text: line 1 has bytes of another encoding'],
])("ib %s of a %s", (command, path, error) =>
  withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "latin1"), Buffer.from("name: ä\n", "latin1"));
    const { status, stderr } = inShell(`${command} ${path}`, folder, "mkfifo pipe; ");
    expect([status, stderr.split("\n")[0]]).toEqual([1, `error: ${error}`]);
  }),
);

test("a configuration file is read no further than allowed", () =>
  withTemporaryFolder(async (folder) => {
    const { status, stderr } = inShell("config show", folder, "export IMAGEWRIGHT_CONFIG=/dev/zero; ");
    expect([status, stderr]).toEqual([1, 'error: the configuration file "/dev/zero" cannot be read: it has more than 1048576 bytes\n']);
  }));

const TOUCH = DOCUMENT.replace("true", "touch $DONE");
const DONE = /^ {2}a.yaml build\n {4}S ExecuteBash +ok \S+ s\nsuccess: 1 step, 0 failed\nlogs: \S+\n$/;
const NO_LOGS = (home: string, reason: string) =>
  new RegExp(`^error: the log folder "${home}/\\S+" cannot be made: ${reason}\\n  try: name another folder with --log-directory\\n$`);

const problem = isRoot ? await testUserProblem(IB) : undefined;
const asUser = isRoot ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : "";

describe("is not noticed, or one clear error:", () => {
  test.each([
    ["no HOME", "unset HOME", "--log-directory logs", undefined],
    ["a HOME that does not exist", "HOME=$PWD/none", "", undefined],
    ["a HOME that is a file", "HOME=/dev/null", "", NO_LOGS("/dev/null", "ENOTDIR: not a directory, mkdir '\\S+'")],
    ["a HOME that cannot be written", "HOME=/proc", "", NO_LOGS("/proc", "ENOENT: no such file or directory, mkdir '\\S+'")],
    ["a TMPDIR that does not exist", "export TMPDIR=$PWD/none", "", undefined],
    ["a TMPDIR that is a file", "export TMPDIR=/dev/null", "", undefined],
    ["a TMPDIR that cannot be written", "export TMPDIR=/proc", "", undefined],
    ["a standard input that is a folder", "exec < /", "", undefined],
    ["a standard input that is closed", "exec <&-", "", undefined],
  ])("%s", (_, before, flags, error) =>
    withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "a.yaml"), TOUCH);
      const { status, stderr } = inShell(`component run a.yaml ${flags}`, folder, `export DONE=${folder}/done; ${before}; `);
      expect([status, stderr]).toEqual([error === undefined ? 0 : 1, expect.stringMatching(error ?? DONE)]);
      expect(existsSync(join(folder, "done"))).toBe(error === undefined);
    }),
  );

  (problem === undefined ? test : test.skip).each([
    [
      "a current folder that cannot be entered, by a step",
      `component run $TOP/a.yaml --log-directory $TOP/own/logs`,
      /\n {2}the working directory "\S+\/closed" cannot be entered: permission denied\n/,
    ],
    ["a current folder that cannot be entered, by no step", "component validate $TOP/a.yaml", /^1 document valid\n$/],
    [
      "a file in a folder that cannot be entered",
      "component validate a.yaml",
      /^error: the component document "a.yaml" cannot be read: permission denied\n$/,
    ],
    [
      "a HOME that cannot be entered",
      "component validate $TOP/a.yaml",
      /^error: the configuration file "\S+\/closed\/.config\/imagewright\/conf\S*" cannot be read: permission denied\n$/,
    ],
  ])(`%s${problem === undefined ? "" : ` (skipped: ${problem})`}`, (name, line, said) =>
    withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "a.yaml"), TOUCH);
      for (const below of ["own", "closed"]) await mkdir(join(folder, below));
      await chmod(folder, 0o755);
      if (isRoot) await chown(join(folder, "own"), 65534, 65534);
      const home = name.includes("HOME") ? "closed" : "own";
      const script = `cd ../closed; chmod 0 ../closed; HOME=$TOP/${home} exec ${asUser} "$NODE" "$IB" ${line}`;
      const { status, stderr } = spawnSync("/bin/sh", ["-c", script], {
        ...{ cwd: join(folder, "own"), encoding: "utf8" },
        env: { PATH: process.env["PATH"], NODE: process.execPath, IB, NO_COLOR: "1", TOP: folder, DONE: join(folder, "own", "done") },
      });
      await chmod(join(folder, "closed"), 0o700);
      expect([stderr, status]).toEqual([expect.stringMatching(said), said.source.includes("valid\\n") ? 0 : 1]);
    }),
  );
});

test("ib doctor ends although docker hangs", () =>
  withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "docker"), "#!/bin/sh\ntrap '' TERM\nexec /bin/sleep 600\n");
    await chmod(join(folder, "docker"), 0o755);
    const environment = { PATH: folder, IMAGEWRIGHT_ENGINE_TIMEOUT: "1" };
    const { stderr } = await ib(["doctor", "--engine", "docker"], { folder, environment });
    expect(stderr).toContain('docker did not answer within 1 s: "docker info --format {{.DefaultRuntime}} {{.SecurityOptions}…"\n');
    expect(stderr).toMatch(/fix: its daemon hangs: (systemctl restart docker|service docker restart|end dockerd and start it again)\n/);
  }));

function inShell(line: string, folder: string, before = "") {
  return spawnSync("/bin/sh", ["-c", `${before}{ "$NODE" "$IB" ${line}; }`], {
    ...{ cwd: folder, encoding: "utf8", env: { PATH: process.env["PATH"], HOME: folder, NODE: process.execPath, IB, NO_COLOR: "1" } },
  });
}
