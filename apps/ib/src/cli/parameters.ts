import { quote } from "@imagewright/diagnostics";
import { wrongUsage } from "./wrong-usage.js";

/** Reads `NAME=VALUE` flags. A value may be empty. A pair without a name or a `=`, or a name that is given twice, is wrong usage. */
export function readParameterFlags(pairs: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const pair of pairs) {
    const equals = pair.indexOf("=");
    if (equals < 1) throw wrongUsage(`--parameter needs NAME=VALUE; found ${quote(pair)}`);
    const [name, value] = [pair.slice(0, equals), pair.slice(equals + 1)];
    if (values.has(name)) throw wrongUsage(`--parameter: ${quote(name)} is given twice`);
    values.set(name, value);
  }
  return values;
}
