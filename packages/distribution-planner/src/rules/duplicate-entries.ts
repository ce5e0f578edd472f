import { quote } from "@imagewright/diagnostics";
import type { Path } from "@imagewright/yaml-syntax";
import type { Distribution } from "../settings/settings-schema.js";
import type { Report } from "./report.js";

// the account of the build, if no build is known
const UNKNOWN_OWNER = "";

/**
 * Reports what is requested more than once for an account and Region: a version of a launch template, fast launch, the value of a
 * parameter. An entry without an account is for the account of the build (`owner`), which may also be written explicitly.
 */
export function checkDuplicateEntries(distribution: Distribution, path: Path, report: Report, owner = UNKNOWN_OWNER): void {
  checkTemplates(distribution, path, report, owner);
  checkFastLaunch(distribution, path, report, owner);
  checkParameters(distribution, path, report, owner);
}

function checkTemplates(
  { region, launchTemplateConfigurations: templates = [] }: Distribution,
  path: Path,
  report: Report,
  owner: string,
): void {
  const keys = templates.map(({ launchTemplateId, accountId = owner }) => `${launchTemplateId} ${accountId}`);
  report.forDuplicates(
    keys,
    (position) => [...path, "launchTemplateConfigurations", position],
    (key, place, extras) => {
      const [id = "", account = ""] = key.split(" ");
      report.error(
        "template-twice",
        place,
        `the launch template ${quote(id)} of ${describeAccount(account)} is listed twice for ${quote(region)}; allowed: once, as each entry creates a version`,
        extras,
      );
    },
  );
}

function checkFastLaunch(
  { region, fastLaunchConfigurations: entries = [] }: Distribution,
  path: Path,
  report: Report,
  owner: string,
): void {
  const accounts = entries.map(({ accountId = owner }) => accountId);
  report.forDuplicates(
    accounts,
    (position) => [...path, "fastLaunchConfigurations", position],
    (account, place, extras) => {
      report.error(
        "fast-launch-twice",
        place,
        `fast launch of ${describeAccount(account)} is set twice for ${quote(region)}; allowed: one entry an account`,
        extras,
      );
    },
  );
}

function checkParameters(
  { region, ssmParameterConfigurations: entries = [] }: Distribution,
  path: Path,
  report: Report,
  owner: string,
): void {
  const keys = entries.map(({ parameterName, amiAccountId = owner }) => `${parameterName} ${amiAccountId}`);
  report.forDuplicates(
    keys,
    (position) => [...path, "ssmParameterConfigurations", position, "parameterName"],
    (key, place, extras) => {
      report.error(
        "parameter-twice",
        place,
        `the parameter ${quote(key.split(" ")[0] ?? "")} is set twice for ${quote(region)}; allowed: once an account`,
        extras,
      );
    },
  );
}

function describeAccount(account: string): string {
  return account === UNKNOWN_OWNER ? "the account of the build" : `account ${account}`;
}
