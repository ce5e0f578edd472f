// Documents as the API has them: in the request that makes a workflow, and in what the service answers.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { ib } from "./ib.js";

const DATA = `schemaVersion: 1.0
steps:
  - name: Launch
    action: LaunchInstance
    inputs: { waitFor: ssmAgent }
  - name: Check
    action: RunCommand
    onFailure: Continue
    inputs: { instanceId.$: $.stepOutputs.Launch.instanceId, documentName: AWS-RunShellScript, parameters: { commands: ["true"] } }
  - name: End
    action: TerminateInstance
    inputs: { instanceId.$: $.stepOutputs.Launch.instanceId }
`;
const FAULTY = DATA.replace("TerminateInstance", "TerminateInstanze");
const ELSEWHERE = `${DATA}  - { name: Register, action: RegisterImage }\n`;
const ARN = "arn:aws:imagebuilder:us-east-1:123456789012:workflow/test/check/1.0.0/1";

const request = (data: string) =>
  JSON.stringify({ name: "check", semanticVersion: "1.0.0", type: "TEST", data, clientToken: "one" }, undefined, 2);
const answer = (data: string) =>
  JSON.stringify({ requestId: "r", workflow: { arn: ARN, name: "check", version: "1.0.0", type: "TEST", data } }, undefined, 2);
const FORMS = [
  ["a request", request],
  ["an answer", answer],
] as const;

/** The line and the column of a word in a text, counted from 1. */
function placeOf(word: string, text: string): string {
  const lines = text.slice(0, text.indexOf(word)).split("\n");
  return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}

/** Files by their names, in the current folder of the calls. */
async function withFiles(files: Readonly<Record<string, string>>, body: (folder: string) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    await mkdir(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    await body(folder);
  });
}

describe.each(FORMS)("%s of the API", (_, form) => {
  test("validate: it is checked for the type that is beside it, with its places in the file", () =>
    withFiles({ "good.json": form(DATA), "bad.json": form(FAULTY) }, async (folder) => {
      expect(await ib(["workflow", "validate", "good.json"], { folder })).toEqual({
        ...{ code: 0, stdout: "", stderr: "good.json: a TEST workflow\n1 document valid\n" },
      });
      const { code, stderr } = await ib(["workflow", "validate", "bad.json"], { folder });
      expect([code, stderr.split("\n")[0]]).toEqual([
        1,
        expect.stringMatching(
          `^bad\\.json:${placeOf("TerminateInstanze", form(FAULTY))}: unknown step action "TerminateInstanze"; allowed: `,
        ),
      ]);
    }));

  test("simulate: a step that takes too long, and one that is skipped", () =>
    withFiles({ "w.json": form(DATA) }, async (folder) => {
      const simulate = (...flags: string[]) => ib(["workflow", "simulate", "w.json", ...flags], { folder });
      expect(await simulate("--outcome", "Check=time-out", "--outcome", "End=skip")).toEqual({
        code: 0,
        stdout: `STEP    ACTION             STATUS     ROLLBACK  MESSAGE
Launch  LaunchInstance     COMPLETED
Check   RunCommand         FAILED               the step did not end within 43200 seconds
End     TerminateInstance  SKIPPED              the step was chosen to be skipped
`,
        stderr: "COMPLETED\n",
      });
      expect(await simulate("--outcome", "Launch=time-out")).toMatchObject({
        stderr: 'ROLLBACK_COMPLETED: step "Launch" failed: the step did not end within 3600 seconds\n',
      });
    }));

  test("run: it is of the type that is beside it, and what cannot run here is refused before anything is started", () =>
    withFiles({ "w.json": form(DATA), "other.json": form(ELSEWHERE), "recipe.yaml": RECIPE, "c.yaml": COMPONENT }, async (folder) => {
      const run = (...parameters: string[]) => ib(["workflow", "run", ...parameters, "--recipe", "recipe.yaml"], { folder });
      expect(await run("w.json")).toMatchObject({
        ...{ code: 2, stdout: "", stderr: expect.stringContaining("a test workflow needs --image, the image that it tests\n") },
      });
      const { code, stderr } = await run("other.json", "--image", "localhost/none:1");
      const message =
        "RegisterImage cannot run here: it is an operation of AWS, and this build host is a computer of your own [action-not-on-host]";
      expect([code, stderr.split("\n")[0]]).toEqual([1, `other.json:${placeOf("RegisterImage", form(ELSEWHERE))}: ${message}`]);
    }));
});

test("validate: several files, each with its faults, and their number at the end", () =>
  withFiles({ "one.yaml": DATA, "two.json": request(DATA), "three.json": answer(FAULTY), "four.yaml": FAULTY }, async (folder) => {
    const good = await ib(["workflow", "validate", "one.yaml", "two.json"], { folder });
    expect(good).toEqual({
      code: 0,
      stdout: "",
      stderr: "one.yaml: a workflow of any type\ntwo.json: a TEST workflow\n2 documents valid\n",
    });
    const { code, stderr } = await ib(["workflow", "validate", "four.yaml", "one.yaml", "three.json"], { folder });
    const placed = stderr.split("\n").flatMap((line) => /^(\S+:\d+:\d+): .*\[unknown-action\]$/.exec(line)?.[1] ?? []);
    const places = [placeOf("TerminateInstanze", FAULTY), placeOf("TerminateInstanze", answer(FAULTY))];
    expect([code, placed, stderr.trimEnd().split("\n").at(-1)]).toEqual([
      1,
      [`four.yaml:${places[0]}`, `three.json:${places[1]}`],
      "2 errors",
    ]);
  }));

const RECIPE = "name: web\nsemanticVersion: 1.0.0\nparentImage: p\ncomponents: [{ document: c.yaml }]\n";
const COMPONENT =
  "schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: S, action: ExecuteBash, inputs: { commands: ['true'] } }] }]\n";
