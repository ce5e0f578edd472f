import { quote } from "@imagewright/diagnostics";
import { UsageError } from "./usage-error.js";

/**
 * Reads `name1=value1,name2=value2`. A pair whose value contains commas needs double quotes: `"hosts=a,b",port=1`.
 * A value may be empty. Throws a UsageError for a pair without a name or a `=`, and for a name that is given twice.
 */
export function readParameterList(text: string | undefined): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  if (text === undefined) return values;
  for (const pair of splitPairs(text)) {
    const equals = pair.indexOf("=");
    if (equals < 1) throw new UsageError(`--parameters: ${quote(pair)} is not name=value${adviceOnCommas(pair, [...values].at(-1))}`);
    const [name, value] = [pair.slice(0, equals).trim(), pair.slice(equals + 1)];
    if (values.has(name)) throw new UsageError(`--parameters: ${quote(name)} is given twice`);
    values.set(name, value);
  }
  return values;
}

/** A part without a name is usually the rest of a value that contains commas. */
function adviceOnCommas(pair: string, before: readonly [string, string] | undefined): string {
  return before === undefined
    ? ""
    : `; if it belongs to the value of ${quote(before[0])}, the pair needs quotes: '"${before.join("=")},${pair}"'`;
}

function splitPairs(text: string): string[] {
  const pairs = [...text.matchAll(/"((?:[^"]|"")*)"(?:,|$)|([^,]*)(?:,|$)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );
  return pairs.filter((pair) => pair !== "");
}

/** Reads a comma-separated list; undefined stays undefined. */
export function readList(text: string | undefined): readonly string[] | undefined {
  return text
    ?.split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
