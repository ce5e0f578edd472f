/** The allowed values of one field of a cron expression (guide chapter 42, "Supported values for cron expressions"). */
export interface Field {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  /** The supported wildcards. */
  readonly wildcards: readonly string[];
  /** The names of its values, starting with that of `min`. */
  readonly names?: readonly string[];
  /** Whether a range may wrap around the end, as FRI-MON does. */
  readonly wraps: boolean;
  /** All its values. */
  readonly all: readonly number[];
}

type Rules = Pick<Field, "names"> & { readonly wraps?: boolean };

function field(label: string, min: number, max: number, wildcards: string, { wraps = true, ...rest }: Rules = {}): Field {
  const all = Array.from({ length: max - min + 1 }, (_, index) => min + index);
  return { label, min, max, wildcards: wildcards.split(" "), wraps, all, ...rest };
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

export const MINUTE = field("minute", 0, 59, ", - * /");
export const HOUR = field("hour", 0, 23, ", - * /");
export const DAY = field("day", 1, 31, ", - * ? / L W");
export const MONTH = field("month", 1, 12, ", - * /", { names: MONTHS });
export const WEEKDAY = field("day of the week", 1, 7, ", - * ? L #", { names: WEEKDAYS });
// years do not repeat: 2030-2020 is a mistake
export const YEAR = field("year", 1970, 2199, ", - * /", { wraps: false });

/** The allowed values of a field, for messages: `a number from 1 to 7 or a name from "sun" to "sat"`. */
export function valuesOf({ min, max, names }: Field): string {
  const numbers = `a number from ${min} to ${max}`;
  return names === undefined ? numbers : `${numbers} or a name from "${names[0]}" to "${names.at(-1)}"`;
}
