import { describe, test } from "@jest/globals";
import { inspectEngine } from "../choose/inspect-engines.js";
import { describeBuildHost } from "../contract/describe-build-host.js";
import { testImageProblem } from "../contract/test-image.js";
import { isOrdinaryUser } from "./user-namespace.js";
import { makeBuildahUnderTest } from "./testing/buildah-under-test.js";

const BUILT = new URL("../../dist/index.js", import.meta.url).href;
const report = await inspectEngine("buildah");
const problem = report.usable ? testImageProblem() : `buildah ${report.finding}`;

if (problem === undefined) describeBuildHost("buildah", () => makeBuildahUnderTest(BUILT), {}, isOrdinaryUser() ? "share" : "all");
else describe("the build host contract: buildah", () => test.skip(`skipped: ${problem}`, () => undefined));
