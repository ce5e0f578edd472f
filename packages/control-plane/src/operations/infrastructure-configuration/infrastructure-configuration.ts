import { checkTags, type Api, type Checked, type OperationName } from "@imagewright/imagebuilder-model";
import { invalidCombination, invalidValue } from "../../errors/api-errors.js";
import type { Listed } from "../../lists/resource-query.js";
import { datesOf } from "../../resources/dates.js";

type Detail = Omit<Checked<Api.UpdateInfrastructureConfigurationRequest>, "infrastructureConfigurationArn" | "clientToken">;

/** The ARN of one in an input. */
export const INFRASTRUCTURE_CONFIGURATION = {
  parameter: "infrastructureConfigurationArn",
  types: ["infrastructure-configuration"],
} as const;

/** Instances of builds that fail are terminated unless the input says otherwise. */
export function withTermination<Input extends { readonly terminateInstanceOnFailure?: boolean }>(input: Input): Input {
  return { terminateInstanceOnFailure: true, ...input };
}

/** The rules that the shape cannot say. Source: guide chapter 28; API model, `subnetId`, `resourceTags`, `Placement`. */
export function checkInfrastructure(operation: OperationName, { subnetId, securityGroupIds, resourceTags, placement }: Detail): void {
  if (subnetId !== undefined && (securityGroupIds ?? []).length === 0)
    throw invalidCombination(operation, "'subnetId' needs at least one of 'securityGroupIds'; found none");
  const [fault] = checkTags(resourceTags ?? {}, "instance");
  if (fault !== undefined) throw invalidValue(operation, "resourceTags", fault.message);
  const { hostId, hostResourceGroupArn, tenancy = "default" } = placement ?? {};
  if (hostId !== undefined && hostResourceGroupArn !== undefined)
    throw invalidCombination(operation, "'placement' has both 'hostId' and 'hostResourceGroupArn'; allowed: one of them");
  if ((hostId ?? hostResourceGroupArn) !== undefined && tenancy !== "host")
    throw invalidCombination(operation, `'placement' names a host with the tenancy '${tenancy}'; allowed with a host: 'host'`);
}

/** What is stored of an input. */
export function infrastructureDetail(input: Detail): Detail {
  const { description, instanceTypes, instanceProfileName, securityGroupIds, subnetId, logging, keyPair, ...others } = input;
  const { terminateInstanceOnFailure, snsTopicArn, resourceTags, instanceMetadataOptions, placement } = others;
  const first = { description, instanceTypes, instanceProfileName, securityGroupIds, subnetId, logging, keyPair };
  return { ...first, terminateInstanceOnFailure, snsTopicArn, resourceTags, instanceMetadataOptions, placement } as Detail;
}

/** As GetInfrastructureConfiguration shows it. */
export function infrastructureConfigurationOf(row: Listed): Api.InfrastructureConfiguration {
  return { arn: row.arn, name: row.name, ...(row.detail as object), ...datesOf(row), tags: row.tags };
}

/** An entry of ListInfrastructureConfigurations. */
export function infrastructureSummaryOf(row: Listed): Api.InfrastructureConfigurationSummary {
  const { description, resourceTags, instanceTypes, instanceProfileName, placement } = infrastructureConfigurationOf(row);
  const shown = { description, resourceTags, instanceTypes, instanceProfileName, placement };
  return { arn: row.arn, name: row.name, ...shown, ...datesOf(row), tags: row.tags };
}
