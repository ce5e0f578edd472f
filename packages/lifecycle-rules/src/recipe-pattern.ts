/** The version of a recipe as a policy selects it: three numbers, of which the last ones may be any. */
export interface RecipePattern {
  readonly text: string;
  /** The numbers left of the first wildcard. */
  readonly numbers: readonly number[];
}

const LARGEST = 2 ** 30 - 1;

/** Reads `1.2.3`, `1.2.x`, `1.x.x` or `x.x.x`. The second text says what is wrong instead. */
export function readRecipePattern(text: string): { pattern: RecipePattern } | { problem: string } {
  const nodes = text.split(".");
  if (nodes.length !== 3 || !nodes.every((node) => /^(?:[0-9]+|x)$/.test(node))) {
    return { problem: 'must be three numbers with dots, such as "1.0.0"; the last ones may be "x"' };
  }
  if (nodes.some((node) => Number(node) > LARGEST)) return { problem: `must have numbers from 0 to ${LARGEST}` };
  const wildcard = nodes.includes("x") ? nodes.indexOf("x") : nodes.length;
  if (nodes.slice(wildcard).some((node) => node !== "x")) return { problem: 'must have only "x" right of its first "x"' };
  return { pattern: { text, numbers: nodes.slice(0, wildcard).map(Number) } };
}

/** Whether a version is one of those that the pattern means. Numbers are compared: `2021.01.01` is `2021.1.1`. */
export function matchesRecipePattern(pattern: RecipePattern, version: string): boolean {
  return matchesNumbers(pattern, versionNumbers(version));
}

export function matchesNumbers(pattern: RecipePattern, version: readonly number[]): boolean {
  return pattern.numbers.every((number, position) => version[position] === number);
}

const ZERO = 0x30;

/** The numbers of `1.0.0` or `1.0.0/3`. */
export function versionNumbers(text: string): number[] {
  const numbers: number[] = [];
  let number = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit >= 0 && digit <= 9) number = number * 10 + digit;
    else {
      numbers.push(number);
      number = 0;
    }
  }
  numbers.push(number);
  return numbers;
}

/** Below 0 where the first version is the older one. */
export function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let position = 0; position < Math.max(a.length, b.length); position++) {
    const difference = (a[position] ?? -1) - (b[position] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Names of recipes as ARNs have them: `My recipe` is `my-recipe`. */
export function arnName(name: string): string {
  return name.toLowerCase().replaceAll(" ", "-");
}
