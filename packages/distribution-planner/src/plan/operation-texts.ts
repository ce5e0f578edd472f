import { count, quote } from "@imagewright/diagnostics";
import type { OperationInputs, OperationKind, Undo } from "./operation.js";

type Texts = {
  readonly [Kind in OperationKind]: {
    readonly summary: (input: OperationInputs[Kind]) => string;
    readonly undo?: (input: OperationInputs[Kind]) => Undo;
  };
};

/** The summary of each kind of operation, and what undoes it: one row per kind. */
export const OPERATION_TEXTS: Texts = {
  "grant-access": {
    summary: ({ toAccountId }) => `allow account ${toAccountId} to copy the AMI and its snapshots`,
    undo: ({ toAccountId }) => ({
      kind: "revoke-access",
      summary: `revoke the access of account ${toAccountId}`,
      needs: "whether the account had access before",
    }),
  },
  "revoke-access": { summary: ({ fromAccountId }) => `revoke the access of account ${fromAccountId} to the AMI` },
  "copy-ami": {
    summary: ({ name, fromRegion, encrypted, kmsKeyId }) =>
      `copy the AMI from ${fromRegion} as ${quote(name)}${encrypted ? `, encrypted with ${kmsKeyId === undefined ? "the account's default key" : quote(kmsKeyId)}` : ""}`,
    undo: () => ({ kind: "deregister-ami", summary: "deregister the copy and delete its snapshots" }),
  },
  "wait-for-ami": { summary: () => "wait until the AMI is available" },
  "describe-ami": {
    summary: ({ description }) => `set the description of the AMI to ${quote(description)}`,
    undo: () => ({ kind: "restore-description", summary: "restore the former description", needs: "the former description" }),
  },
  "tag-ami": {
    summary: ({ tags }) => `set ${count(Object.keys(tags).length, "tag")}: ${Object.keys(tags).join(", ")}`,
    undo: () => ({ kind: "restore-tags", summary: "restore the former tags", needs: "the former values of these tags" }),
  },
  "share-ami": {
    summary: (input) => `allow ${principals(input)} to launch the AMI`,
    undo: () => ({ kind: "unshare-ami", summary: "remove the launch permissions", needs: "which of them were there before" }),
  },
  "attach-licenses": {
    summary: ({ licenseConfigurationArns }) => `attach ${count(licenseConfigurationArns.length, "license configuration")}`,
    undo: () => ({ kind: "detach-licenses", summary: "detach the license configurations", needs: "which of them were attached before" }),
  },
  "create-template-version": {
    summary: ({ launchTemplateId }) => `create a version of launch template ${launchTemplateId} with the AMI`,
    undo: () => ({ kind: "delete-template-version", summary: "delete that version" }),
  },
  "set-default-version": {
    summary: ({ launchTemplateId }) => `make that version the default of launch template ${launchTemplateId}`,
    undo: () => ({
      kind: "restore-default-version",
      summary: "make the former version the default",
      needs: "the number of the former default version",
    }),
  },
  "enable-fast-launch": {
    summary: ({ targetResourceCount }) =>
      `enable fast launch${targetResourceCount === undefined ? "" : ` with ${count(targetResourceCount, "snapshot")}`}`,
    undo: () => ({ kind: "disable-fast-launch", summary: "disable fast launch, which deletes its snapshots" }),
  },
  "export-image": {
    summary: ({ diskImageFormat, s3Bucket, s3Prefix }) => `export the AMI as ${diskImageFormat} to s3://${s3Bucket}/${s3Prefix ?? ""}`,
    undo: () => ({ kind: "delete-export", summary: "delete the exported file", needs: "the key of the exported file" }),
  },
  "set-parameter": {
    summary: ({ name }) => `set parameter ${quote(name)} to the ID of the AMI`,
    undo: () => ({
      kind: "restore-parameter",
      summary: "restore the former value, or delete the parameter if it is new",
      needs: "the former value",
    }),
  },
  "push-image": {
    summary: ({ repository, fromRegion, fromRepository }) =>
      `push the image from ${fromRegion}/${fromRepository} to repository ${quote(repository)}`,
    undo: () => ({ kind: "delete-image", summary: "delete the image from the repository", needs: "whether the repository had it before" }),
  },
  "tag-image": {
    summary: ({ tags, repository }) => `tag the image in ${quote(repository)}: ${tags.join(", ")}`,
    undo: () => ({
      kind: "restore-container-tags",
      summary: "move the tags back to the images that had them",
      needs: "the former digest of each tag",
    }),
  },
};

function principals({ userIds, userGroups, organizationArns, organizationalUnitArns }: OperationInputs["share-ami"]): string {
  if (userGroups.includes("all")) return "everyone";
  const parts = [
    [userIds.length, "account"],
    [organizationArns.length, "organization"],
    [organizationalUnitArns.length, "organizational unit"],
  ] as const;
  return parts.flatMap(([number, word]) => (number > 0 ? [count(number, word)] : [])).join(", ");
}
