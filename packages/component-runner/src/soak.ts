export { DamagedStates, type Damage } from "./testing/damaged-states.js";
