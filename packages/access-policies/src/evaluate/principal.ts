import { arnSectionsOf } from "../patterns/arn-pattern.js";
import { accessError } from "../errors.js";
import type { ConditionValues } from "../conditions/request-scope.js";

/** Who asks, taken apart. */
export interface AskingPrincipal {
  readonly arn: string;
  readonly account: string;
  /** Whether it is the account itself, which may do everything in it. */
  readonly isRoot: boolean;
  /** For a session, the ARN of its role: a policy that names the role means its sessions. */
  readonly role?: string;
}

/** Reads the ARN of a principal, such as `arn:aws:iam::123456789012:user/ada`. Throws `invalid-principal`. */
export function principalOf(arn: string): AskingPrincipal {
  const [, partition, service, , account = "", name = ""] = arnSectionsOf(arn) ?? [];
  if (!/^\d{12}$/.test(account) || (service !== "iam" && service !== "sts") || name === "") throw accessError("invalid-principal", { arn });
  const [, role] = service === "sts" ? (/^assumed-role\/([^/]+)\//.exec(name) ?? []) : [];
  return {
    arn,
    account,
    isRoot: service === "iam" && name === "root",
    ...(role === undefined ? {} : { role: `arn:${partition}:iam::${account}:role/${role}` }),
  };
}

/** The condition keys that follow from who asks. */
export function principalKeys({ arn, account, isRoot, role }: AskingPrincipal): ConditionValues {
  const user = /:user\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
  return {
    "aws:PrincipalArn": role ?? arn,
    "aws:PrincipalAccount": account,
    "aws:PrincipalType": isRoot ? "Account" : role === undefined ? "User" : "AssumedRole",
    "aws:PrincipalIsAWSService": "false",
    "aws:ViaAWSService": "false",
    ...(user === undefined ? {} : { "aws:username": user }),
  };
}
