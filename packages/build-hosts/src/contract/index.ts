export { describeBuildHost, type BuildHostUnderTest } from "./describe-build-host.js";
export { importTestImage } from "./test-image.js";
