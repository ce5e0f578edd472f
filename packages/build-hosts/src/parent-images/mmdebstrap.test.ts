import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, jest, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import type { ContainerHost } from "../port/container-host.js";
import { makeWithMmdebstrap } from "./mmdebstrap.js";

const REQUEST = {
  ...{ debian: { suite: "bookworm", variant: "minimal" } as const, reference: "mmdebstrap:bookworm/minimal", name: "localhost/x" },
};

async function withPath<Result>(path: string, body: () => Promise<Result>): Promise<Result> {
  const before = process.env["PATH"];
  process.env["PATH"] = path;
  try {
    return await body();
  } finally {
    process.env["PATH"] = before;
  }
}

test("mmdebstrap that is not installed is named with its package, before anything is made", () =>
  withPath("/nowhere", async () => {
    const made = makeWithMmdebstrap({ host: {} as ContainerHost, ...REQUEST });
    await expect(made).rejects.toMatchObject({ message: '"mmdebstrap" is not installed', hints: ["apt-get install mmdebstrap"] });
  }));

test.each([
  ["root", 0],
  ["an ordinary user", 1000],
])("mmdebstrap of %s is started, and what it says when it fails is told", (_, uid) =>
  withTemporaryFolder(async (folder) => {
    // it fails before it needs what only the user may do
    await writeFile(join(folder, "mmdebstrap"), '#!/bin/sh\necho "started with $1" >&2\nexit 9\n');
    await chmod(join(folder, "mmdebstrap"), 0o755);
    const host = {
      withTemporaryFolder: (_parent: string, body: (path: string) => Promise<unknown>) => body(folder),
    } as unknown as ContainerHost;
    const getuid = jest.spyOn(process as { getuid: () => number }, "getuid").mockReturnValue(uid);
    try {
      await withPath(`${folder}:${process.env["PATH"] ?? ""}`, async () => {
        await expect(makeWithMmdebstrap({ host, ...REQUEST })).rejects.toMatchObject({
          code: "build-hosts/parent-image-failed",
          data: { exitCode: 9, lines: [expect.stringMatching(/^started with --mode=/)] },
        });
      });
    } finally {
      getuid.mockRestore();
    }
  }),
);
