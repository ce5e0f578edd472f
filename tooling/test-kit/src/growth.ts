import { expect } from "@jest/globals";

const TIMES = 8;
// how many times the work of eight small inputs the one large input may take: linear growth has 1, quadratic growth has 8
const MOST_GROWTH = 3;
const FEWEST_ROUNDS = 2;
const MOST_ROUNDS = 12;
// shorter measures would be ruled by the resolution of the clock, which is 10 ms on some systems, and by single garbage collections
const LEAST_MICROSECONDS = 60_000;

/**
 * Fails if the work grows much faster than the size: compares the CPU time of this process for one input of eight times `size` with that
 * for eight times the input of `size`. Both read as much text and leave as much garbage, so that linear work takes about the same time for
 * both on any machine, and quadratic work eight times as long. The best of several rounds counts for each, after one that only warms up;
 * more rounds follow while a busy machine may be the reason for a difference.
 */
export async function expectLinear<Input>(size: number, make: (size: number) => Input, work: (input: Input) => unknown): Promise<void> {
  const [small, large] = [make(size), make(TIMES * size)];
  await processorTime(small, TIMES, work);
  const repetitions = Math.ceil(LEAST_MICROSECONDS / (await processorTime(large, 1, work)));
  let [bestOfSmall, bestOfLarge] = [Infinity, Infinity];
  const growth = () => bestOfLarge / bestOfSmall;
  for (let round = 0; round < FEWEST_ROUNDS || (growth() > MOST_GROWTH && round < MOST_ROUNDS); round++) {
    bestOfSmall = Math.min(bestOfSmall, await processorTime(small, TIMES * repetitions, work));
    bestOfLarge = Math.min(bestOfLarge, await processorTime(large, repetitions, work));
  }
  expect(growth()).toBeLessThanOrEqual(MOST_GROWTH);
}

/** Microseconds of CPU time of this process, at least 1. */
async function processorTime<Input>(input: Input, times: number, work: (input: Input) => unknown): Promise<number> {
  const start = process.cpuUsage();
  for (let time = 0; time < times; time++) await work(input);
  const { user, system } = process.cpuUsage(start);
  return Math.max(1, user + system);
}
