import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { runProgram } from "@imagewright/node-host";
import { isRoot, NOBODY, withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { ibAgent, type AgentRun } from "./agent.js";

// what another user can have made: only root can make it for that user
const asRoot = isRoot ? describe : describe.skip;

const WAITS = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Count
        action: ExecuteBash
        inputs: { commands: [echo once >> counted] }
      - name: Restart
        action: ExecuteBash
        inputs: { commands: ["test -e restarted && exit 0", touch restarted, exit 194] }
`;

const COMMAND = ["run", "-d", "c.yaml", "-l", "logs", "--restart", "caller"];
const start = (folder: string, ...flags: string[]): Promise<AgentRun> =>
  ibAgent([...COMMAND, "-i", "one", "-s", "state", ...flags], { folder });

/** A run that waits for its restart. */
async function waiting(folder: string): Promise<void> {
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, "c.yaml"), WAITS);
  expect((await start(folder)).code).toBe(194);
}

const own = (path: string, user: number) => chownSync(path, user, user);

function ownAll(path: string, user: number): void {
  for (const name of readdirSync(path)) {
    const entry = join(path, name);
    if (lstatSync(entry).isDirectory()) ownAll(entry, user);
    else if (!lstatSync(entry).isSymbolicLink()) own(entry, user);
  }
  own(path, user);
}

const makePipe = (path: string) => runProgram({ file: "mkfifo", arguments: [path], environment: { PATH: process.env["PATH"] ?? "" } });

interface ForeignState {
  readonly what: string;
  /** Relative to the folder of the test. */
  readonly path: string;
  readonly reason: string;
  readonly make: (folder: string) => unknown;
}

const STATES: readonly ForeignState[] = [
  {
    what: "in a folder of all",
    path: "state",
    reason: "others than its owner can write to it",
    make: (folder) => chmodSync(join(folder, "state"), 0o1777),
  },
  {
    what: "in a folder of another user",
    path: "state",
    reason: "it belongs to another user",
    make: (folder) => own(join(folder, "state"), NOBODY),
  },
  {
    what: "of another user",
    path: "state/one",
    reason: "it belongs to another user",
    make: (folder) => ownAll(join(folder, "state/one"), NOBODY),
  },
  {
    what: "that others can write to",
    path: "state/one",
    reason: "others than its owner can write to it",
    make: (folder) => chmodSync(join(folder, "state/one"), 0o775),
  },
  {
    what: "behind a link",
    path: "state/one",
    reason: "it is a link",
    make: (folder) => {
      renameSync(join(folder, "state/one"), join(folder, "elsewhere"));
      symlinkSync("../elsewhere", join(folder, "state/one"));
    },
  },
  {
    what: "in a folder behind a link",
    path: "state",
    reason: "it is a link",
    make: (folder) => {
      renameSync(join(folder, "state"), join(folder, "elsewhere"));
      symlinkSync("elsewhere", join(folder, "state"));
    },
  },
  {
    what: "whose request is another user's",
    path: "state/one/request.json",
    reason: "it belongs to another user",
    make: (folder) => own(join(folder, "state/one/request.json"), NOBODY),
  },
  {
    what: "whose journal is a link",
    path: "state/one/journal.jsonl",
    reason: "it is a link",
    make: (folder) => {
      renameSync(join(folder, "state/one/journal.jsonl"), join(folder, "elsewhere"));
      symlinkSync(join(folder, "elsewhere"), join(folder, "state/one/journal.jsonl"));
    },
  },
  {
    what: "whose request has a second name",
    path: "state/one/request.json",
    reason: "it has another name as well",
    make: (folder) => linkSync(join(folder, "state/one/request.json"), join(folder, "elsewhere")),
  },
  {
    what: "whose journal is a pipe",
    path: "state/one/journal.jsonl",
    reason: "it is not a regular file",
    make: (folder) => {
      rmSync(join(folder, "state/one/journal.jsonl"));
      return makePipe(join(folder, "state/one/journal.jsonl"));
    },
  },
];

asRoot("a state (as root)", () => {
  test.each(STATES.map((state) => [state.what, state] as const))(
    "%s is refused, for the same command and for --resume",
    (_what, { path, reason, make }) =>
      withTemporaryFolder(async (folder) => {
        await waiting(folder);
        await make(folder);
        const refused = `error: the state of the run is not taken from "${folder}/${path}": ${reason} [component-runner/state-refused]\n`;
        for (const run of [() => start(folder), () => ibAgent(["run", "--resume", "one", "-s", "state"], { folder })])
          expect(await run()).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining(refused) });
        expect(readFileSync(join(folder, "counted"), "utf8")).toBe("once\n");
      }),
  );

  test("is neither taken from a folder of all nor put there; one's own folder below it is made", () =>
    withTemporaryFolder(async (folder) => {
      await waiting(folder);
      mkdirSync(join(folder, "shared"));
      chmodSync(join(folder, "shared"), 0o1777);
      cpSync(join(folder, "state/one"), join(folder, "shared/foreign"), { recursive: true });
      ownAll(join(folder, "shared/foreign"), NOBODY);
      const run = await ibAgent([...COMMAND, "-s", "shared"], { folder });
      expect([run.code, run.stdout]).toEqual([1, ""]);
      expect(run.stderr).toContain(`not taken from "${folder}/shared": others than its owner can write to it`);
      expect(readFileSync(join(folder, "counted"), "utf8")).toBe("once\n");
      rmSync(join(folder, "restarted"));
      expect((await ibAgent([...COMMAND, "-s", "shared/own"], { folder })).code).toBe(194);
      expect((lstatSync(join(folder, "shared/own")).mode & 0o777).toString(8)).toBe("700");
    }));
});

asRoot("a log folder (as root)", () => {
  test.each(["a link", "a pipe"])("that a stranger has made beforehand, with %s in it, is not used", (kind) =>
    withTemporaryFolder(async (folder) => {
      chmodSync(folder, 0o755);
      writeFileSync(join(folder, "c.yaml"), WAITS.replace("exit 194", "exit 0"));
      writeFileSync(join(folder, "precious"), "precious");
      mkdirSync(join(folder, "logs"));
      chmodSync(join(folder, "logs"), 0o1777);
      const strangers: string[] = [];
      for (let second = 0; second < 20; second++) {
        const time = new Date(Date.now() + second * 1000).toISOString().slice(0, 19).replace("T", "_").replaceAll(":", "-");
        const logs = join(folder, "logs", `TOE_${time}_UTC-0_one`);
        mkdirSync(logs);
        for (const name of ["console.log", "document.yaml", "detailedoutput.json"])
          if (kind === "a link") symlinkSync(join(folder, "precious"), join(logs, name));
          else await makePipe(join(logs, name));
        ownAll(logs, NOBODY);
        strangers.push(logs);
      }
      const { code, stdout } = await start(folder);
      const { logUrl } = JSON.parse(stdout) as { logUrl: string };
      expect([code, strangers.includes(logUrl), lstatSync(logUrl).uid]).toEqual([0, false, 0]);
      expect(readFileSync(join(logUrl, "console.log"), "utf8")).toContain("TOE has completed execution successfully");
      expect(readFileSync(join(folder, "precious"), "utf8")).toBe("precious");
    }),
  );

  test.each<[string, string, (logs: string) => void]>([
    ["a folder of another user", "it belongs to another user", (logs) => own(logs, NOBODY)],
    [
      "a link",
      "it is no folder",
      (logs) => {
        renameSync(logs, `${logs}-moved`);
        symlinkSync(`${logs}-moved`, logs);
      },
    ],
  ])("that has become %s stops a resumed run before any step", (_what, reason, change) =>
    withTemporaryFolder(async (folder) => {
      await waiting(folder);
      const [name = ""] = readdirSync(join(folder, "logs"));
      change(join(folder, "logs", name));
      const refused = `error: the log folder "${folder}/logs/${name}" is not used: ${reason} [component-runner/log-folder-refused]\n`;
      expect(await start(folder)).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining(refused) });
      expect(existsSync(join(folder, "state/one/restart.json"))).toBe(true);
    }),
  );
});

asRoot("the folder of a job (as root)", () => {
  const refusal = (folder: string) => {
    const above = `"${folder}/shared" is above it, and others than its owner can replace what is in it`;
    return `error: "${folder}/shared/job" is refused: ${above} [node-host/path-refused]\n`;
  };

  const share = (folder: string) => {
    mkdirSync(join(folder, "shared"), { recursive: true });
    chmodSync(join(folder, "shared"), 0o777);
  };

  test("is refused if another user can replace it", () =>
    withTemporaryFolder(async (folder) => {
      writeFileSync(join(folder, "c.yaml"), WAITS);
      share(folder);
      const run = await ibAgent(["run", "-d", "c.yaml", "--job", "shared/job"], { folder });
      expect(run).toEqual({ code: 1, stdout: "", stderr: refusal(folder) });
    }));

  test("is refused for a resumed run, named with it or when the run began, and nothing of the run goes on", () =>
    withTemporaryFolder(async (folder) => {
      await waiting(folder);
      share(folder);
      const resume = (id: string, ...more: string[]) => ibAgent(["run", "--resume", id, "-s", "state", ...more], { folder });
      expect(await resume("one", "--job", "shared/job")).toMatchObject({ code: 1, stdout: "", stderr: refusal(folder) });
      chmodSync(join(folder, "shared"), 0o755);
      rmSync(join(folder, "restarted"));
      expect((await ibAgent([...COMMAND, "-i", "two", "-s", "state", "--job", "shared/job"], { folder })).code).toBe(194);
      share(folder);
      const events = readFileSync(join(folder, "shared", "job", "events.jsonl"), "utf8");
      expect(await resume("two")).toMatchObject({ code: 1, stdout: "", stderr: refusal(folder) });
      expect(readFileSync(join(folder, "shared", "job", "events.jsonl"), "utf8")).toBe(events);
      expect(readFileSync(join(folder, "counted"), "utf8")).toBe("once\nonce\n");
    }));
});

test.each([
  ["owner", "700", "600"],
  ["group", "750", "640"],
  ["all", "755", "644"],
])("--log-readers %s makes logs of mode %s and %s", (readers, folderMode, fileMode) =>
  withTemporaryFolder(async (folder) => {
    writeFileSync(join(folder, "c.yaml"), WAITS.replace("exit 194", "exit 0"));
    const { stdout } = await start(folder, "--log-readers", readers);
    const { logUrl } = JSON.parse(stdout) as { logUrl: string };
    const modes = [logUrl, ...readdirSync(logUrl).map((name) => join(logUrl, name))].map((path) =>
      (lstatSync(path).mode & 0o777).toString(8),
    );
    expect(modes).toEqual([folderMode, fileMode, fileMode, fileMode, fileMode, fileMode]);
  }),
);
