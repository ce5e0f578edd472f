import { readSettings } from "@imagewright/distribution-planner";
import type { Api, Checked, OperationName } from "@imagewright/imagebuilder-model";
import { invalidValue } from "../../errors/api-errors.js";
import { faultsOfValue } from "../../input/faults-of-value.js";
import type { Listed } from "../../lists/resource-query.js";
import { datesOf } from "../../resources/dates.js";

type Detail = Pick<Checked<Api.UpdateDistributionConfigurationRequest>, "description" | "distributions">;

/** The ARN of one in an input. */
export const DISTRIBUTION_CONFIGURATION = { parameter: "distributionConfigurationArn", types: ["distribution-configuration"] } as const;

// no client can set it, and it has no effect; responses need it
const TIMEOUT_MINUTES = 720;

/** Checks settings by the planner that distributes images. Throws InvalidParameterValueException with all faults. */
export function checkDistributions(operation: OperationName, input: Detail): void {
  const faults = faultsOfValue(readSettings(input).diagnostics);
  if (faults !== undefined) throw invalidValue(operation, faults.parameter, faults.reason);
}

/** What is stored of an input. */
export function distributionDetail({ description, distributions }: Detail): object {
  return { description, distributions };
}

/** As GetDistributionConfiguration shows it. */
export function distributionConfigurationOf(row: Listed): Api.DistributionConfiguration {
  const { description, distributions } = row.detail as unknown as Api.DistributionConfiguration;
  const shown = { ...(description === undefined ? {} : { description }), ...(distributions === undefined ? {} : { distributions }) };
  return { arn: row.arn, name: row.name, ...shown, timeoutMinutes: TIMEOUT_MINUTES, ...datesOf(row), tags: row.tags };
}

/** An entry of ListDistributionConfigurations. */
export function distributionSummaryOf(row: Listed): Api.DistributionConfigurationSummary {
  const { description, distributions = [] } = row.detail as unknown as Api.DistributionConfiguration;
  const regions = distributions.map(({ region }) => region ?? "");
  return { arn: row.arn, name: row.name, ...(description === undefined ? {} : { description }), regions, ...datesOf(row), tags: row.tags };
}
