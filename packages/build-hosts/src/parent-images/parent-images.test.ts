import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { makeBuildahUnderTest } from "../buildah/testing/buildah-under-test.js";
import { inspectEngine } from "../choose/inspect-engines.js";
import type { BuildHostUnderTest } from "../contract/build-host-under-test.js";
import { testImageProblem } from "../contract/test-image.js";
import type { OciImageRef } from "../port/refs.js";
import type { ContainerHost } from "../port/container-host.js";
import { resolveParentImage } from "./resolve-parent-image.js";
import { withTemporaryFolder } from "@imagewright/test-kit";

const BUILT = new URL("../../dist/index.js", import.meta.url).href;
const report = await inspectEngine("buildah");
const problem = report.usable ? testImageProblem() : `buildah ${report.finding}`;

const suite = () => {
  let given: BuildHostUnderTest;
  let host: ContainerHost;
  let image: string;
  beforeAll(async () => {
    given = await makeBuildahUnderTest(BUILT);
    host = given.containerHost as ContainerHost;
    image = given.spec.image;
  });
  afterAll(() => given.cleanUp());

  const parent = (reference: string, pull = false) => resolveParentImage({ host, reference, pull });

  test.each([
    [
      "mmdebstrap:Book worm",
      'no parent image "mmdebstrap:Book worm": "Book worm" is not the name of a Debian suite',
      "write it as in mmdebstrap:bookworm",
    ],
    [
      "mmdebstrap:bookworm/minimum",
      'no parent image "mmdebstrap:bookworm/minimum": unknown variant "minimum"; allowed: "ec2like" or "minimal"; did you mean "minimal"?',
      "write mmdebstrap:bookworm, or mmdebstrap:bookworm/minimal for a system with little more than apt",
    ],
    [
      "oci:/nowhere",
      'no parent image "oci:/nowhere": there is no OCI image layout in "/nowhere"',
      "give the folder that contains index.json and blobs",
    ],
    [
      "oci:/nowhere:tag",
      'no parent image "oci:/nowhere:tag": there is no OCI image layout in "/nowhere"',
      "give the folder that contains index.json and blobs",
    ],
    [
      "localhost/nowhere:1",
      'no parent image "localhost/nowhere:1": buildah does not have it, and names that start with localhost/ are never pulled',
      "list the images with: buildah images",
    ],
  ])("parent image %s is missing", async (reference, message, hint) => {
    await expect(parent(reference)).rejects.toMatchObject({ code: "build-hosts/parent-image-missing", message, hints: [hint] });
  });

  test.each([
    ["", "it is empty"],
    ["--all", 'it begins with "-"'],
    ["-x:1", 'it begins with "-"'],
    ["a b", "it has a blank or a control character"],
    ["a\0b", "it has a blank or a control character"],
  ])("%j never reaches the engine", async (name, reason) => {
    const refusal = { code: "build-hosts/image-name-invalid", message: `${JSON.stringify(name)} is not the name of an image: ${reason}` };
    await expect(parent(name)).rejects.toMatchObject(refusal);
    await expect(parent(name, true)).rejects.toMatchObject(refusal);
    await expect(host.removeImage(name)).rejects.toMatchObject(refusal);
    await expect(host.keepImage(await host.resolveImage(image).then((found) => found as OciImageRef), name)).rejects.toMatchObject(refusal);
  });

  test("an image of that name is taken from the store, even with pull", async () => {
    expect(await parent(image)).toMatchObject({ origin: "cached", image: { reference: image } });
    expect((await parent(image, true)).origin).toBe("cached");
  });

  test("an exported layout is a parent image, and adds one name to the store", () =>
    withTemporaryFolder(async (folder) => {
      const layout = join(folder, "layout");
      const { digest } = await host.exportImage(image, layout);
      const before = await given.listResources();
      const untagged = await parent(`oci:${layout}`);
      const tagged = await parent(`oci:${layout}:latest`);
      expect(untagged).toMatchObject({
        origin: "imported",
        image: { digest, reference: `localhost/imagewright/layout:${digest.slice(7, 23)}` },
      });
      expect(tagged).toEqual(untagged);
      await expect(parent(`oci:${layout}:other`)).rejects.toMatchObject({ code: "build-hosts/layout-invalid" });
      await host.removeImage(untagged.image.reference);
      expect(await given.listResources()).toEqual(before);
    }));
};

if (problem === undefined) describe("parent images", suite);
else describe("parent images", () => test.skip(`skipped: ${problem}`, () => undefined));
