import { expect, test } from "@jest/globals";
import { engineFailure, isImageMissing, lastLines } from "./engine-failure.js";

const about = { engine: "buildah", operation: 'start a container from "a:1"', image: "a:1" };

// the texts are those of buildah 1.28 and podman 4.3
test.each([
  [
    "writing blob: storing blob to file: write /var/tmp/storage1/2: no space left on device",
    "build-hosts/disk-full",
    'no space left on the disk: buildah could not start a container from "a:1"',
  ],
  [
    'storing layer "d698" to file: io: read/write on closed pipe',
    "build-hosts/disk-full",
    'no space left on the disk: buildah could not start a container from "a:1"',
  ],
  [
    'Error: short-name "a:1" did not resolve to an alias and no unqualified-search registries are defined',
    "build-hosts/image-not-found",
    'no image "a:1": not found in the store of buildah or in its registry',
  ],
  ["Error: a:1: image not known", "build-hosts/image-not-found", 'no image "a:1": not found in the store of buildah or in its registry'],
  [
    "Error: initializing source docker://a:1: pinging container registry a: Get: dial tcp: lookup a: no such host",
    "build-hosts/registry-unreachable",
    /^cannot reach the registry of image "a:1": Error: initializing/,
  ],
  [
    "first\n\u001b[31msecond\r\n\n",
    "build-hosts/engine-failed",
    'buildah could not start a container from "a:1": exit code 125; its last output:\n  first\n  \\u001b[31msecond',
  ],
  ["", "build-hosts/engine-failed", 'buildah could not start a container from "a:1": exit code 125'],
])("%j means %s", (stderr, code, message) => {
  const failure = engineFailure(about, { exitCode: 125, stdout: "", stderr });
  expect(failure).toMatchObject({ code, message: typeof message === "string" ? message : expect.stringMatching(message) });
});

test("a text about an image is not reported as a missing image if the operation has none", () => {
  expect(
    engineFailure({ engine: "buildah", operation: "commit the container" }, { exitCode: 125, stdout: "", stderr: "image not known" }).code,
  ).toBe("build-hosts/engine-failed");
});

test.each([
  ["Error: importing settings: localhost/nowhere:1: image not known", true],
  ["Error: importing settings: invalid reference format", true],
  ["Error response from daemon: No such image: a:1", true],
  ["Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?", false],
])("%j: the image is missing: %s", (stderr, missing) => expect(isImageMissing({ exitCode: 1, stdout: "", stderr })).toBe(missing));

test("the last lines skip empty ones", () => expect(lastLines("a\n\n  b \n\u0007c\n\n", 2)).toEqual(["b", "\\u0007c"]));
