import type { ConfiguredValue } from "@imagewright/configuration";
import { quote } from "@imagewright/diagnostics";
import { ibError } from "../errors.js";
import { wrongUsage } from "../cli/wrong-usage.js";

/**
 * The error for a setting that has another form: WrongUsage for a flag, otherwise setting-not-allowed. `found` is left out if it may have a
 * secret.
 */
export function notAllowed(what: string, { origin }: ConfiguredValue<unknown>, allowed: string, found: string | undefined): Error {
  const shown = found === undefined ? "" : `; found ${quote(found)}`;
  if (origin.kind === "flag") return wrongUsage(`${origin.name} must be ${allowed}${shown}`);
  const place = origin.kind === "environment" ? origin.name : origin.kind === "file" ? origin.path : what;
  return ibError("setting-not-allowed", { what, place, allowed, ...(found !== undefined && { found }) });
}
