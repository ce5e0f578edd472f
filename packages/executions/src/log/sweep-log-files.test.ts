import { existsSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { logFolderOfImage } from "./log-names.js";
import { sweepLogFiles } from "./sweep-log-files.js";

const NOW = new Date("2026-11-29T10:00:00Z");

test("files of images that are gone are removed, and those that are too old", () =>
  withTemporaryFolder(async (folder) => {
    const image = (name: string, buildVersion: number) => ({ account: "1", region: "eu-west-1", name, version: "1.0.0", buildVersion });
    const images = [image("Web", 1), image("Web", 2), image("gone", 1)];
    for (const [index, each] of images.entries()) {
      const step = join(logFolderOfImage(folder, each), "wf-1", "Apply");
      mkdirSync(step, { recursive: true });
      writeFileSync(join(step, "application.log"), "hello");
      const time = index === 0 ? new Date(NOW.getTime() - 30 * 86_400_000 - 1000) : NOW;
      for (const path of [join(step, "..", ".."), join(step, "..")]) utimesSync(path, time, time);
    }
    const logs = { has: ({ name, build }: { name: string; build: number }) => Promise.resolve(name === "web" && build > 0) };
    await sweepLogFiles({ logs } as never, folder, { days: 30, now: NOW });
    expect(images.map((each) => existsSync(logFolderOfImage(folder, each)))).toEqual([false, true, false]);
    await sweepLogFiles({ logs } as never, join(folder, "nowhere"), { days: 30, now: NOW });
  }));
