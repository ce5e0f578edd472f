import { describe, test } from "@jest/globals";
import { inspectEngine } from "../choose/inspect-engines.js";
import { describeBuildHost } from "../contract/describe-build-host.js";
import { testImageProblem } from "../contract/test-image.js";
import { isOrdinaryUser } from "../buildah/user-namespace.js";
import { makePodmanUnderTest } from "./testing/podman-under-test.js";

const BUILT = new URL("../../dist/index.js", import.meta.url).href;
const report = await inspectEngine("podman");
const problem = report.usable ? testImageProblem() : `podman ${report.finding}`;

if (problem === undefined) describeBuildHost("podman", () => makePodmanUnderTest(BUILT), {}, isOrdinaryUser() ? "share" : "all");
else describe("the build host contract: podman", () => test.skip(`skipped: ${problem}`, () => undefined));
