import { expect, test } from "@jest/globals";
import { createStyles } from "@imagewright/diagnostics";
import type { ImageManifest } from "@imagewright/image-build";
import { describeImage } from "./image.js";

type Workflow = ImageManifest["workflows"][number];
const workflow = (name: string, type: Workflow["type"], status: Workflow["status"]): Workflow => ({
  ...{ name, type, status, document: `${name}.yaml`, digest: "sha256:0" },
});
const BUILT = workflow("make", "BUILD", "COMPLETED");
const MANIFEST = { name: "web", version: "1.0.0", buildVersion: 2, elapsedSeconds: 14, tag: "localhost/web:1.0.0-2", ociLayout: "/oci" };
const USE = { engine: "podman", byHand: { environment: {}, global: [], run: [] }, sudo: false } as const;

const OWN_OF_A_SERVER: Workflow = {
  ...workflow("look", "TEST", "COMPLETED"),
  document: "arn:aws:imagebuilder:us-east-1:000000000000:workflow/test/look/1.0.0/1",
};
const OF_THE_SERVICE: Workflow = {
  ...workflow("test-container", "TEST", "COMPLETED"),
  document: "arn:aws:imagebuilder:us-east-1:aws:workflow/test/test-container/x.x.x",
};
const phase = (name: string): ImageManifest["phases"][number] => ({
  component: "web.yaml",
  phase: name,
  status: "success",
  steps: 1,
  durationSeconds: 1,
});

test.each<[string, readonly Workflow[], string, string?]>([
  ["without tests", [BUILT], "web 1.0.0/2 is built in 14 s"],
  ["with a test that had nothing to run", [BUILT, workflow("boot", "TEST", "SKIPPED")], "web 1.0.0/2 is built in 14 s"],
  ["with a test", [BUILT, workflow("boot", "TEST", "COMPLETED")], "web 1.0.0/2 is built and tested in 14 s"],
  ["with a test of an account's own", [BUILT, OWN_OF_A_SERVER], "web 1.0.0/2 is built and tested in 14 s"],
  ["with the service's test, and no component that has one", [BUILT, OF_THE_SERVICE], "web 1.0.0/2 is built in 14 s", "build"],
  ["with the service's test, and a component that has one", [BUILT, OF_THE_SERVICE], "web 1.0.0/2 is built and tested in 14 s", "test"],
  [
    "with a test that may fail, and did",
    [BUILT, workflow("boot", "TEST", "COMPLETED"), workflow("fast", "TEST", "ROLLBACK_COMPLETED")],
    'web 1.0.0/2 is built in 14 s\n  1 of 2 test workflows failed: "fast"',
  ],
])("%s", (_, workflows, expected, ran = "build") => {
  const text = describeImage({ ...MANIFEST, workflows, phases: [phase(ran)] } as unknown as ImageManifest, USE, createStyles(false));
  expect(String(text).trimStart().split("\n  image ")[0]).toBe(expected);
});
