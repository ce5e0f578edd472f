// What `pnpm bench sigv4` measures: the verification of one signed request, from its headers to its caller, in processor time.
import { verificationOf } from "./dist/testing/verification.js";

const ROUNDS = 20;
const CALLS = 500;

export async function bench() {
  const inHeader = await medianOf(await verificationOf(1024));
  const inQuery = await medianOf(await verificationOf(1024, 60));
  const large = await medianOf(await verificationOf(256 * 1024));
  return [
    {
      what: "verification of the signature of a request with 1 KiB",
      value: inHeader,
      unit: " µs",
      limit: 50,
      detail: `presigned ${inQuery.toFixed(0)} µs, with 256 KiB ${large.toFixed(0)} µs`,
    },
  ];
}

/** The median of rounds, in microseconds of processor time a call: a busy machine stops a process for longer than a round takes. */
async function medianOf(verify) {
  for (let call = 0; call < CALLS * 4; call += 1) await verify();
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = process.cpuUsage();
    for (let call = 0; call < CALLS; call += 1) await verify();
    const { user, system } = process.cpuUsage(start);
    rounds.push((user + system) / CALLS);
  }
  return rounds.sort((a, b) => a - b)[ROUNDS / 2];
}
