import type { VersionPattern } from "@imagewright/semver-resolver";

// A plan goes over a million images, whose ARNs are known to be right: their numbers are read and compared here without objects, in a
// tenth of the time that `readVersion` and `compareVersions` of semver-resolver take.

/** Whether a version is one of those that the pattern selects. Numbers are compared: `2021.01.01` is `2021.1.1`. */
export function matchesNumbers(pattern: VersionPattern, version: readonly number[]): boolean {
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
