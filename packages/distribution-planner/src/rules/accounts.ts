import { listOf, quote } from "@imagewright/diagnostics";
import type { Path } from "@imagewright/yaml-syntax";
import type { RuleInput } from "./rule-input.js";
import type { Report } from "./report.js";

/** Operations in an account need an AMI there. Source: guide chapters 30 (fast launch, SSM parameters), 31 and 32. */
export function checkAccounts(found: RuleInput, report: Report): void {
  const { distribution, path, build } = found;
  if (build.ami === undefined) return;
  checkOwner(found, report);
  const needs = (what: string, account: string | undefined, place: Path) => checkAccount(found, what, account, place, report);
  for (const [position, { accountId }] of (distribution.fastLaunchConfigurations ?? []).entries())
    needs("fast launch", accountId, [...path, "fastLaunchConfigurations", position, "accountId"]);
  for (const [position, { amiAccountId }] of (distribution.ssmParameterConfigurations ?? []).entries()) {
    needs("the parameter", amiAccountId, [...path, "ssmParameterConfigurations", position, "amiAccountId"]);
  }
  if (distribution.s3ExportConfiguration !== undefined) needs("the export", undefined, [...path, "s3ExportConfiguration"]);
  checkTemplates(found, report);
}

function checkAccount(
  { distribution: { region }, build, destinations }: RuleInput,
  what: string,
  account: string | undefined,
  place: Path,
  report: Report,
): void {
  const needed = account ?? build.accountId;
  if (destinations.some(({ accountId }) => accountId === needed)) return;
  const found = account === undefined ? `account ${needed}, that of the build` : `account ${needed}`;
  const places = listOf(
    destinations.map(({ accountId }) => accountId),
    "and",
  );
  report.error("no-ami-in-account", place, `${what} is for ${found}, which gets no AMI in ${quote(region)}; allowed: ${places}`, {
    help: `add ${quote(needed)} to "targetAccountIds" of this Region`,
  });
}

/** A template in an account without a copy uses the AMI of the build's account, which then has to be shared. */
function checkTemplates(found: RuleInput, report: Report): void {
  const { distribution, path, build, destinations } = found;
  const permission = distribution.amiDistributionConfiguration?.launchPermission;
  const home = destinations.some(({ accountId }) => accountId === build.accountId);
  for (const [position, { accountId }] of (distribution.launchTemplateConfigurations ?? []).entries()) {
    const place = [...path, "launchTemplateConfigurations", position, "accountId"];
    if (!home) checkAccount(found, "the launch template", accountId, place, report);
    else if (
      accountId !== undefined &&
      destinations.every((destination) => destination.accountId !== accountId) &&
      !mayLaunch(permission, accountId)
    ) {
      report.warning(
        "template-without-ami",
        place,
        `account ${accountId} gets neither an AMI in ${quote(distribution.region)} nor the permission to launch that of account ${build.accountId}`,
        {
          help: `add ${quote(accountId)} to "targetAccountIds" or to "userIds" of "launchPermission"`,
        },
      );
    }
  }
}

/** Organizations may contain any account, so they count as permission. */
function mayLaunch(
  permission: NonNullable<RuleInput["distribution"]["amiDistributionConfiguration"]>["launchPermission"],
  accountId: string,
): boolean {
  if (permission === undefined) return false;
  const { userIds = [], userGroups = [], organizationArns = [], organizationalUnitArns = [] } = permission;
  return userIds.includes(accountId) || userGroups.includes("all") || organizationArns.length + organizationalUnitArns.length > 0;
}

function checkOwner({ distribution: { region, amiDistributionConfiguration: ami }, path, build }: RuleInput, report: Report): void {
  const place = [...path, "amiDistributionConfiguration"];
  const target = region === build.region ? (ami?.targetAccountIds ?? []).indexOf(build.accountId) : -1;
  if (target >= 0)
    report.warning(
      "own-account",
      [...place, "targetAccountIds", target],
      `account ${build.accountId} made the build and has its AMI in ${quote(region)}; it gets no copy`,
    );
  const user = (ami?.launchPermission?.userIds ?? []).indexOf(build.accountId);
  const owns = region === build.region || ami?.targetAccountIds === undefined || ami.targetAccountIds.includes(build.accountId);
  if (user >= 0 && owns)
    report.warning(
      "own-account",
      [...place, "launchPermission", "userIds", user],
      `account ${build.accountId} owns the AMI and needs no permission to launch it`,
    );
}
