/** The way to a value in JSON: names of members, positions in lists. */
export type Path = readonly (string | number)[];

/** A path as people write it: `policyDetails[0].filter.value`. */
export function pathText(path: Path): string {
  return path.map((step, position) => (typeof step === "number" ? `[${step}]` : position === 0 ? step : `.${step}`)).join("");
}
