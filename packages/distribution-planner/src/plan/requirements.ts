import { listOf, quote } from "@imagewright/diagnostics";
import type { Build } from "../build/build-schema.js";
import type { DistributionOperation, OperationOf } from "./operation.js";

/** A condition that must hold in an account before a plan starts, and that cannot be checked in the documents. */
export interface Requirement {
  readonly accountId: string;
  /** Absent if it is not about one Region. */
  readonly region?: string;
  readonly summary: string;
}

const ROLE = "EC2ImageBuilderDistributionCrossAccountRole";
const COPY_POLICY = "Ec2ImageBuilderCrossAccountDistributionAccess";

/** Collects requirements without duplicates: `name` and place identify one. Its text is formatted only once. */
class Requirements {
  readonly #found = new Map<string, Requirement>();

  add(name: string, { accountId, region }: { readonly accountId: string; readonly region?: string }, summary: () => string): void {
    const key = `${name} ${accountId} ${region ?? ""}`;
    if (this.#found.has(key)) return;
    this.#found.set(key, { accountId, ...(region === undefined ? {} : { region }), summary: summary() });
  }

  get all(): Requirement[] {
    return [...this.#found.values()];
  }
}

/** What the operations need, without duplicates, in the order of the operations. Source: guide chapters 30 to 33 and 45. */
export function requirementsOf(operations: readonly DistributionOperation[], build: Build): Requirement[] {
  const found = new Requirements();
  for (const operation of operations) {
    if (operation.kind === "copy-ami") needsOfCopy(operation, build, found);
    else needsOfOthers(operation, build, found);
  }
  return found.all;
}

function needsOfCopy(
  { accountId, region, input: { kmsKeyId: key, encrypted } }: OperationOf<"copy-ami">,
  build: Build,
  found: Requirements,
): void {
  const across = accountId !== build.accountId;
  if (build.platform === "macOS") found.add("mac", { accountId, region }, () => "the Region has EC2 Mac Dedicated Hosts");
  if (key !== undefined) {
    found.add(
      `key ${across} ${key}`,
      { accountId: build.accountId, region },
      () => `KMS key ${quote(key)} exists${across ? " and its policy allows the target accounts to use it" : ""}`,
    );
  }
  if (!across) return;
  found.add("role", { accountId }, () => `role ${ROLE} exists, has the policy ${COPY_POLICY} and trusts account ${build.accountId}`);
  if (encrypted) {
    found.add(
      "role-key",
      { accountId },
      () =>
        `role ${ROLE} may use KMS keys: Encrypt, Decrypt, ReEncrypt*, GenerateDataKey*, DescribeKey, CreateGrant, ListGrants, RevokeGrant`,
    );
  }
  const own = build.ami?.kmsKeyId;
  if (own !== undefined) found.add("own-key", build, () => `the policy of KMS key ${quote(own)} allows the target accounts to use it`);
}

function needsOfOthers({ kind, accountId, region, input }: DistributionOperation, build: Build, found: Requirements): void {
  const [place, across] = [{ accountId, region }, accountId !== build.accountId];
  switch (kind) {
    case "share-ami": {
      const key = "imageId" in input.image ? build.ami?.kmsKeyId : undefined;
      if (key !== undefined)
        found.add("launch-key", place, () => `the policy of KMS key ${quote(key)} allows the accounts that may launch the AMI to use it`);
      break;
    }
    case "attach-licenses":
      found.add(
        "licenses",
        place,
        () => `the license configurations ${listOf(input.licenseConfigurationArns, "and")} exist and are shared with the account`,
      );
      break;
    case "create-template-version":
      found.add(
        input.launchTemplateId,
        place,
        () => `launch template ${input.launchTemplateId} exists${across ? ' and has the tag "CreatedBy": "EC2 Image Builder"' : ""}`,
      );
      if (across) {
        found.add(
          "role-templates",
          { accountId },
          () =>
            `role ${ROLE} exists and may CreateLaunchTemplateVersion, ModifyLaunchTemplate, DescribeLaunchTemplates, and CreateTags on launch templates`,
        );
      }
      break;
    case "enable-fast-launch": {
      const template = input.launchTemplateId ?? input.launchTemplateName;
      if (template !== undefined)
        found.add(`fast ${template}`, place, () => `launch template ${template} has the tag "CreatedBy": "EC2 Image Builder"`);
      break;
    }
    case "set-parameter": {
      const who = across ? `role ${ROLE}` : "the execution role";
      found.add(
        `parameter ${input.name} ${input.dataType}`,
        place,
        () => `${who} may PutParameter on ${quote(input.name)}${input.dataType === "aws:ec2:image" ? " and DescribeImages" : ""}`,
      );
      break;
    }
    case "export-image":
      found.add(
        "export",
        place,
        () => `role ${quote(input.roleName)} may export images to bucket ${quote(input.s3Bucket)}, which is in this Region`,
      );
      break;
    case "push-image":
      found.add("repository", place, () => `repository ${quote(input.repository)} exists`);
      break;
    default:
  }
}
