import type { LaunchPermission } from "../settings/settings-schema.js";
import { encryptionOfBuild } from "../plan/destinations.js";
import type { RuleInput } from "./rule-input.js";
import type { Report } from "./report.js";

/** An AMI under the default key cannot be shared, and an encrypted AMI cannot be public. Source: guide chapter 31, "Encryption keys". */
export function checkEncryption(found: RuleInput, report: Report): void {
  if (found.build.ami === undefined) return;
  checkCopies(found, report);
  checkSharing(found, report);
  const { distribution, path, destinations } = found;
  if (distribution.amiDistributionConfiguration?.kmsKeyId !== undefined && destinations.every(({ built }) => built)) {
    const help = "set the key in the recipe, for the volumes of the image";
    report.warning(
      "key-without-copy",
      [...path, "amiDistributionConfiguration", "kmsKeyId"],
      "no copy is made here, and the AMI that was built keeps its encryption, so this key is not used",
      { help },
    );
  }
}

function checkCopies({ build, path, destinations }: RuleInput, report: Report): void {
  const across = destinations.filter(({ accountId }) => accountId !== build.accountId);
  if (across.length === 0 || encryptionOfBuild(build) !== "default-key") return;
  const help = "use your own KMS key in the recipe, and allow the target accounts to use it";
  report.error(
    "default-key-copy",
    [...path, "amiDistributionConfiguration", "targetAccountIds"],
    `the AMI is encrypted with the default key of account ${build.accountId}, which no other account can use; allowed: an AMI with a key of your own, or without encryption`,
    { help },
  );
}

function checkSharing({ build, distribution: { amiDistributionConfiguration: ami }, path, destinations }: RuleInput, report: Report): void {
  const permission = ami?.launchPermission;
  if (permission === undefined) return;
  const place = [...path, "amiDistributionConfiguration", "launchPermission"];
  const encrypted = destinations.filter(({ encryption }) => encryption !== "none");
  if (permission.userGroups?.includes("all") === true && encrypted.length > 0) {
    report.error(
      "public-encrypted",
      [...place, "userGroups"],
      `the AMI is encrypted${whenCopied(encrypted[0]?.built)} and cannot be public; allowed: accounts, organizations and organizational units, or an AMI without encryption`,
    );
  }
  const locked = encrypted.find(({ encryption }) => encryption === "default-key");
  if (locked === undefined || !sharesWithOthers(permission, build.accountId)) return;
  const help = locked.built ? "use your own KMS key in the recipe" : 'set "kmsKeyId" to a key of your own in this Region';
  report.error(
    "default-key-share",
    place,
    `the AMI is encrypted${whenCopied(locked.built)} with the account's default key and cannot be shared; allowed: a key of your own, or no encryption`,
    { help },
  );
}

function whenCopied(built: boolean | undefined): string {
  return built === true ? "" : " when it is copied";
}

function sharesWithOthers({ userIds = [], organizationArns = [], organizationalUnitArns = [] }: LaunchPermission, owner: string): boolean {
  return userIds.some((account) => account !== owner) || organizationArns.length > 0 || organizationalUnitArns.length > 0;
}
