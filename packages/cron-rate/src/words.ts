/** `a`, `a and b`, `a, b and c`. */
export function joined(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/**
 * Ascending numbers in words: each by its name, three and more in a row as `Monday to Friday`, four and more at one distance as
 * `0 to 45 in steps of 15`.
 */
export function numbersInWords(values: readonly number[], name: (value: number) => string = String): string {
  const [first, second] = values;
  if (first === undefined || second === undefined) return values.map(name).join("");
  const step = second - first;
  if (step > 1 && values.length > 3 && values.every((value, index) => value === first + index * step)) {
    return `${name(first)} to ${name(values.at(-1) ?? first)} in steps of ${step}`;
  }
  return joined(runsOf(values).flatMap((run) => (run.length > 2 ? `${name(run[0] ?? 0)} to ${name(run.at(-1) ?? 0)}` : run.map(name))));
}

/** The values in groups that follow each other without a hole. */
function runsOf(values: readonly number[]): number[][] {
  const runs: number[][] = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last?.at(-1) === value - 1) last.push(value);
    else runs.push([value]);
  }
  return runs;
}

/** The numbers from 1 whose bit is set; number 1 is bit 0. */
export function valuesIn(mask: number): number[] {
  return Array.from({ length: 31 }, (_, index) => index + 1).filter((value) => (mask >> (value - 1)) & 1);
}
