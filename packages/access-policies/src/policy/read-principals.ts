import { quote, unknownName } from "@imagewright/diagnostics";
import { shownValue, type Path } from "@imagewright/yaml-syntax";
import { eitherOf, type RawStatement } from "./either.js";
import type { Effect, PolicyKind, PolicySelection } from "./policy.js";
import type { PolicyReport } from "./policy-report.js";
import { textsAt, type PlacedWord } from "./texts.js";

const FORM = 'an account of 12 digits, the ARN of an account (…:root), a user or a role, or "*"';
// principals that call AWS and never this API
const ELSEWHERE = ["Service", "Federated", "CanonicalUser"];

/** Reads `Principal` or `NotPrincipal`, which a policy of a resource must have and one of an identity must not. */
export function readPrincipals(
  statement: RawStatement,
  path: Path,
  { kind, effect }: { readonly kind: PolicyKind; readonly effect: Effect | undefined },
  report: PolicyReport,
): PolicySelection | undefined {
  if (kind === "identity") {
    for (const name of ["Principal", "NotPrincipal"].filter((name) => (statement[name] ?? undefined) !== undefined)) {
      const message = `${report.label(path)} has "${name}"; a policy of an identity is for that identity, so it has none`;
      report.error("principal-of-identity", [...path, name], message, { part: "name" });
    }
    return undefined;
  }
  const found = eitherOf(statement, path, "Principal", report);
  if (found === undefined) return undefined;
  if (found.except && effect === "Allow") {
    const message = `${report.label(path)} allows everybody except some; "NotPrincipal" is allowed with the effect "Deny" only`;
    report.error("not-principal-allowed", found.path, message, { part: "name", help: 'list in "Principal" who is allowed' });
  }
  return { except: found.except, values: principalsAt(found.value, found.path, report).flatMap((word) => readPrincipal(word, report)) };
}

function principalsAt(value: unknown, path: Path, report: PolicyReport): PlacedWord[] {
  if (value === "*") return [{ text: "*", path }];
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const form = 'an object, such as {"AWS": "123456789012"}, or "*"';
    report.error("wrong-type", path, `${report.label(path)} must be ${form}; found ${shownValue(value)}`);
    return [];
  }
  const entries = Object.entries(value as RawStatement);
  if (entries.length === 0) report.error("value-empty", path, `${report.label(path)} must not be empty`);
  return entries.flatMap(([name, listed]) => {
    const at = [...path, name];
    if (name === "AWS") return textsAt(listed, at, report);
    if (ELSEWHERE.includes(name)) {
      report.warning("principal-elsewhere", at, `${report.label(path)}: no principal of the kind "${name}" calls this API`, {
        part: "name",
      });
      textsAt(listed, at, report);
    } else {
      const message = `${report.label(path)}: ${unknownName("kind of principal", name, ["AWS", ...ELSEWHERE])}`;
      report.error("unknown-key", at, message, { part: "name" });
    }
    return [];
  });
}

/** A principal as it is compared: `*`, the digits of an account, an ARN. */
function readPrincipal({ text, path }: PlacedWord, report: PolicyReport): string[] {
  const [, root] = /^arn:aws(?:-[a-z-]+)?:iam::(\d{12}):root$/.exec(text) ?? [];
  if (root !== undefined) return [root];
  if (text === "*" || /^\d{12}$/.test(text)) return [text];
  if (/^arn:aws(-[a-z-]+)?:(iam::\d{12}:(user|role)|sts::\d{12}:(assumed-role|federated-user))\/[\w+=,.@/-]+$/.test(text)) return [text];
  const help = /[*?]/.test(text) ? { help: 'compare "aws:PrincipalArn" in "Condition" with "ArnLike", which has wildcards' } : {};
  report.error("principal-form", path, `${report.label(path)} must be ${FORM}; found ${quote(text)}`, help);
  return [];
}
