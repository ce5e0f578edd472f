import { describe, test } from "@jest/globals";
import { describeBuildHost } from "../contract/describe-build-host.js";
import { testImageProblem } from "../contract/test-image.js";
import { makeDockerUnderTest, startDocker } from "./testing/docker-under-test.js";

const BUILT = new URL("../../dist/index.js", import.meta.url).href;
const problem = testImageProblem();
const docker = problem === undefined ? await startDocker() : { problem };

if ("address" in docker) describeBuildHost("docker", () => makeDockerUnderTest(docker, BUILT));
else describe("the build host contract: docker", () => test.skip(`skipped: ${docker.problem}`, () => undefined));
