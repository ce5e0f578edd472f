import { formatLocation, type Diagnostic } from "@imagewright/diagnostics";
import { LifecyclePlan, readImages, readPolicy, type LifecycleImage, type LifecyclePolicy, type LifecyclePlanOptions } from "../index.js";

/** A policy request with one rule that deletes after 6 months, changed as a test needs it. */
export function request(changes: object = {}): Record<string, unknown> {
  return {
    name: "sample-policy",
    executionRole: "arn:aws:iam::111122223333:role/sample-lifecycle-role",
    resourceType: "AMI_IMAGE",
    policyDetails: [rule("DELETE", { type: "AGE", value: 6, unit: "MONTHS" })],
    resourceSelection: { recipes: [{ name: "web", semanticVersion: "x.x.x" }] },
    ...changes,
  };
}

export function rule(
  type: string,
  filter: object,
  { include = { amis: true, snapshots: type === "DELETE" }, exclusionRules }: { include?: object; exclusionRules?: object } = {},
): object {
  return { action: { type, includeResources: include }, filter, ...(exclusionRules && { exclusionRules }) };
}

export function policy(changes: object = {}): LifecyclePolicy {
  const { policy: read, diagnostics } = readPolicy(request(changes));
  if (read === undefined) throw new Error(shown(diagnostics).join("\n"));
  return read;
}

/** A policy for the recipe web with these rules. */
export function rules(...policyDetails: object[]): LifecyclePolicy {
  return policy({ policyDetails });
}

export interface ImageChanges {
  readonly name?: string;
  readonly version?: string;
  readonly build?: number;
  readonly created?: string;
  readonly status?: string;
  readonly ami?: object | undefined;
  readonly [member: string]: unknown;
}

/** An image in the form of the API, with one AMI whose members are all known. */
export function imageJson({
  name = "web",
  version = "1.0.0",
  build = 1,
  created = "2026-01-01",
  status = "AVAILABLE",
  ami = {},
  ...members
}: ImageChanges = {}): object {
  return {
    arn: `arn:aws:imagebuilder:us-west-2:111122223333:image/${name}/${version}/${build}`,
    type: "AMI",
    state: { status },
    dateCreated: created,
    outputResources: { amis: [amiJson(`ami-${name}-${build}`, ami)] },
    ...members,
  };
}

export function amiJson(id: string, changes: object = {}): object {
  return {
    image: id,
    region: "us-west-2",
    accountId: "111122223333",
    isPublic: false,
    lastLaunched: null,
    sharedAccounts: [],
    tags: {},
    snapshots: [{ snapshotId: id.replace("ami", "snap"), tags: {} }],
    ...changes,
  };
}

export function images(...items: readonly ImageChanges[]): readonly LifecycleImage[] {
  return read(items.map(imageJson));
}

export function read(value: object): readonly LifecycleImage[] {
  const reading = readImages(value);
  if (reading.images === undefined) throw new Error(shown(reading.diagnostics).join("\n"));
  return reading.images;
}

/** `file:line:column message [code]`. */
export function shown(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(
    ({ span, message, code, severity }) => `${formatLocation(span)} ${severity === "error" ? "" : `${severity}: `}${message} [${code}]`,
  );
}

/** Everything that a plan does: `DELETE ami-web-1`. */
export function done(
  policy: LifecyclePolicy,
  of: readonly LifecycleImage[],
  options: Omit<LifecyclePlanOptions, "at"> & { at: string },
): string[] {
  const plan = new LifecyclePlan(policy, of, { ...options, at: new Date(options.at) });
  return [...plan.actions()].map(({ resource, decision }) => `${decision.action} ${shortId(resource.id)}`);
}

/** Every decision about every resource of every image: `ami-web-1 KEEP: the image is …`. */
export function decided(
  policy: LifecyclePolicy,
  of: readonly LifecycleImage[],
  options: Omit<LifecyclePlanOptions, "at"> & { at: string },
): string[] {
  const plan = new LifecyclePlan(policy, of, { ...options, at: new Date(options.at) });
  return [...plan].flatMap(({ resources }) =>
    resources.flatMap(({ id, decisions }) =>
      decisions.map(({ action, reason, needs }) => `${shortId(id)} ${action}: ${reason}${needs === undefined ? "" : `; needs ${needs}`}`),
    ),
  );
}

function shortId(id: string): string {
  return id.replace(/^arn:.*:image\//, "");
}
