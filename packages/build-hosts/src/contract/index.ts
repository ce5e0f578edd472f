export { importTestImage } from "./test-image.js";
