import { expect, test } from "@jest/globals";
import type { KeptMachine } from "@imagewright/image-build";
import { describeKept } from "./kept.js";

const one = (id: string): Pick<KeptMachine, "machine" | "shell"> => ({
  machine: { host: "buildah", id, jobsFolder: "/jobs", toolsFolder: "/tools" },
  shell: { environment: {}, words: ["buildah", "run", id] },
});
const about = { owner: "b-1", host: "buildah", purpose: "web 1.0.0", keptAt: "2026-01-01T00:00:00.000Z" };

test("one container, and several", () => {
  expect(String(describeKept({ ...about, ...one("x") }))).toBe(
    "the container x is kept\n  look inside: buildah run x\n  remove it:   ib build discard b-1\n",
  );
  expect(String(describeKept({ ...about, ...one("x"), others: [one("y")] }))).toBe(
    "the container x is kept\n  look inside: buildah run x\nthe container y is kept\n  look inside: buildah run y\n  remove them: ib build discard b-1\n",
  );
});
