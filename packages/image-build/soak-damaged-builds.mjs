import { join } from "node:path";
import { DamagedBuilds } from "./dist/soak.js";

const ATTEMPTS = 64;

/** The proof that the damaged state of a build is refused or harmless: each flip of a bit and each length of each file, in 64 parts. */
export const damagedBuilds = {
  name: "damaged-builds",
  count: ATTEMPTS,
  share: 2,
  async prepare(folder) {
    const builds = await DamagedBuilds.make(join(folder, "data"));
    const attempt = async (_random, number) => {
      const faults = [];
      for (const [index, damage] of builds.damages.entries())
        if (index % ATTEMPTS === number - 1) faults.push(...(await builds.attempt(damage)));
      return faults;
    };
    return { attempt };
  },
};
