import { expect } from "@jest/globals";

// twice the size may take this many times the work; quadratic growth would take four times
const MOST_PER_DOUBLING = 2.5;
const MOST_ROUNDS = 15;

/**
 * Fails if the work grows faster than the size: makes an input of `size`, of twice and of four times that, and compares the CPU time
 * that this process takes for them. The best of several rounds counts for each, and more rounds follow while a busy machine may be the
 * reason.
 */
export async function expectLinear<Input>(size: number, make: (size: number) => Input, work: (input: Input) => unknown): Promise<void> {
  const inputs = [make(size), make(2 * size), make(4 * size)] as const;
  const best = [Infinity, Infinity, Infinity];
  for (let round = 0; round < MOST_ROUNDS && (round < 3 || growthOf(best) > MOST_PER_DOUBLING); round++) {
    for (const [index, input] of inputs.entries()) best[index] = Math.min(best[index] ?? Infinity, await processorTime(() => work(input)));
  }
  expect(growthOf(best)).toBeLessThanOrEqual(MOST_PER_DOUBLING);
}

/** The factor in work for a doubled size, averaged over the two. */
function growthOf([small = 1, , large = Infinity]: readonly number[]): number {
  return Math.sqrt(large / small);
}

/** Microseconds of CPU time of this process. */
async function processorTime(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return user + system + 1;
}
