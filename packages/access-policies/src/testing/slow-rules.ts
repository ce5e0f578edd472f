import type { AccessPolicy, AccessRequest, AccessStatement, PolicySelection, StatementCondition } from "../index.js";

/**
 * The rules of IAM in the plainest way, as an oracle: no preparation, strings by backtracking, addresses as bits. It shares no code with
 * what it checks. Policies are without faults, and their variables are `${aws:username}` and `${aws:PrincipalTag/team}`.
 */
export function slowlyAllowed(
  identity: readonly AccessPolicy[],
  request: Omit<AccessRequest, "resources">,
  resource: { arn: string; tags?: Readonly<Record<string, string>>; policy?: AccessPolicy },
): boolean {
  const account = request.principal.split(":")[4] ?? "";
  const owner = resource.arn.split(":")[4] ?? "";
  const keys = new Map<string, string[]>();
  const put = (key: string, value: string | readonly string[]) => keys.set(key.toLowerCase(), [value].flat());
  for (const [key, value] of Object.entries(request.conditionKeys ?? {})) if (value !== undefined && value.length > 0) put(key, value);
  put("aws:PrincipalArn", request.principal);
  put("aws:PrincipalAccount", account);
  if (request.principal.includes(":user/")) put("aws:username", request.principal.split("/").at(-1) ?? "");
  for (const [key, value] of Object.entries(resource.tags ?? {})) put(`aws:ResourceTag/${key}`, value);

  const says = (policy: AccessPolicy) =>
    policy.statements.filter((statement) => {
      const world = { keys, variables: policy.variables, isDeny: statement.effect === "Deny" };
      return (
        has(statement.actions, (pattern) => like(pattern.toLowerCase(), request.action.toLowerCase())) &&
        namesPrincipal(statement, request.principal, account) !== "no" &&
        hasResource(statement.resources, resource.arn, world) &&
        statement.conditions.every((condition) => holds(condition, world))
      );
    });
  const ofIdentity = identity.flatMap(says);
  const ofResource = resource.policy === undefined ? [] : says(resource.policy);
  if ([...ofIdentity, ...ofResource].some(({ effect }) => effect === "Deny")) return false;
  const isRoot = request.principal.endsWith(":root");
  if (owner !== account && /^[0-9]{12}$/.test(owner)) return (isRoot || ofIdentity.length > 0) && ofResource.length > 0;
  return (
    isRoot || ofIdentity.length > 0 || ofResource.some((statement) => namesPrincipal(statement, request.principal, account) === "itself")
  );
}

interface World {
  readonly keys: ReadonlyMap<string, readonly string[]>;
  readonly variables: boolean;
  readonly isDeny: boolean;
}

function has({ except, values }: PolicySelection, test: (value: string) => boolean): boolean {
  return values.some(test) !== except;
}

function namesPrincipal({ principals }: AccessStatement, principal: string, account: string): "itself" | "account" | "no" {
  if (principals === undefined) return "itself";
  const named = principals.values.includes("*") || principals.values.includes(principal);
  const byAccount = principals.values.includes(account);
  if (principals.except) return named || byAccount ? "no" : "itself";
  return named || (byAccount && principal.endsWith(":root")) ? "itself" : byAccount ? "account" : "no";
}

function hasResource({ except, values }: PolicySelection, arn: string, world: World): boolean {
  const results = values.map((value) => {
    if (value === "*" || arn === "*") return value === "*";
    return likeArn(value, arn, world);
  });
  if (!except) return results.includes(true);
  return !results.includes(true) && (world.isDeny || !results.includes(undefined));
}

/** Replaces variables; what they stand for is quoted by a private character before each wildcard. Undefined without a value. */
function fill(text: string, { keys, variables }: World): string | undefined {
  if (!variables) return text;
  let isMissing = false;
  const filled = text.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    const values = keys.get(name.toLowerCase()) ?? [];
    if (values.length !== 1) isMissing = true;
    return (values[0] ?? "").replace(/[*?]/g, (sign) => `\ue000${sign}`);
  });
  return isMissing ? undefined : filled;
}

const unquoted = (text: string) => text.replaceAll("\ue000", "");

/** Part by part; false if a part does not match, else undefined if a variable of one has no value. */
function likeArn(pattern: string, arn: string, world: World): boolean | undefined {
  const [patterns, parts] = [pattern.split(/:(?![^{]*\})/), arn.split(":")];
  if (parts.length < 6) return false;
  const [wanted = [], found = []] = [patterns, parts].map((list) => [
    ...list.slice(0, 5),
    ...(list.length > 5 ? [list.slice(5).join(":")] : []),
  ]);
  const results = found.map((part, nth) => {
    const filled = fill(wanted[nth] ?? "*", world);
    return filled === undefined ? undefined : like(filled, part);
  });
  return results.includes(false) ? false : results.includes(undefined) ? undefined : true;
}

function like(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  if (pattern.startsWith("\ue000")) return text !== "" && text[0] === pattern[1] && like(pattern.slice(2), text.slice(1));
  if (pattern.startsWith("*")) return like(pattern.slice(1), text) || (text !== "" && like(pattern, text.slice(1)));
  return text !== "" && (pattern[0] === "?" || pattern[0] === text[0]) && like(pattern.slice(1), text.slice(1));
}

function holds({ operator, key, values }: StatementCondition, world: World): boolean {
  const found = world.keys.get(key.toLowerCase());
  if (operator === "Null") return values.some((value) => (value === "true") === (found === undefined));
  const base = operator.replace(/^.*:/, "").replace(/IfExists$/, "");
  const isNegated = base.includes("Not");
  if (found === undefined)
    return operator.endsWith("IfExists") || operator.startsWith("ForAll") || (isNegated && !operator.startsWith("ForAny"));
  const fits = (one: string) => {
    const results = values.map((value) => compare(base.replace("Not", ""), value, one, world));
    if (!isNegated) return results.includes(true);
    return !results.includes(true) && (world.isDeny || !results.includes(undefined));
  };
  if (operator.startsWith("ForAll")) return found.every(fits);
  if (operator.startsWith("ForAny")) return found.some(fits);
  return isNegated ? found.every(fits) : found.some(fits);
}

function compare(operator: string, value: string, found: string, world: World): boolean | undefined {
  if (operator.startsWith("Arn")) return likeArn(value, found, world);
  const filled = operator.startsWith("String") ? fill(value, world) : value;
  if (filled === undefined) return undefined;
  switch (operator) {
    case "StringEquals":
      return unquoted(filled) === found;
    case "StringEqualsIgnoreCase":
      return unquoted(filled).toLowerCase() === found.toLowerCase();
    case "StringLike":
      return like(filled, found);
    case "Bool":
      return value.toLowerCase() === found.toLowerCase();
    case "BinaryEquals":
      return value === found;
    case "IpAddress":
      return bits(found).startsWith(bits(value));
    default: {
      const read = operator.startsWith("Date") ? (text: string) => Date.parse(text) : Number;
      const [one, other] = [read(found), read(value)];
      if (Number.isNaN(one)) return false;
      const order = operator.replace(/^(Date|Numeric)/, "");
      if (one === other) return order.endsWith("Equals");
      return one < other ? order.startsWith("LessThan") : order.startsWith("GreaterThan");
    }
  }
}

/** `10.0.0.0/8` as the bits of its prefix. */
function bits(address: string): string {
  const [text = "", length = "32"] = address.split("/");
  const all = text.split(".").map((part) => Number(part).toString(2).padStart(8, "0"));
  return all.join("").slice(0, Number(length));
}
