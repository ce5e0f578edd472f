import { Errors } from "@oclif/core";
import { quote } from "@imagewright/diagnostics";

/** Reads `NAME=VALUE` flags. */
export function readParameters(pairs: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    pairs.map((pair) => {
      const equals = pair.indexOf("=");
      if (equals < 1) throw new Errors.CLIError(`--parameter needs NAME=VALUE; found ${quote(pair)}`, { exit: 2 });
      return [pair.slice(0, equals), pair.slice(equals + 1)] as const;
    }),
  );
}
