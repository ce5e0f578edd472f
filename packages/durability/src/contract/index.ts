export type { DurabilityUnderTest } from "./child.js";
export { describeDurability } from "./describe-durability.js";
