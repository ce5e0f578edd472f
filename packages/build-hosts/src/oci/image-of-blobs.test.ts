import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { imageOfBlobs } from "./image-of-blobs.js";

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const [id, manifest, other, layer] = ["a", "b", "c", "d"].map(digest) as [string, string, string, string];
const configuration = { os: "linux", architecture: "arm64", created: "2026-11-28T00:00:00Z" };

// as buildah leaves them: the manifest of an image among layers, and perhaps among manifests of others
const whole = {
  [`${id}.config`]: JSON.stringify(configuration),
  [other]: JSON.stringify({ config: { digest: digest("e") } }),
  [layer]: "\0".repeat(1024),
  [manifest]: JSON.stringify({ config: { digest: id } }),
};
const described = { kind: "oci", reference: "a:1", id, digest: manifest, platform: "linux/arm64", createdAt: configuration.created };

test.each<[string, Record<string, string>, object | undefined]>([
  ["all are there", {}, described],
  ["the configuration says not when", { [`${id}.config`]: JSON.stringify({ ...configuration, created: undefined }) }, undefined],
  ["the configuration is cut off", { [`${id}.config`]: "{" }, undefined],
  ["the manifest names another configuration", { [manifest]: JSON.stringify({ config: { digest: layer } }) }, undefined],
  ["the manifest is no object", { [manifest]: "null" }, undefined],
])("%s", (_, changes, image) =>
  withTemporaryFolder(async (folder) => {
    for (const [name, text] of Object.entries({ ...whole, ...changes })) await writeFile(join(folder, name), text);
    expect(await imageOfBlobs(folder, id, "a:1")).toEqual(image);
  }),
);

test("an engine that leaves no blobs", () =>
  withTemporaryFolder(async (folder) => expect(await imageOfBlobs(folder, id, "a:1")).toBeUndefined()));
