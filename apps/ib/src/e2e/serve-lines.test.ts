// The lines that `ib serve` prints, pasted as they are: the SDK of this repository, and the aws and boto3 of this computer if it has them.
import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { ib } from "./ib.js";
import { withService } from "./testing/service.js";

const CALL_BY_SDK = `import { ImagebuilderClient, ListComponentsCommand } from "@aws-sdk/client-imagebuilder";
console.log((await new ImagebuilderClient({}).send(new ListComponentsCommand({}))).componentVersionList.length);`;
const CALL_BY_BOTO3 = `import boto3
print(len(boto3.client("imagebuilder").list_components()["componentVersionList"]))`;

const has = (command: string, ...parameters: string[]) => spawnSync(command, parameters).status === 0;
const withAws = has("aws", "--version") ? test : test.skip;
// the lines name the version from which boto3 obeys them
const withBoto3 = has("python3", "-c", "import boto3; assert tuple(map(int, boto3.__version__.split('.')[:2])) >= (1, 28)")
  ? test
  : test.skip;

withAws("those for every aws", () =>
  withLines(async ({ blocks, run }) => {
    expect(run(blocks["aws, every version"] ?? "")).toEqual({ code: 0, stdout: expect.stringContaining('"componentVersionList": []') });
  }),
);

test("those for SDKs, by themselves", () =>
  withLines(async ({ sdkLines, run }) => {
    expect(run(`${sdkLines}\nnode --input-type=module -e '${CALL_BY_SDK}'`)).toEqual({ code: 0, stdout: "0\n" });
  }));

withBoto3("those for SDKs, with boto3, which does not know AWS_REGION", () =>
  withLines(async ({ sdkLines, run }) => {
    expect(run(`${sdkLines}\npython3 -c '${CALL_BY_BOTO3}'`)).toEqual({ code: 0, stdout: "0\n" });
  }),
);

test("those for a profile, with the file of the key", () =>
  withLines(async ({ blocks, profile, folder, run }) => {
    await mkdir(join(folder, ".aws"));
    await writeFile(join(folder, ".aws", "config"), profile);
    const [credentials = ""] = (blocks["aws, every version"] ?? "").split("\n");
    const call = `node --input-type=module -e '${CALL_BY_SDK}'`;
    expect(run(`${credentials}\nexport AWS_PROFILE=imagewright\n${call}`)).toEqual({ code: 0, stdout: "0\n" });
  }));

interface Lines {
  /** By the words of their heading before the first colon or semicolon. */
  readonly blocks: Readonly<Record<string, string>>;
  readonly sdkLines: string;
  readonly profile: string;
  readonly folder: string;
  /** Runs lines in a shell with no settings of AWS but theirs. */
  readonly run: (lines: string) => { readonly code: number | null; readonly stdout: string };
}

function withLines(body: (lines: Lines) => Promise<void>): Promise<void> {
  return withService(async (_start, { folder, databaseUrl }) => {
    let done: Promise<void> | undefined;
    let shown = "";
    await ib(["serve", "--role", "api", "--listen", "127.0.0.1:0"], {
      ...{ folder, environment: { IMAGEWRIGHT_DATABASE_URL: databaseUrl } },
      onStart: (child) =>
        child.stdout?.on("data", (chunk: Buffer) => {
          shown += chunk.toString();
          if (shown.endsWith("\n}\n")) done ??= body(linesIn(shown, folder)).finally(() => child.kill("SIGTERM"));
        }),
    });
    if (done === undefined) throw new Error(`ib serve has ended: ${shown}`);
    await done;
  });
}

function linesIn(stdout: string, folder: string): Lines {
  const blocks = Object.fromEntries(
    stdout
      .split("\n\n")
      .map((block) => /^# ([^:;\n]*)[^\n]*\n([^]*)$/.exec(block))
      .map((match) => [match?.[1] ?? "", match?.[2] ?? ""]),
  );
  const starting = (text: string) => Object.entries(blocks).find(([heading]) => heading.startsWith(text))?.[1] ?? "";
  const run = (lines: string) => {
    const env = { PATH: process.env["PATH"] ?? "", HOME: folder, AWS_EC2_METADATA_DISABLED: "true" };
    // the shell ends at the first line that fails
    const { status, stdout: printed } = spawnSync("sh", ["-ec", lines], { cwd: import.meta.dirname, env, encoding: "utf8" });
    return { code: status, stdout: printed };
  };
  return { blocks, sdkLines: starting("SDKs"), profile: starting("the same as a profile"), folder, run };
}
