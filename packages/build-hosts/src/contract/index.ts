export type { BuildHostUnderTest, Chapter, LeftOutChapters, MakeBuildHost } from "./build-host-under-test.js";
export { containerHostUnderTest, type ContainerHostOptions } from "./container-host-under-test.js";
export { describeBuildHost } from "./describe-build-host.js";
export { importTestImage, testImageProblem } from "./test-image.js";
