import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { ib } from "./ib.js";

const inFolder = (body: (folder: string) => Promise<void>) => withTemporaryFolder(body);

describe("ib version", () => {
  test("explain", () =>
    inFolder(async (folder) => {
      expect(await ib(["version", "explain", "2021.01.09/3"], { folder })).toEqual({
        code: 0,
        stderr: "",
        stdout: `canonical     2021.1.9/3
numeric form  ${2021n * 2n ** 90n + 2n ** 60n + 9n * 2n ** 30n + 3n}
next major    2022.00.00
next minor    2021.02.00
next patch    2021.01.10
next build    2021.01.09/4
`,
      });
      expect(await ib(["version", "explain", "1.2"], { folder })).toMatchObject({
        code: 1,
        stdout: "",
        stderr: expect.stringMatching(/^version:1:1: /),
      });
    }));

  test("resolve, from the command line, a file, and with nothing that matches", () =>
    inFolder(async (folder) => {
      expect(await ib(["version", "resolve", "1.x.x", "1.6.8", "1.7.8", "2.2.4"], { folder })).toEqual({
        code: 0,
        stdout: "1.7.8\n",
        stderr: 'the newest of 2 that match "1.x.x", among 3 versions\n',
      });
      await writeFile(join(folder, "versions.txt"), "1.0.0/1\r\n\n1.0.0/2\n");
      expect(await ib(["version", "resolve", "x.x.x", "--from", "versions.txt"], { folder })).toMatchObject({
        code: 0,
        stdout: "1.0.0/2\n",
      });
      await writeFile(join(folder, "marked.txt"), "\ufeff1.0.0\n1.0.1\n");
      expect(await ib(["version", "resolve", "1.0.0", "--from", "marked.txt"], { folder })).toMatchObject({ code: 0, stdout: "1.0.0\n" });
      await writeFile(join(folder, "marked.txt"), "\ufeff1.-0.0\n");
      expect(await ib(["version", "resolve", "1.0.0", "--from", "marked.txt"], { folder })).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^marked\.txt:1:3: /),
      });
      const json = await ib(["version", "resolve", "3.x.x", "--from", "versions.txt", "--json"], { folder });
      expect([json.code, JSON.parse(json.stdout)]).toMatchObject([
        1,
        { pattern: "3.x.x", chosen: null, matches: 0, reason: expect.stringContaining('no version matches "3.x.x"') },
      ]);
      await writeFile(join(folder, "bad.txt"), "1.0.0\n1.-2.0\n");
      expect(await ib(["version", "resolve", "x.2.x", "--from", "bad.txt"], { folder })).toMatchObject({
        code: 1,
        stdout: "",
        stderr: expect.stringMatching(/^pattern:1:3: .*\n[^]*bad.txt:2:3: [^]*2 errors\n$/),
      });
      expect(await ib(["version", "resolve", "x.x.x", "--from", "nowhere"], { folder })).toMatchObject({
        code: 1,
        stderr: 'error: "nowhere" cannot be read: no such file\n  try: check the path; - is standard input\n',
      });
    }));
});

describe("ib schedule explain", () => {
  test("explains it in words and lists the runs", () =>
    inFolder(async (folder) => {
      const run = await ib(
        ["schedule", "explain", "cron(30 22 ? * tue#2 *)", "--timezone", "Europe/Berlin", "--at", "2026-01-01", "--next", "2"],
        { folder },
      );
      expect(run).toEqual({
        code: 0,
        stderr: "",
        stdout:
          "at 22:30 on the second Tuesday of every month, Europe/Berlin time\nlast  2025-12-09T21:30:00.000Z\nnext  2026-01-13T21:30:00.000Z\nnext  2026-02-10T21:30:00.000Z\n",
      });
      expect(await ib(["schedule", "explain", "cron(0 0 31 2 ? *)"], { folder })).toMatchObject({
        code: 0,
        stdout: expect.stringContaining("next  never\n"),
      });
    }));

  test("faults have their place, and times must have the right form", () =>
    inFolder(async (folder) => {
      expect(await ib(["schedule", "explain", "rate(12 hour)"], { folder })).toMatchObject({
        code: 1,
        stdout: "",
        stderr: expect.stringMatching(/^schedule.scheduleExpression:1:9: /),
      });
      expect(await ib(["schedule", "explain", "rate(1 day)", "--at", "tomorrow"], { folder })).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("--at must be a time such as 2027-01-01"),
      });
    }));
});

describe("ib lifecycle preview", () => {
  const image = (build: number, dateCreated: string) => ({
    arn: `arn:aws:imagebuilder:us-west-2:123456789012:image/web/1.0.0/${build}`,
    state: { status: "AVAILABLE" },
    dateCreated,
  });
  const policy = {
    ...{ name: "web", executionRole: "lifecycle", resourceType: "AMI_IMAGE" },
    policyDetails: [{ action: { type: "DELETE" }, filter: { type: "AGE", value: 6, unit: "MONTHS" } }],
    resourceSelection: { recipes: [{ name: "web", semanticVersion: "1.x.x" }] },
  };

  async function given(folder: string): Promise<void> {
    await writeFile(join(folder, "policy.json"), JSON.stringify(policy, undefined, 2));
    await writeFile(join(folder, "images.json"), JSON.stringify([image(1, "2026-01-31"), image(2, "2026-11-05")]));
  }

  test("prints a table for a date", () =>
    inFolder(async (folder) => {
      await given(folder);
      expect(await ib(["lifecycle", "preview", "policy.json", "images.json", "--at", "2027-01-01"], { folder })).toEqual({
        code: 0,
        stdout: `IMAGE        RESOURCE     REGION     ACTION  RULE    REASON
web 1.0.0/1  web 1.0.0/1  us-west-2  delete  DELETE  the image is 6 months old since 2026-07-31
web 1.0.0/2  web 1.0.0/2  us-west-2  keep    DELETE  the image is younger than 6 months until 2027-05-05
`,
        stderr: "on 2027-01-01: 0 to deprecate, 0 to disable, 1 to delete, 1 kept; of 2 images, 1 is touched\n",
      });
    }));

  test("simulates a policy over time, without images that are kept", () =>
    inFolder(async (folder) => {
      await given(folder);
      const run = await ib(
        ["lifecycle", "preview", "policy.json", "images.json", "--at", "2027-01-01", "--until", "2027-06-30", "--every", "30", "--json"],
        { folder },
      );
      const { rows, summary } = JSON.parse(run.stdout) as { rows: { resource: string; date: string }[]; summary: string };
      expect(rows.map(({ resource, date }) => [resource, date])).toEqual([
        ["web 1.0.0/1", "2027-01-01"],
        ["web 1.0.0/2", "2027-05-31"],
      ]);
      expect(summary).toBe("of 7 runs, 2 have actions");
      expect(
        await ib(["lifecycle", "preview", "policy.json", "images.json", "--at", "2026-02-01", "--actions-only"], { folder }),
      ).toMatchObject({ code: 0, stdout: "" });
    }));

  test("a simulation of a disabled policy mentions it", () =>
    inFolder(async (folder) => {
      await given(folder);
      await writeFile(join(folder, "policy.json"), JSON.stringify({ ...policy, status: "DISABLED" }));
      expect(
        await ib(["lifecycle", "preview", "policy.json", "images.json", "--at", "2027-01-01", "--until", "2027-01-02"], { folder }),
      ).toEqual({
        code: 0,
        stdout: `DATE        IMAGE        RESOURCE     REGION     ACTION  RULE    REASON
2027-01-01  web 1.0.0/1  web 1.0.0/1  us-west-2  delete  DELETE  the image is 6 months old since 2026-07-31
`,
        stderr: "of 2 runs, 1 has actions\nthe policy is disabled; these are its actions if it were enabled\n",
      });
    }));

  test.each(["--keep-newest", "--every"])("%s has a limit", (flag) =>
    inFolder(async (folder) => {
      await given(folder);
      const run = await ib(["lifecycle", "preview", "policy.json", "images.json", "--until", "2027-01-02", flag, "100000000000000000000"], {
        folder,
      });
      expect(run).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("less than or equal to 1000000") });
    }),
  );

  test("shows faults of both files with their places", () =>
    inFolder(async (folder) => {
      await given(folder);
      await writeFile(join(folder, "policy.json"), JSON.stringify({ ...policy, resourceType: "VM" }, undefined, 2));
      await writeFile(join(folder, "images.json"), "[{}]");
      const run = await ib(["lifecycle", "preview", "policy.json", "images.json"], { folder });
      expect(run).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/^policy\.json:4:19: [^]*images\.json:1:2: /) });
    }));
});

describe("ib distribution plan", () => {
  const settings = {
    name: "to-europe",
    distributions: [{ region: "eu-west-1", amiDistributionConfiguration: { launchPermission: { userIds: ["210987654321"] } } }],
  };
  const build = {
    name: "web",
    version: "1.0.0/3",
    date: "2026-01-02T03:04:05.678Z",
    region: "us-west-2",
    accountId: "123456789012",
    ami: { id: "ami-01a23bc4def5a6789" },
  };

  test("prints the operations as a tree, and as JSON", () =>
    inFolder(async (folder) => {
      await writeFile(join(folder, "settings.json"), JSON.stringify(settings));
      await writeFile(join(folder, "build.json"), JSON.stringify(build));
      const run = await ib(["distribution", "plan", "settings.json", "build.json"], { folder });
      expect(run).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(
          /^web 1\.0\.0\/3: ami-01a23bc4def5a6789 in us-west-2[^]*└─ eu-west-1[^]*1\. copy the AMI from us-west-2[^]*allow 1 account to launch the AMI/,
        ),
      });
      const json = await ib(["distribution", "plan", "settings.json", "build.json", "--json"], { folder });
      expect(JSON.parse(json.stdout)).toMatchObject({ waves: expect.any(Array), operations: expect.any(Array), undo: expect.anything() });
    }));

  test("reports conflicts before anything starts", () =>
    inFolder(async (folder) => {
      await writeFile(
        join(folder, "settings.json"),
        JSON.stringify({ ...settings, distributions: [...settings.distributions, ...settings.distributions] }, undefined, 2),
      );
      await writeFile(join(folder, "build.json"), JSON.stringify(build));
      expect(await ib(["distribution", "plan", "settings.json", "build.json"], { folder })).toMatchObject({
        code: 1,
        stdout: "",
        stderr: expect.stringMatching(/^settings\.json:\d+:\d+: .*eu-west-1/),
      });
    }));
});
