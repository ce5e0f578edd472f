// `pnpm soak [name ...]`: proofs that count. Each makes many attempts, and its last line says how many held: `NAME: 200 of 200`.
//   --share        the part that CI runs, with its fixed seed
//   --seed N       the seed of all attempts; IMAGEWRIGHT_SEED as for property tests; otherwise a new one
//   --attempt N    one attempt alone, as the line of a failed one says
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { timeIsUp } from "../setup/end.mjs";
import { proofs } from "./proofs.mjs";
import { randomOf } from "./random.mjs";

const CI_SEED = 20261128;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { share: { type: "boolean", default: false }, seed: { type: "string" }, attempt: { type: "string" } },
});
const unknown = positionals.find((name) => !proofs.some((proof) => proof.name === name));
if (unknown !== undefined) {
  console.error(`unknown proof "${unknown}"; there are ${proofs.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}
const given = values.seed ?? process.env.IMAGEWRIGHT_SEED;
const seed = given !== undefined && given !== "random" ? Number(given) : values.share ? CI_SEED : Date.now() % 2 ** 31;

let broken = 0;
for (const proof of proofs) if (positionals.length === 0 || positionals.includes(proof.name)) await prove(proof);
process.exitCode = broken === 0 ? 0 : 1;

/** The numbers of the attempts to make. */
function attemptsOf({ count, share }) {
  if (values.attempt !== undefined) return [Number(values.attempt)];
  if (values.share && Array.isArray(share)) return share;
  return Array.from({ length: values.share ? share : count }, (_, index) => index + 1);
}

/** Makes the attempts of one proof, one after the other, and prints how many held. */
async function prove({ name, why, prepare, ...fixed }) {
  const missing = why?.();
  if (missing !== undefined) {
    console.log(`${name}: skipped, ${missing}`);
    return;
  }
  if (timeIsUp()) {
    console.log(`${name}: skipped, since the time is up`);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), `imagewright-soak-`));
  try {
    const { attempt, cleanUp, ...prepared } = await prepare(folder, randomOf(seed, name));
    const attempts = attemptsOf({ ...fixed, ...prepared });
    let held = 0;
    for (const [index, number] of attempts.entries()) {
      const faults = await attempt(randomOf(seed, name, number), number).catch((thrown) => [String(thrown?.stack ?? thrown)]);
      if (faults.length === 0) held += 1;
      else
        console.log(`${name}: attempt ${number} failed (pnpm soak ${name} --seed ${seed} --attempt ${number})\n  ${faults.join("\n  ")}`);
      if ((index + 1) % Math.max(1, Math.ceil(attempts.length / 10)) === 0)
        console.error(`${name}: ${index + 1} of ${attempts.length} attempts made`);
    }
    await cleanUp?.();
    if (held < attempts.length) broken += 1;
    console.log(`${name}: ${held} of ${attempts.length}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
