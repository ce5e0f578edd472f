export { readDockerfile, type ReadDockerfile } from "./read-dockerfile.js";
