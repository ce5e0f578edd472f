import { renderText, SourceFile } from "@imagewright/diagnostics";
import { compilePolicy, readAccessPolicy, type AccessPolicy, type CompiledPolicy, type PolicyKind } from "../index.js";

export const ACCOUNT = "123456789012";
export const OTHER = "210987654321";
export const ADA = `arn:aws:iam::${ACCOUNT}:user/ada`;
export const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
export const arn = (resource: string, account = ACCOUNT) => `arn:aws:imagebuilder:eu-west-1:${account}:${resource}`;

/** A policy of these statements, without faults. */
export function policyOf(statements: object, kind: PolicyKind = "identity", version = "2012-10-17"): AccessPolicy {
  const text = JSON.stringify({ Version: version, Statement: statements });
  const { policy, diagnostics } = readAccessPolicy(new SourceFile("p.json", text), { kind });
  if (policy === undefined) throw new Error(renderText(diagnostics));
  return policy;
}

export function compiled(statements: object, kind: PolicyKind = "identity", name = `${kind}.json`): CompiledPolicy {
  return compilePolicy(policyOf(statements, kind), name);
}
