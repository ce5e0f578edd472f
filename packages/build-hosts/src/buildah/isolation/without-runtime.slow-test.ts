import { describe, test } from "@jest/globals";
import { inspectEngine } from "../../choose/inspect-engines.js";
import { describeBuildHost } from "../../contract/describe-build-host.js";
import { testImageProblem } from "../../contract/test-image.js";
import { makeBuildahUnderTest } from "../testing/buildah-under-test.js";

const BUILT = new URL("../../../dist/index.js", import.meta.url).href;
const report = await inspectEngine("buildah");
const problem = report.usable ? testImageProblem() : `buildah ${report.finding}`;
const name = "buildah without a container runtime";

if (problem === undefined) describeBuildHost(name, () => makeBuildahUnderTest(BUILT, { BUILDAH_RUNTIME: "no-such-runtime" }), {}, "share");
else describe(`the build host contract: ${name}`, () => test.skip(`skipped: ${problem}`, () => undefined));
