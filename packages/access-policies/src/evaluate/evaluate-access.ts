import { accessError } from "../errors.js";
import type { PolicyKind } from "../policy/policy.js";
import type { AccessDecision, ResourceAccess } from "./access-decision.js";
import type { AccessInput } from "./access-request.js";
import { applies, askedOf, type Asked } from "./asked.js";
import type { CompiledPolicy, StatementReference } from "./compiled-policy.js";

/**
 * Decides a request. A statement that denies always wins; what nothing allows is not allowed. In the account of the principal its policies
 * or that of the resource must allow it; in another account both must. The account itself may do everything in it that nothing denies. A
 * request is allowed if each of its resources is; one without resources is not. Throws `invalid-principal`, `wrong-kind`. Source: IAM,
 * evaluation of policies; guide chapter 49.
 */
export function evaluateAccess({ identityPolicies, request }: AccessInput): AccessDecision {
  checkKinds(identityPolicies, "identity");
  checkKinds(
    request.resources.flatMap(({ policy }) => policy ?? []),
    "resource",
  );
  const resources = askedOf(request).map((asked) => decide(identityPolicies, asked));
  return { allowed: resources.length > 0 && resources.every(({ allowed }) => allowed), resources };
}

function checkKinds(policies: readonly CompiledPolicy[], wanted: PolicyKind): void {
  const wrong = policies.find(({ kind }) => kind !== wanted);
  if (wrong === undefined) return;
  const named = { identity: "identities", resource: "resources" };
  throw accessError("wrong-kind", { policy: wrong.name, kind: named[wrong.kind], wanted: named[wanted] });
}

function decide(identityPolicies: readonly CompiledPolicy[], asked: Asked): ResourceAccess {
  const { principal, isOwn, resource } = asked;
  const ofIdentity = applying(identityPolicies, asked);
  const ofResource = applyingOfResource(asked);
  const answer = (reason: ResourceAccess["reason"], statements: readonly StatementReference[] = []): ResourceAccess => ({
    arn: resource.arn,
    allowed: reason === "allowed" || reason === "root",
    reason,
    statements,
  });
  const denying = [...ofIdentity.denying, ...ofResource.denying];
  if (denying.length > 0) return answer("denied", denying);
  const allowing = [...ofIdentity.allowing, ...ofResource.allowing];
  if (isOwn) {
    if (principal.isRoot) return answer("root");
    // to name an account lets its administrators share a right out, by policies of identities
    return ofIdentity.allowing.length + ofResource.allowingItself.length > 0 ? answer("allowed", allowing) : answer("not-allowed");
  }
  if (ofIdentity.allowing.length === 0 && !principal.isRoot) return answer("not-allowed");
  return ofResource.allowing.length > 0 ? answer("allowed", allowing) : answer("not-shared");
}

/** A shared resource that is only used is allowed by another action, and may be denied by both. */
function applyingOfResource(asked: Asked): Applying {
  const { policy, sharedAs } = asked.resource;
  if (policy === undefined) return applying([], asked);
  const found = applying([policy], asked);
  if (sharedAs === undefined || asked.isOwn) return found;
  const shared = applying([policy], { ...asked, action: sharedAs.toLowerCase() });
  return { ...shared, denying: [...found.denying, ...shared.denying] };
}

interface Applying {
  readonly denying: StatementReference[];
  readonly allowing: StatementReference[];
  /** Those of `allowing` that name the principal, not only its account. */
  readonly allowingItself: StatementReference[];
}

function applying(policies: readonly CompiledPolicy[], asked: Asked): Applying {
  const found: Applying = { denying: [], allowing: [], allowingItself: [] };
  for (const policy of policies)
    for (const statement of policy.statementsOn(asked.action)) {
      const result = applies(statement, asked);
      if ("not" in result) continue;
      if (statement.effect === "Deny") found.denying.push(statement.reference);
      else found.allowing.push(statement.reference);
      if (statement.effect === "Allow" && result.as === "itself") found.allowingItself.push(statement.reference);
    }
  return found;
}
