import type { Diagnostic } from "@imagewright/diagnostics";
import { readResource } from "@imagewright/resource-files";
import type { DataReport, DataSource } from "@imagewright/yaml-syntax";
import { checkRule } from "./check-rule.js";
import { checkRuleOrder } from "./rule-order.js";
import { checkScope, scopeOf } from "./scope-of.js";
import { ACTIONS, type LifecyclePolicy, type LifecycleRule, type RuleFilter } from "./policy.js";
import { policySchema, type PolicyDetail, type PolicyRequest } from "./policy-schema.js";

export interface ReadOptions {
  /** The file name in diagnostics for a text without one. */
  readonly name?: string;
}

export interface PolicyReading {
  /** Missing if a diagnostic is an error. */
  readonly policy?: LifecyclePolicy;
  readonly diagnostics: readonly Diagnostic[];
}

// a template may leave these open, since a preview does not need them
const UNIMPORTANT = ["executionRole", "description", "tags"];

/**
 * Reads a lifecycle policy: the request of CreateLifecyclePolicy or UpdateLifecyclePolicy or the response of GetLifecyclePolicy, as JSON,
 * YAML or a value, or the policy in a CloudFormation template. `clientToken` is optional. All faults are diagnostics with their places in
 * the text. Throws nothing. Source: guide chapter 25.
 */
export function readPolicy(source: DataSource, { name = "policy.json" }: ReadOptions = {}): PolicyReading {
  const options = { what: "the policy", name, schema: policySchema, rules: checkPolicy, unimportant: UNIMPORTANT };
  const { value, diagnostics } = readResource<PolicyRequest>(source, "lifecycle-policy", options);
  return { ...(value === undefined ? {} : { policy: toPolicy(value) }), diagnostics };
}

function checkPolicy(policy: PolicyRequest, report: DataReport): void {
  if (policy.arn === undefined && policy.tags !== undefined && Object.keys(policy.tags).length === 0)
    report.error("value-empty", ["tags"], '"tags" must not be empty');
  for (const [position, detail] of policy.policyDetails.entries())
    checkRule(detail, ["policyDetails", position], policy.resourceType, report);
  checkScope(policy.resourceSelection, report);
  checkRuleOrder(policy.policyDetails, report);
}

function toPolicy({
  lifecyclePolicyArn = "",
  // an ARN ends with the name
  name = lifecyclePolicyArn.slice(lifecyclePolicyArn.lastIndexOf("/") + 1),
  description,
  status,
  executionRole,
  resourceType,
  policyDetails,
  resourceSelection,
  tags,
}: PolicyRequest): LifecyclePolicy {
  return {
    name,
    ...(description === undefined ? {} : { description }),
    enabled: status !== "DISABLED",
    executionRole,
    resourceType,
    rules: policyDetails.map(toRule).sort((a, b) => ACTIONS.indexOf(a.action) - ACTIONS.indexOf(b.action)),
    scope: scopeOf(resourceSelection),
    tags: tags ?? {},
  };
}

function toRule({
  action: { type: action, includeResources },
  filter,
  exclusionRules: { tagMap = {}, amis } = {},
}: PolicyDetail): LifecycleRule {
  const { amis: include = false, snapshots = false, containers = false } = includeResources ?? {};
  const { isPublic = false, regions = [], sharedAccounts = [], lastLaunched, tagMap: tagsOfAmis = {} } = amis ?? {};
  return {
    action,
    include: { amis: include, snapshots, containers },
    filter: toFilter(action, filter),
    exclusions: {
      tagMap,
      amis: { isPublic, regions, sharedAccounts, ...(lastLaunched === undefined ? {} : { lastLaunched }), tagMap: tagsOfAmis },
    },
  };
}

function toFilter(action: LifecycleRule["action"], { type, value, unit = "DAYS", retainAtLeast = 0 }: PolicyDetail["filter"]): RuleFilter {
  if (type === "COUNT") return { type, value };
  const period = { value, unit };
  if (action === "DELETE" || retainAtLeast === 0) return { type, period, retainAtLeast };
  return { type, period, retainAtLeast: 0, retainWithoutEffect: retainAtLeast };
}
