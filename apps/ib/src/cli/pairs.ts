import { quote } from "@imagewright/diagnostics";
import { wrongUsage } from "./wrong-usage.js";

/** Reads the `NAME=VALUE` texts of a flag. A value may be empty. One without a name or a `=`, or a name given twice, is wrong usage. */
export function readPairs(flag: string, pairs: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const pair of pairs) {
    const equals = pair.indexOf("=");
    if (equals < 1) throw wrongUsage(`${flag} needs NAME=VALUE; found ${quote(pair)}`);
    const [name, value] = [pair.slice(0, equals), pair.slice(equals + 1)];
    if (values.has(name)) throw wrongUsage(`${flag}: ${quote(name)} is given twice`);
    values.set(name, value);
  }
  return values;
}
