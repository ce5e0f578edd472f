import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { damages } from "../testing/damages.js";
import { readDescription, writeDescription } from "./machine-description.js";

const DESCRIPTION = {
  spec: { kind: "container", image: "localhost/a:1", environment: { STAGE: "test" }, standIns: { sudo: '#!/bin/sh\nexec "$@"\n' } },
  isReady: true,
} as const;

test("a description of which any bit is flipped, or that is cut off, is one error with its file, and never other settings", () =>
  withTemporaryFolder(async (folder) => {
    const path = join(folder, "machine.json");
    expect(readDescription(path)).toBeUndefined();
    await writeDescription(path, DESCRIPTION);
    expect(readDescription(path)).toEqual(DESCRIPTION);
    for (const damaged of damages(await readFile(path))) {
      await writeFile(path, damaged);
      expect(errorOf(path)).toMatchObject({
        code: "build-hosts/machine-not-readable",
        message: expect.stringMatching(/^what is stored of a machine in "\S+\/machine\.json" cannot be used: it is damaged: its? /),
        hints: ["the machine can only be removed: discard what it is for, and start that again"],
      });
    }
  }));

function errorOf(path: string): unknown {
  try {
    return readDescription(path);
  } catch (thrown) {
    return thrown;
  }
}
