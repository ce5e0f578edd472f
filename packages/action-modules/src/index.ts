export { standardRegistry } from "./standard-registry.js";
