import type { Api } from "@imagewright/imagebuilder-model";
import type { Listed } from "../../lists/resource-query.js";
import { compact } from "../compact.js";
import { arnOfEntry } from "../arn-of-entry.js";

/** The members of a component that `detail` of its row has. */
type Detail = Pick<
  Api.Component,
  "description" | "changeDescription" | "platform" | "supportedOsVersions" | "kmsKeyId" | "type" | "parameters"
>;

/** What is the same in all forms of a component. */
export function commonMembers({ name, version, owner, created_at, detail }: Listed) {
  const { description, platform, supportedOsVersions, type } = detail as Detail;
  return compact({ name, version, owner, description, platform, supportedOsVersions, type, dateCreated: created_at.toISOString() });
}

/** A component as GetComponent shows it. */
export function componentOf(row: Listed, document: string | null): Api.Component {
  const { changeDescription, kmsKeyId, parameters } = row.detail as Detail;
  const state = { status: row.status as Api.ComponentStatus };
  const data = document ?? undefined;
  return compact({
    arn: row.arn,
    ...commonMembers(row),
    changeDescription,
    kmsKeyId,
    parameters,
    state,
    data,
    encrypted: true,
    tags: row.tags,
  });
}

/** An entry of ListComponents. */
export function componentVersionOf(row: Listed, byName: boolean): Api.ComponentVersion {
  return { arn: arnOfEntry(row, byName), ...commonMembers(row), status: row.status as Api.ComponentStatus };
}

/** An entry of ListComponentBuildVersions. */
export function componentSummaryOf(row: Listed): Api.ComponentSummary {
  const { changeDescription } = row.detail as Detail;
  const state = { status: row.status as Api.ComponentStatus };
  return compact({ arn: row.arn, ...commonMembers(row), changeDescription, state, tags: row.tags });
}
