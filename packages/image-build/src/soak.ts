export { DamagedBuilds, type DamageOfBuild } from "./testing/damaged-builds.js";
