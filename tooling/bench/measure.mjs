// Method: the two sides of a ratio run in turns in the same session, and the ratio is the median of the rounds' ratios,
// so that a temporarily slow machine is slow for both.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** Runs a command to its end; returns seconds and peak memory in MiB. Throws if it fails. */
export async function measure([command, ...parameters], options = {}) {
  const start = performance.now();
  const child = spawn(command, parameters, { stdio: ["ignore", "ignore", "pipe"], ...options });
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors = `${errors}${chunk}`.slice(-2000);
  });
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, peakMemory(child.pid));
  }, 10);
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  clearInterval(timer);
  const seconds = (performance.now() - start) / 1000;
  if (code !== 0) throw new Error(`${command} ${parameters.join(" ")} ended with ${code}:\n${errors}`);
  return { seconds, peak };
}

/** The high-water mark of a process's memory in MiB; it only rises, so the last sample is the peak. */
function peakMemory(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs both sides in turns, each first in every other round. Returns the ratio of their shortest times, for sides of several seconds that
 * also wait for a disk and a network: what else happens makes a round longer, never shorter, and each side has as many rounds. `medians` is
 * the ratio of their medians.
 */
export async function compareShortest(rounds, ours, theirs) {
  const seconds = [[], []];
  for (let round = 0; round < rounds; round++)
    for (const side of round % 2 === 0 ? [0, 1] : [1, 0]) seconds[side].push((await [ours, theirs][side]()).seconds);
  const [best, middle] = [seconds.map((times) => Math.min(...times)), seconds.map(median)];
  return { ratio: best[0] / best[1], ours: best[0], theirs: best[1], medians: middle[0] / middle[1] };
}

/** Runs both sides in turns. Returns the median of the ratios `ours / theirs`, and the medians of both in seconds. */
export async function compare(rounds, ours, theirs) {
  const samples = [];
  for (let round = 0; round < rounds; round++) samples.push([await ours(), await theirs()]);
  return {
    ratio: median(samples.map(([a, b]) => a.seconds / b.seconds)),
    ours: median(samples.map(([a]) => a.seconds)),
    theirs: median(samples.map(([, b]) => b.seconds)),
    peak: Math.max(...samples.map(([a]) => a.peak)),
  };
}
