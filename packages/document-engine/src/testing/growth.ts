import { expect } from "@jest/globals";

// twice the size may take this many times the work; the square of the size would take four times
const MOST_PER_DOUBLING = 2.5;
const MOST_ROUNDS = 15;

/**
 * Fails where the work grows faster than the size: makes an input of `size`, of twice and of four times that, and compares the processor time
 * that this process takes for them. Of each, the best of several rounds counts, and rounds go on while a busy machine may be the reason.
 */
export async function expectLinear<Input>(size: number, make: (size: number) => Input, work: (input: Input) => unknown): Promise<void> {
  const inputs = [make(size), make(2 * size), make(4 * size)] as const;
  const best = [Infinity, Infinity, Infinity];
  for (let round = 0; round < MOST_ROUNDS && (round < 3 || growthOf(best) > MOST_PER_DOUBLING); round++) {
    for (const [index, input] of inputs.entries()) best[index] = Math.min(best[index] ?? Infinity, await processorTime(() => work(input)));
  }
  expect(growthOf(best)).toBeLessThanOrEqual(MOST_PER_DOUBLING);
}

/** How many times the work a doubling takes, on average over the two. */
function growthOf([small = 1, , large = Infinity]: readonly number[]): number {
  return Math.sqrt(large / small);
}

/** Microseconds; what the machine does for others does not count. */
async function processorTime(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return user + system + 1;
}
