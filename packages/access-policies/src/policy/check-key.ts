import { nearest, quote } from "@imagewright/diagnostics";
import type { Path } from "@imagewright/yaml-syntax";
import { findKey, KNOWN_KEYS, type KnownKey } from "../conditions/known-keys.js";
import type { PolicyReport } from "./policy-report.js";
import { foreignCharacter } from "./texts.js";

/**
 * Checks the name of a condition key. Of `imagebuilder:` all are known, so another one is an error; of AWS there are many that no request
 * here has, and policies that were written for AWS may name them.
 */
export function checkKey(key: string, path: Path, report: PolicyReport, part: "name" | "value"): KnownKey | undefined {
  const known = findKey(key);
  if (known !== undefined) return known;
  const foreign = foreignCharacter(key.split("/", 1)[0] ?? "");
  const where = report.label(part === "name" ? path.slice(0, -1) : path);
  if (foreign !== undefined || !/^[a-z0-9-]+:./i.test(key)) {
    const why = foreign === undefined ? "" : `, which has the character ${foreign}`;
    const allowed = 'a service or "aws", ":" and a name, such as "aws:SourceIp"';
    report.error("key-form", path, `${where}: the condition key ${quote(key)} must be ${allowed}${why}`, { part });
    return undefined;
  }
  const names = KNOWN_KEYS.map(({ name }) => (name.endsWith("/") ? `${name}<key>` : name));
  const meant = nearest(key, names);
  const ending = meant === undefined ? "" : `; did you mean ${quote(meant)}?`;
  if (/^imagebuilder:/i.test(key)) {
    const own = names.filter((name) => name.startsWith("imagebuilder:")).map((name) => `"${name}"`);
    const list = `${own.slice(0, -1).join(", ")} or ${own.at(-1)}`;
    report.error("unknown-key", path, `${where}: unknown condition key ${quote(key)}; allowed: ${list}${ending}`, { part });
  } else report.warning("absent-key", path, `${where}: no request to this API has the condition key ${quote(key)}${ending}`, { part });
  return undefined;
}
