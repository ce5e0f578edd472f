import { BUILT_IN_CATALOGUE } from "@imagewright/catalogue";
import { beforeAll, expect, test } from "@jest/globals";
import { REGION, Scene } from "../testing/scene.js";
import { contextOn, storedResource } from "../testing/stored-resource.js";
import { debianSuiteOf } from "./package-sources-of.js";

const scene = new Scene();
const own = (name: string) => `arn:aws:imagebuilder:${REGION}:123456789012:image/${name}/x.x.x`;

beforeAll(async () => {
  for (const image of BUILT_IN_CATALOGUE.baseImages) await scene.plane.managed.addRelease(image, new Date("2026-01-10T10:00:00Z"));
  const store = (name: string, origin: object) =>
    storedResource(scene, {
      ...{ type: "image", name, version: { major: 1, minor: 0, patch: 0, text: "1.0.0", build: "next" }, status: "AVAILABLE" },
      ...{ detail: { type: "AMI" }, document: JSON.stringify(origin) },
    });
  await store("golden", { imageRecipe: { parentImage: `arn:aws:imagebuilder:${REGION}:aws:image/debian-13-x86/x.x.x` } });
  await store("box", { containerRecipe: { parentImage: own("golden") } });
  await store("circle", { imageRecipe: { parentImage: own("circle") } });
});

test.each([
  ["mmdebstrap:bookworm", "bookworm"],
  ["mmdebstrap:trixie/minbase", "trixie"],
  ["debian", "stable"],
  ["debian:latest", "stable"],
  ["debian:12", "bookworm"],
  ["debian:12.9-slim", "bookworm"],
  ["docker.io/library/debian:trixie-slim", "trixie"],
  [`arn:aws:imagebuilder:${REGION}:aws:image/debian-12-x86/x.x.x`, "bookworm"],
  [own("golden"), "trixie"],
  [own("box"), "trixie"],
  [own("circle"), undefined],
  [own("none"), undefined],
  ["registry.example.org/debian:12", undefined],
  ["alpine:3", undefined],
  ["ami-12345678", undefined],
  [undefined, undefined],
])("the packages of %s are those of Debian %s", async (parent, suite) => {
  expect(await debianSuiteOf(contextOn(scene), parent)).toBe(suite);
});
