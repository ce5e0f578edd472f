import { count, DiagnosticCollector, quote, SourceFile, type Diagnostic } from "@imagewright/diagnostics";
import { openData, shownValue, type Path } from "@imagewright/yaml-syntax";
import { PolicyReport } from "./policy-report.js";
import type { AccessPolicy, AccessStatement, Effect, PolicyKind } from "./policy.js";
import type { RawStatement } from "./either.js";
import { matchesKnown, readActions } from "./read-actions.js";
import { readConditions } from "./read-conditions.js";
import { readPrincipals } from "./read-principals.js";
import { readResources } from "./read-resources.js";
import { accessPolicySchema, statementSchema, VERSION_WITH_VARIABLES } from "./schemas.js";

/** The characters of a policy at most. Source: API model, shape `ResourcePolicyDocument`; those of identities have the same limit here. */
export const LONGEST_POLICY = 30_000;

export interface AccessPolicyOptions {
  readonly kind: PolicyKind;
  /** The file name in diagnostics for a text without one; by one that ends in `.yaml` the text is YAML. */
  readonly name?: string;
}

export interface AccessPolicyReading {
  /** Missing if a diagnostic is an error. */
  readonly policy?: AccessPolicy;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a policy document. All faults are diagnostics, each with its place in the text, the number of the statement and what is allowed; at
 * most 100 errors and 100 warnings. Throws nothing. Source: guide chapters 33 and 49; IAM, elements of policies.
 */
export function readAccessPolicy(source: string | SourceFile, { kind, name = "policy.json" }: AccessPolicyOptions): AccessPolicyReading {
  const file = typeof source === "string" ? new SourceFile(name, source) : source;
  const found = new DiagnosticCollector();
  if (file.text.length === 0 || file.text.length > LONGEST_POLICY) {
    const message = `a policy has from 1 to ${LONGEST_POLICY} characters; found ${count(file.text.length, "character")}`;
    found.error("policy-length", { source: file, start: 0, end: 0 }, message);
    return { diagnostics: found.diagnostics };
  }
  const input = openData(file, name, found);
  const policy = input === undefined ? undefined : readParts(new PolicyReport(input, found), kind);
  const { diagnostics, hasErrors } = found;
  return policy === undefined || hasErrors ? { diagnostics } : { policy, diagnostics };
}

function readParts(report: PolicyReport, kind: PolicyKind): AccessPolicy | undefined {
  const { value } = report.input;
  report.check(accessPolicySchema);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const { Version, Id, Statement } = value as RawStatement;
  const variables = Version === VERSION_WITH_VARIABLES;
  const read = (statement: unknown, path: Path) => readStatement(statement, path, { kind, variables }, report);
  const statements = placedStatements(Statement, report).flatMap(([statement, path]) => read(statement, path) ?? []);
  checkSids(statements, report);
  return { kind, ...(typeof Id === "string" ? { id: Id } : {}), variables, statements };
}

/** One statement, or a list of some. */
function placedStatements(value: unknown, report: PolicyReport): [unknown, Path][] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return [[value, ["Statement"]]];
  if (value.length === 0) report.error("value-empty", ["Statement"], '"Statement" must not be empty');
  return value.map((statement, nth) => [statement, ["Statement", nth]]);
}

function readStatement(
  value: unknown,
  path: Path,
  { kind, variables }: { readonly kind: PolicyKind; readonly variables: boolean },
  report: PolicyReport,
): AccessStatement | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    report.error("wrong-type", path, `${report.label(path)} must be an object; found ${shownValue(value)}`);
    return undefined;
  }
  const statement = value as RawStatement;
  report.check(statementSchema, statement, path);
  const { Sid: sid, Effect: written, Condition } = statement;
  const effect: Effect | undefined = written === "Allow" || written === "Deny" ? written : undefined;
  const principals = readPrincipals(statement, path, { kind, effect }, report);
  const actions = readActions(statement, path, effect, report);
  const resources = readResources(statement, path, variables, report);
  // a statement on other services alone may have their condition keys
  const isAsked = actions === undefined || actions.except || actions.values.some(matchesKnown);
  const conditions = readConditions(Condition, [...path, "Condition"], { variables, isAsked }, report);
  if (effect === undefined || actions === undefined || resources === undefined) return undefined;
  return {
    number: typeof path[1] === "number" ? path[1] + 1 : 1,
    ...(typeof sid === "string" && sid !== "" ? { sid } : {}),
    effect,
    ...(principals === undefined ? {} : { principals }),
    actions,
    resources,
    conditions,
  };
}

function checkSids(statements: readonly AccessStatement[], report: PolicyReport): void {
  const first = new Map<string, number>();
  for (const { sid, number } of statements) {
    if (sid === undefined) continue;
    const before = first.get(sid);
    const path = ["Statement", number - 1, "Sid"];
    if (before === undefined) first.set(sid, number);
    else report.error("duplicate-sid", path, `${report.label(path)} is ${quote(sid)}, as that of statement ${before} is`);
  }
}
