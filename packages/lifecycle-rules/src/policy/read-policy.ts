import { Cursor, DiagnosticCollector, openJson, type Diagnostic, type JsonSource } from "@imagewright/diagnostics";
import { ACTIONS, RESOURCE_TYPES, type LifecyclePolicy, type LifecycleRule, type ResourceType } from "./policy.js";
import { readRule } from "./read-rule.js";
import { readScope } from "./read-scope.js";
import { checkRuleOrder } from "./rule-order.js";
import { readName, readRole, readTagMap } from "./text-limits.js";

export interface ReadOptions {
  /** What messages call the file. */
  readonly name?: string;
}

export interface PolicyReading {
  /** Missing where a diagnostic is an error. */
  readonly policy?: LifecyclePolicy;
  readonly diagnostics: readonly Diagnostic[];
}

const MEMBERS = [
  "name",
  "description",
  "status",
  "executionRole",
  "resourceType",
  "policyDetails",
  "resourceSelection",
  "tags",
  "clientToken",
];
// what GetLifecyclePolicy has besides
const GIVEN = ["arn", "dateCreated", "dateUpdated", "dateLastRun"];
const MOST_RULES = 3;

/**
 * Reads a lifecycle policy: the request of CreateLifecyclePolicy, or what GetLifecyclePolicy answers, as JSON text or as a value.
 * `clientToken` may be left out. All faults are in the diagnostics, each with its place in the text; it throws nothing.
 */
export function readPolicy(source: JsonSource, { name = "policy.json" }: ReadOptions = {}): PolicyReading {
  const found = new DiagnosticCollector();
  const input = openJson(source, name, found, { strict: true });
  if (input === undefined) return { diagnostics: found.diagnostics };
  const whole = new Cursor({ input, found, name: "the policy" }, input.value);
  const answer = whole.member("lifecyclePolicy");
  const policy = readMembers(answer.isAbsent ? whole : answer);
  return { ...(policy === undefined || found.hasErrors ? {} : { policy }), diagnostics: found.diagnostics };
}

function readMembers(cursor: Cursor): LifecyclePolicy | undefined {
  if (cursor.isAbsent) return cursor.must("wrong-type", "be an object");
  if (!cursor.isObject([...MEMBERS, ...GIVEN])) return undefined;
  const name = readName(cursor.required("name"));
  const description = cursor.member("description").text({ least: 1, most: 1024 });
  const status = cursor.member("status").oneOf(["DISABLED", "ENABLED"]);
  const executionRole = readRole(cursor.required("executionRole"));
  const resourceType = cursor.required("resourceType").oneOf(RESOURCE_TYPES);
  const rules = readRules(cursor.required("policyDetails"), resourceType);
  const scope = readScope(cursor.required("resourceSelection"));
  // an answer of the service has empty tags where there are none, a request has none
  const tags = readTagMap(cursor.member("tags"), cursor.member("arn").isAbsent ? 1 : 0);
  cursor.member("clientToken").text({ least: 1, most: 36 });
  if (name === undefined || executionRole === undefined || resourceType === undefined || scope === undefined) return undefined;
  return {
    name,
    ...(description === undefined ? {} : { description }),
    enabled: status !== "DISABLED",
    executionRole,
    resourceType,
    rules,
    scope,
    tags,
  };
}

function readRules(cursor: Cursor, resourceType: ResourceType | undefined): LifecycleRule[] {
  const items = cursor.items({ least: 1, most: MOST_RULES, what: "rule" });
  const read = items.flatMap((item) => {
    const rule = readRule(item, resourceType);
    return rule === undefined ? [] : [{ cursor: item, rule }];
  });
  checkRuleOrder(read);
  return read.map(({ rule }) => rule).sort((a, b) => ACTIONS.indexOf(a.action) - ACTIONS.indexOf(b.action));
}
