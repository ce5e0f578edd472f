import type { S3Export } from "../settings/settings-schema.js";

/** An AMI: an existing one, or the result of an operation, by the operation's id. */
export type ImageReference = { readonly imageId: string } | { readonly resultOf: string };

/** The input of each kind of operation: plain data. */
export interface OperationInputs {
  /** Allows another account to read the AMI that was built and its snapshots, so that it can copy them. */
  "grant-access": { readonly imageId: string; readonly snapshotIds: readonly string[]; readonly toAccountId: string };
  "revoke-access": { readonly imageId: string; readonly snapshotIds: readonly string[]; readonly fromAccountId: string };
  "copy-ami": {
    readonly imageId: string;
    readonly fromRegion: string;
    readonly fromAccountId: string;
    readonly name: string;
    readonly description?: string;
    readonly encrypted: boolean;
    /** If absent, an encrypted copy uses the default key of the account. */
    readonly kmsKeyId?: string;
  };
  "wait-for-ami": { readonly image: ImageReference };
  "describe-ami": { readonly image: ImageReference; readonly description: string };
  "tag-ami": { readonly image: ImageReference; readonly tags: Readonly<Record<string, string>> };
  "share-ami": {
    readonly image: ImageReference;
    readonly userIds: readonly string[];
    readonly userGroups: readonly string[];
    readonly organizationArns: readonly string[];
    readonly organizationalUnitArns: readonly string[];
  };
  "attach-licenses": { readonly image: ImageReference; readonly licenseConfigurationArns: readonly string[] };
  "create-template-version": { readonly image: ImageReference; readonly launchTemplateId: string };
  "set-default-version": { readonly launchTemplateId: string; readonly version: { readonly resultOf: string } };
  "enable-fast-launch": {
    readonly image: ImageReference;
    readonly targetResourceCount?: number;
    readonly maxParallelLaunches?: number;
    readonly launchTemplateId?: string;
    readonly launchTemplateName?: string;
    readonly launchTemplateVersion?: string;
  };
  "export-image": { readonly image: ImageReference } & S3Export;
  "set-parameter": { readonly image: ImageReference; readonly name: string; readonly dataType: "text" | "aws:ec2:image" };
  "push-image": { readonly digest: string; readonly fromRegion: string; readonly fromRepository: string; readonly repository: string };
  "tag-image": { readonly digest: string; readonly repository: string; readonly tags: readonly string[] };
}

export type OperationKind = keyof OperationInputs;

/** The undo of an operation. */
export interface Undo {
  readonly kind: string;
  readonly summary: string;
  /** What has to be recorded when the operation runs, since it is not available afterwards. */
  readonly needs?: string;
}

/** An operation of one kind. */
export interface OperationOf<Kind extends OperationKind> {
  readonly id: string;
  readonly kind: Kind;
  readonly summary: string;
  /** Where the operation runs, and in which account. */
  readonly region: string;
  readonly accountId: string;
  readonly input: OperationInputs[Kind];
  /** The ids of operations that have to succeed before; all of them are earlier in the plan. */
  readonly dependsOn: readonly string[];
  /** Absent if the operation leaves nothing behind. */
  readonly undo?: Undo;
  /** The settings that ask for it: `distributions[1].launchTemplateConfigurations[0]`. */
  readonly setting: string;
}

/** One node of a distribution plan. */
export type DistributionOperation = { readonly [Kind in OperationKind]: OperationOf<Kind> }[OperationKind];
