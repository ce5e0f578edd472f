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
      expect(await ib(["version", "explain", "1.2"], { folder })).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/^version:1:1: /) });
    }));

  test("resolve, from the command line, a file, and with nothing that matches", () =>
    inFolder(async (folder) => {
      expect(await ib(["version", "resolve", "1.x.x", "1.6.8", "1.7.8", "2.2.4"], { folder })).toEqual({ code: 0, stdout: "1.7.8\n", stderr: 'the newest of 2 that match "1.x.x", among 3 versions\n' });
      await writeFile(join(folder, "versions.txt"), "1.0.0/1\r\n\n1.0.0/2\n");
      expect(await ib(["version", "resolve", "x.x.x", "--from", "versions.txt"], { folder })).toMatchObject({ code: 0, stdout: "1.0.0/2\n" });
      const json = await ib(["version", "resolve", "3.x.x", "--from", "versions.txt", "--json"], { folder });
      expect([json.code, JSON.parse(json.stdout)]).toMatchObject([1, { pattern: "3.x.x", chosen: null, matches: 0, reason: expect.stringContaining('no version matches "3.x.x"') }]);
      await writeFile(join(folder, "bad.txt"), "1.0.0\n1.-2.0\n");
      expect(await ib(["version", "resolve", "x.2.x", "--from", "bad.txt"], { folder })).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/^pattern:1:3: .*\n[^]*bad.txt:2:3: [^]*2 errors\n$/) });
      expect(await ib(["version", "resolve", "x.x.x", "--from", "nowhere"], { folder })).toMatchObject({ code: 1, stderr: 'error: "nowhere" cannot be read: there is no such file\n  try: check the path; - stands for standard input\n' });
    }));
});

describe("ib schedule explain", () => {
  test("says it in words and when", () =>
    inFolder(async (folder) => {
      const run = await ib(["schedule", "explain", "cron(30 22 ? * tue#2 *)", "--timezone", "Europe/Berlin", "--at", "2026-01-01", "--next", "2"], { folder });
      expect(run).toEqual({
        code: 0,
        stderr: "",
        stdout: "at 22:30 on the second Tuesday of every month, Europe/Berlin time\nlast  2025-12-09T21:30:00.000Z\nnext  2026-01-13T21:30:00.000Z\nnext  2026-02-10T21:30:00.000Z\n",
      });
      expect(await ib(["schedule", "explain", "cron(0 0 31 2 ? *)"], { folder })).toMatchObject({ code: 0, stdout: expect.stringContaining("next  never\n") });
    }));

  test("faults have their place, and times their form", () =>
    inFolder(async (folder) => {
      expect(await ib(["schedule", "explain", "rate(12 hour)"], { folder })).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/^schedule.scheduleExpression:1:9: /) });
      expect(await ib(["schedule", "explain", "rate(1 day)", "--at", "tomorrow"], { folder })).toMatchObject({ code: 1, stderr: expect.stringContaining("--at must be a time such as 2027-01-01") });
    }));
});
