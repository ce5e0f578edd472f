import type { Build } from "../build/build-schema.js";
import type { Distribution } from "../settings/settings-schema.js";

/** An AMI that the distribution results in: the one that was built, or a copy of it. */
export interface Destination {
  readonly region: string;
  readonly accountId: string;
  /** Whether it is the original AMI of the build. */
  readonly built: boolean;
  readonly encryption: Encryption;
}

/** Not encrypted; with the account's default key for EBS, which other accounts cannot use; or with another key. */
export type Encryption = "none" | "default-key" | "own-key";

/**
 * The AMIs of a distribution. In the Region of the build these are the AMI that was built and a copy for each target account;
 * elsewhere a copy for each target account, or one for the account of the build if there are no target accounts.
 * Source: guide chapter 30, "AMI distribution"; chapter 31.
 */
export function destinationsOf(distribution: Distribution, build: Build): Destination[] {
  const { region, amiDistributionConfiguration: ami } = distribution;
  const [home, copies] = [encryptionOfBuild(build), encryptionOfCopies(distribution, build)];
  const accounts = new Set(ami?.targetAccountIds ?? (region === build.region ? [] : [build.accountId]));
  const found: Destination[] = [];
  if (region === build.region) {
    found.push({ region, accountId: build.accountId, built: true, encryption: home });
    accounts.delete(build.accountId);
  }
  for (const accountId of accounts) found.push({ region, accountId, built: false, encryption: copies });
  return found;
}

/** How the AMI that was built is encrypted; `kmsKeyId` of the settings does not change it. Source: guide chapter 30, "Kms key". */
export function encryptionOfBuild({ ami }: Build): Encryption {
  if (ami?.encrypted !== true) return "none";
  return ami.kmsKeyId === undefined || isDefaultKey(ami.kmsKeyId) ? "default-key" : "own-key";
}

/**
 * Copies of an encrypted AMI are always encrypted: with the key of the settings, or else the default key. Source: guide chapter 31, limits.
 */
export function encryptionOfCopies({ amiDistributionConfiguration: ami }: Distribution, build: Build): Encryption {
  if (ami?.kmsKeyId !== undefined) return isDefaultKey(ami.kmsKeyId) ? "default-key" : "own-key";
  return build.ami?.encrypted === true ? "default-key" : "none";
}

function isDefaultKey(key: string): boolean {
  return /(?:^|:)alias\/aws\/ebs$/.test(key);
}
