import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "@jest/globals";
import { chooseBuildHost, inspectEngines } from "../index.js";
import { describeBuildHost } from "./describe-build-host.js";
import { importTestImage, testImageProblem } from "./test-image.js";

const imageProblem = testImageProblem();

// docker's engine is not available on our machines, so podman tests the command line that they share
for (const { engine, usable, finding } of await inspectEngines()) {
  const problem = usable ? imageProblem : `${engine} ${finding}`;
  if (problem === undefined) describeBuildHost(engine, () => makeHost(engine));
  else describe(`the build host contract: ${engine}`, () => test.skip(`skipped: ${problem}`, () => undefined));
}

async function makeHost(engine: string) {
  const stateFolder = await mkdtemp(join(tmpdir(), "imagewright-state-"));
  const { host } = await chooseBuildHost({ preferred: engine, stateFolder });
  const image = `localhost/imagewright-test/busybox:${engine}-${process.pid}`;
  await importTestImage(host, image);
  return {
    host,
    image,
    cleanUp: async () => {
      await host.removeImage(image);
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}
