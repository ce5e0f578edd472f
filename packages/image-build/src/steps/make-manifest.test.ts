import { expect, test } from "@jest/globals";
import { makeManifest, type FinishedBuild } from "./make-manifest.js";

const digest = `sha256:${"0".repeat(64)}`;
const IMAGE = {
  kind: "oci",
  host: "buildah",
  id: digest,
  createdAt: "2026-01-01T00:00:00.000Z",
  reference: "localhost/web:1",
  digest,
  platform: "linux/amd64",
} as const;

const finished = (durations: FinishedBuild["durations"], startedAt: string, createdAt: string): FinishedBuild => ({
  plan: {
    recipe: { path: "r", name: "web", semanticVersion: "1.0.0", parentImage: "base", workingDirectory: "/tmp", tags: {}, container: {} },
    ...{ components: [], workflows: [], nestedDocuments: [] },
  },
  ...{ build: "b-1", host: "buildah", parent: IMAGE, image: IMAGE, digest, tag: "localhost/web:1.0.0-1" },
  reservation: { buildVersion: 1, folder: "/images/web/1.0.0/1" } as FinishedBuild["reservation"],
  ...{ workflows: [], phases: [], metadata: undefined, durations, logFolder: "/logs" },
  ...{ startedAt: new Date(startedAt), createdAt: new Date(createdAt) },
});

test("the time that it took is from start to end: stages that ran side by side do not add up, and an interruption counts", () => {
  const sideBySide = makeManifest(finished({ build: 4, test: 5, export: 5 }, "2026-01-01T10:00:00.000Z", "2026-01-01T10:00:09.500Z"));
  expect([sideBySide.elapsedSeconds, sideBySide.durations]).toEqual([9.5, { build: 4, test: 5, export: 5 }]);
  const interrupted = makeManifest(finished({ build: 4 }, "2026-01-01T23:59:00.000Z", "2026-01-02T08:00:00.000Z"));
  expect(interrupted.elapsedSeconds).toBe(28_860);
});
