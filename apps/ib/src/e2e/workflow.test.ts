import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { ib } from "./ib.js";

const EXAMPLE = join(import.meta.dirname, "..", "..", "..", "..", "examples", "workflows", "build.yaml");

const withFile = (name: string, text: string, body: (folder: string) => Promise<void>) =>
  withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, name), text);
    await body(folder);
  });

describe("ib workflow", () => {
  test.each(["build", "test", "distribution"])("new: the document for %s is valid as that type", async (type) => {
    await withTemporaryFolder(async (folder) => {
      const { code, stdout } = await ib(["workflow", "new", "--type", type], { folder });
      expect(code).toBe(0);
      await writeFile(join(folder, "w.yaml"), stdout);
      expect(await ib(["workflow", "validate", "w.yaml", "--type", type], { folder })).toEqual({
        ...{ code: 0, stdout: "" },
        stderr: `w.yaml: a ${type.toUpperCase()} workflow\n1 document valid\n`,
      });
    });
  });

  test("validate: a document whose actions are allowed in several types is valid as each of them", async () => {
    const { stdout } = await ib(["workflow", "new", "--type", "test"], { folder: "/" });
    await withFile("w.yaml", stdout, async (folder) => {
      expect((await ib(["workflow", "validate", "w.yaml"], { folder })).stderr).toBe(
        "w.yaml: a BUILD or TEST workflow\n1 document valid\n",
      );
    });
  });

  test("the example is what new prints", async () => {
    await withTemporaryFolder(async (folder) => {
      expect((await ib(["workflow", "new"], { folder })).stdout).toBe(await readFile(EXAMPLE, "utf8"));
    });
  });

  test("validate: a document in a template is checked for the type of its resource, with its places in the template", async () => {
    const template = `Resources:
  Flow:
    Type: AWS::ImageBuilder::Workflow
    Properties:
      Name: flow
      Version: 1.0.0
      Type: TEST
      Data: !Sub |
        schemaVersion: 1.0
        steps:
          - name: Launch
            action: LaunchInstance
            inputs: { waitFor: ssmAgent, imageIdOverride: "\${Image}" }
          - name: Distribute
            action: DistributeImage
  Image:
    Type: AWS::ImageBuilder::Image
`;
    await withFile("t.yaml", template, async (folder) => {
      expect(await ib(["workflow", "validate", "t.yaml"], { folder })).toEqual({
        code: 1,
        stdout: "",
        stderr: `t.yaml:13:60: info: the value of "Image" is not known here; what depends on it is passed over [value-not-known]
              inputs: { waitFor: ssmAgent, imageIdOverride: "\${Image}" }
                                                             ^
t.yaml:15:21: DistributeImage is not allowed in a workflow of the type TEST; it is for "DISTRIBUTION" [action-not-in-type]
              action: DistributeImage
                      ^~~~~~~~~~~~~~~
1 error, 1 info
`,
      });
    });
  });

  test("simulate: what runs, is skipped and is rolled back", async () => {
    await withFile("w.yaml", await readFile(EXAMPLE, "utf8"), async (folder) => {
      const simulate = (...flags: string[]) => ib(["workflow", "simulate", "w.yaml", ...flags], { folder });
      expect(await simulate("--outcome", "CreateOutputImage=fail", "--variable", "platform=Windows")).toEqual({
        code: 0,
        stdout: `STEP                    ACTION             STATUS     ROLLBACK   MESSAGE
LaunchBuildInstance     LaunchInstance     COMPLETED  COMPLETED
ApplyBuildComponents    ExecuteComponents  COMPLETED  SKIPPED
CleanUp                 SanitizeInstance   SKIPPED               "Windows" is equal to "Windows"
CreateOutputImage       CreateImage        FAILED     SKIPPED    it was chosen to fail
TerminateBuildInstance  TerminateInstance  CANCELLED
`,
        stderr: 'ROLLBACK_COMPLETED: step "CreateOutputImage" failed: it was chosen to fail\n',
      });
      expect((await simulate("--outcome", "Cleanup=fail")).stderr).toContain('--outcome: unknown step "Cleanup"; allowed: ');
      expect((await simulate("--outcome", "CleanUp=late")).stderr).toContain(
        '--outcome: unknown outcome "late"; allowed: "fail", "ok", "skip" or "time-out"',
      );
      expect((await simulate("--variable", "platform")).stderr).toContain('--variable needs NAME=VALUE; found "platform"');
      expect((await simulate("--parameter", "a=b")).stderr).toContain(
        'the workflow cannot begin: unknown parameter "a"; none is allowed here',
      );
    });
  });

  test("validate says of a component document what it is", async () => {
    await withFile("c.yaml", "schemaVersion: 1.0\nphases: []\n", async (folder) => {
      const { code, stderr } = await ib(["workflow", "validate", "c.yaml"], { folder });
      expect([code, stderr.split("\n")[0]]).toEqual([
        1,
        'c.yaml:2:1: this is a component document (it has "phases"), not a workflow document [other-kind-of-file]',
      ]);
    });
  });
});
