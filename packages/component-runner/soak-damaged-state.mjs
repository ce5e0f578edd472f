import { join } from "node:path";
import { standardRegistry } from "@imagewright/action-modules";
import { DamagedStates } from "./dist/soak.js";

const ATTEMPTS = 64;

/** The proof that a damaged state is refused or harmless: each flip of a bit and each length of each file of a small one, in 64 parts. */
export const damagedStates = {
  name: "damaged-state",
  count: ATTEMPTS,
  share: 2,
  async prepare(folder) {
    const states = await DamagedStates.make(join(folder, "states"), standardRegistry);
    const attempt = async (_random, number) => {
      const faults = [];
      for (const [index, damage] of states.damages.entries())
        if (index % ATTEMPTS === number - 1) faults.push(...(await states.attempt(damage)));
      return faults;
    };
    return { attempt };
  },
};
