import { test } from "@jest/globals";
import { CLAIMS } from "../claims/index.js";
import type { CapabilityId } from "../facts/capabilities.js";

/** The one test of a capability; its name is the id and what is claimed. */
export function prove(id: CapabilityId, body: () => Promise<void>): void {
  test(`${id} ${CLAIMS[id].says}`, body);
}
