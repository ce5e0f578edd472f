import { expect, test } from "@jest/globals";
import { fuzz } from "./fuzz.js";
import { removeAll, storedWith } from "./stored.js";

const SEED = 20_261_129;

/** The suite that sends a number of generated requests; `IMAGEWRIGHT_SEED` chooses others. */
export function describeFuzz(requests: number): void {
  const asked = process.env["IMAGEWRIGHT_SEED"] ?? String(SEED);
  const seed = asked === "random" ? Math.floor(Math.random() * 2 ** 32) : Number(asked);

  test(`${requests} generated requests: no server fault, only errors of the API, nothing stored for a refused one (seed ${seed})`, async () => {
    const { statuses, faults, created, prefix } = await fuzz({ requests, seed });
    try {
      expect(faults).toEqual([]);
      // a version of a type with builds is stored if one of its builds was answered
      const answered = new Set(created.flatMap((arn) => [arn, arn.replace(/\/[0-9]+$/, "")]));
      expect((await storedWith(prefix)).filter((arn) => !answered.has(arn))).toEqual([]);
      expect(statuses[200]).toBeGreaterThan(0);
      expect(statuses[400]).toBeGreaterThan(0);
    } finally {
      await removeAll(created);
    }
  });
}
